'use client'
import type { DealView, UpdateDeal } from '@throughline/contracts'
import { Checkbox, cn } from '@throughline/ui'
import { type MouseEvent, memo, type ReactNode, useState } from 'react'
import { CellInput, type EditEnd } from './cell-input.tsx'
import { CellMenu } from './cell-menu.tsx'
import type { CellEdit, DealColumn, Said } from './deal-columns.tsx'
import { DealMenu } from './deal-menu.tsx'

/** Columns that every row has besides those that are chosen. */
export const selectColumn = 'select'
export const actionsColumn = 'actions'

/** What a row asks of its grid; the same for every row, so that rows are drawn anew only when they change. */
export interface RowEvents {
  hrefOf(id: string): string
  open(id: string): void
  choose(id: string, range: boolean): void
  reach(id: string, column: string): void
  edit(id: string, column: string): void
  endEdit(end: EditEnd): void
  save(deal: DealView, changes: UpdateDeal): Promise<boolean>
  /** Whether this cell of it is theirs to change. */
  mayEdit(deal: DealView, edit: CellEdit | undefined): boolean
}

export interface DealRowProps {
  deal: DealView
  index: number
  columns: readonly DealColumn[]
  events: RowEvents
  selected: boolean
  /** Beside the list. */
  opened: boolean
  /** The column in use, when it is this row's. */
  active: string | null
  editing: string | null
  said: Said
}

/** A plain click opens beside the list; with a modifier the browser does what it always does. */
export const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)

type CellProps = Pick<DealRowProps, 'deal' | 'events' | 'said'> & {
  column: DealColumn
  active: boolean
  editing: boolean
}

function Title({ deal, events, tabIndex }: Pick<DealRowProps, 'deal' | 'events'> & { tabIndex: number }) {
  return (
    <a
      href={events.hrefOf(deal.id)}
      data-focus=""
      tabIndex={tabIndex}
      className="block truncate font-medium hover:underline"
      onClick={(event) => {
        if (!isPlain(event)) return
        event.preventDefault()
        events.open(deal.id)
      }}
    >
      {deal.title}
    </a>
  )
}

function Content({ column, deal, events, active, editing, said }: CellProps): ReactNode {
  const [pending, setPending] = useState<UpdateDeal>()
  const words = column.words(deal, said)
  const shown = column.cell?.(deal, said) ?? <span className="truncate">{words}</span>
  const tabIndex = active ? 0 : -1
  const save = (base: DealView, changes: UpdateDeal) => {
    setPending(changes)
    void events.save(base, changes).then(() => setPending(undefined))
  }
  const label = `${column.header} of ${deal.title}`
  if (editing && (column.edit === 'priority' || column.edit === 'owner'))
    return <CellMenu deal={deal} kind={column.edit} label={label} onSave={save} onEnd={() => events.endEdit('stay')} />
  if (editing && column.edit && column.edit !== 'priority' && column.edit !== 'owner')
    return (
      <CellInput
        deal={deal}
        kind={column.edit}
        label={label}
        numeric={column.numeric}
        onSave={save}
        onEnd={events.endEdit}
      />
    )
  if (column.key === 'title') return <Title deal={deal} events={events} tabIndex={tabIndex} />
  if (!events.mayEdit(deal, column.edit)) return shown
  return (
    <button
      type="button"
      data-focus=""
      tabIndex={tabIndex}
      aria-label={`${label}: ${words}. Edit`}
      aria-busy={pending ? true : undefined}
      onClick={() => events.edit(deal.id, column.key)}
      className={cn(
        'flex h-8 w-full min-w-0 items-center rounded-md px-2 -mx-2 text-left hover:bg-surface hover:ring-1 hover:ring-line-strong/60 aria-busy:opacity-50',
        column.numeric && 'justify-end',
      )}
    >
      {shown}
    </button>
  )
}

const ground = (selected: boolean, opened: boolean): string =>
  selected ? 'bg-accent-soft' : opened ? 'bg-sunken' : 'bg-surface group-hover:bg-sunken'

export const DealRow = memo(function DealRow(props: DealRowProps) {
  const { deal, index, columns, events, selected, opened, active, editing, said } = props
  const background = ground(selected, opened)
  const cell = (key: string) => ({
    role: 'gridcell',
    'data-cell': `${deal.id}/${key}`,
    onFocus: () => events.reach(deal.id, key),
  })
  // A cell without a button or link has the focus itself.
  const own = (column: DealColumn) =>
    column.key !== 'title' && !events.mayEdit(deal, column.edit) ? (active === column.key ? 0 : -1) : undefined
  return (
    <tr aria-rowindex={index + 2} aria-selected={selected} className="group h-11">
      <td {...cell(selectColumn)} className={cn('sticky left-0 z-[1] border-line border-t px-3', background)}>
        <Checkbox
          data-focus=""
          tabIndex={active === selectColumn ? 0 : -1}
          aria-label={`Select ${deal.title}`}
          checked={selected}
          // The click knows of Shift; the change does not.
          onClick={(event) => events.choose(deal.id, event.shiftKey)}
          onChange={() => undefined}
          className="block"
        />
      </td>
      {columns.map((column) => (
        <td
          key={column.key}
          {...cell(column.key)}
          tabIndex={own(column)}
          className={cn(
            'border-line border-t px-3',
            background,
            column.numeric && 'tabular text-right',
            column.key === 'title' && 'sticky left-10 z-[1]',
            editing === column.key ? 'overflow-visible' : 'truncate',
          )}
        >
          <Content
            column={column}
            deal={deal}
            events={events}
            said={said}
            active={active === column.key}
            editing={editing === column.key}
          />
        </td>
      ))}
      <td
        {...cell(actionsColumn)}
        className={cn('sticky right-0 z-[1] border-line border-t px-1 text-right', background)}
      >
        <DealMenu deal={deal} onOpen={() => events.open(deal.id)} tabIndex={active === actionsColumn ? 0 : -1} />
      </td>
    </tr>
  )
})

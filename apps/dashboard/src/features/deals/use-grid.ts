'use client'
// Where one is in the table: a cell in use, perhaps being edited. One stop for Tab; arrows go on from there (APG grid).
import type { DealView } from '@throughline/contracts'
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { EditEnd } from './cell-input.tsx'
import type { CellEdit, DealColumn } from './deal-columns.tsx'
import { actionsColumn, selectColumn } from './deal-row.tsx'

interface Place {
  id: string
  column: string
}

interface GridInput {
  container: RefObject<HTMLElement | null>
  deals: readonly DealView[]
  columns: readonly DealColumn[]
  mayEdit(deal: DealView, edit: CellEdit | undefined): boolean
  scrollTo(index: number): void
}

const pageRows = 10
const rowSteps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageRows, PageUp: -pageRows }
const columnSteps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, Home: -1000, End: 1000 }

const clamp = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value))

export function useGrid({ container, deals, columns, mayEdit, scrollTo }: GridInput) {
  const [place, setPlace] = useState<Place>()
  const [editing, setEditing] = useState(false)
  const wantsFocus = useRef(false)
  const index = place ? deals.findIndex(({ id }) => id === place.id) : -1
  const keys = [selectColumn, ...columns.map(({ key }) => key), actionsColumn]
  const state = useRef({ place, index, keys, deals, columns, mayEdit })
  useLayoutEffect(() => {
    state.current = { place, index, keys, deals, columns, mayEdit }
  })

  useEffect(() => {
    if (!wantsFocus.current || !place || editing) return
    wantsFocus.current = false
    const cell = container.current?.querySelector<HTMLElement>(
      `[data-cell="${CSS.escape(`${place.id}/${place.column}`)}"]`,
    )
    const target = cell?.querySelector<HTMLElement>('[data-focus]') ?? cell
    target?.focus({ preventScroll: true })
    target?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const goTo = useCallback(
    (next: Place, focus = true) => {
      wantsFocus.current = focus
      setPlace(next)
      const at = state.current.deals.findIndex(({ id }) => id === next.id)
      if (at >= 0) scrollTo(at)
    },
    [scrollTo],
  )
  /** Rows up or down; from nowhere to the first one. */
  const moveRow = useCallback(
    (step: number): DealView | undefined => {
      const { place: now, index: at, deals: rows } = state.current
      const deal = rows[at < 0 ? 0 : clamp(at + step, rows.length)]
      if (deal) goTo({ id: deal.id, column: now?.column ?? 'title' })
      return deal
    },
    [goTo],
  )
  const moveColumn = (step: number) => {
    if (!place) return
    const column = keys[clamp(keys.indexOf(place.column) + step, keys.length)]
    if (column) goTo({ id: place.id, column })
  }
  const edit = useCallback((id: string, column: string) => {
    const { deals: rows, columns: shown, mayEdit: may } = state.current
    const deal = rows.find((each) => each.id === id)
    if (!deal) return
    const wanted = shown.find(({ key }) => key === column)?.edit
    const key = may(deal, wanted) ? column : 'title'
    if (key === 'title' && !may(deal, 'title')) return
    setPlace({ id, column: key })
    setEditing(true)
  }, [])
  const endEdit = useCallback(
    (end: EditEnd) => {
      const { place: now, columns: shown } = state.current
      wantsFocus.current = end !== 'leave'
      setEditing(false)
      if (!now || (end !== 'next' && end !== 'previous')) return
      const editable = shown.filter((column) => column.edit).map(({ key }) => key)
      const column = editable[editable.indexOf(now.column) + (end === 'next' ? 1 : -1)]
      if (column) edit(now.id, column)
    },
    [edit],
  )
  const reach = useCallback((id: string, column: string) => {
    setPlace((now) => (now?.id === id && now.column === column ? now : { id, column }))
  }, [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || editing) return
    const rows = rowSteps[event.key]
    const cells = columnSteps[event.key]
    if (rows === undefined && cells === undefined && event.key !== 'F2') return
    event.preventDefault()
    if (rows !== undefined) moveRow(rows)
    else if (cells !== undefined) moveColumn(cells)
    else if (place) edit(place.id, place.column)
  }
  return { place, index, editing, goTo, moveRow, edit, endEdit, reach, onKeyDown }
}
export type Grid = ReturnType<typeof useGrid>

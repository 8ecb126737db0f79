'use client'
import type { BulkChange, DealView } from '@throughline/contracts'
import {
  Button,
  ConfirmDialog,
  formatNumber,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
  useSession,
} from '@throughline/ui'
import { CalendarDays, Flag, MoveRight, Tags, Trash2, UserRound, X } from 'lucide-react'
import { useState } from 'react'
import { CloseDateDialog, TagsDialog } from './bulk-dialogs.tsx'
import { useDealActions } from './deal-actions.tsx'
import { isPriority, priorityChoices } from './stages.ts'
import { useMembers } from './use-members.ts'

type Ask = 'close' | 'tags' | 'delete'

const count = (deals: readonly DealView[]): string =>
  deals.length === 1 ? '1 deal' : `${formatNumber(deals.length)} deals`

/** What can be done to all that is chosen. Says how many, and lets all of it go again. */
export function BulkBar({ deals, onClear }: { deals: readonly DealView[]; onClear(): void }) {
  const { may } = useSession()
  const { owners } = useMembers()
  const { askMove, change, removeAll, mayAssign } = useDealActions()
  const [ask, setAsk] = useState<Ask>()
  if (deals.length === 0) return null
  const ids = deals.map(({ id }) => id)
  const carryOut = (wish: BulkChange, done: string) => {
    setAsk(undefined)
    change(ids, wish, done)
  }
  const prioritise = (value: string) => {
    if (isPriority(value)) carryOut({ action: 'prioritise', priority: value }, 'given a priority')
  }
  return (
    <section
      aria-label="Chosen deals"
      className="sticky bottom-3 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-1 rounded-2xl border border-line bg-surface p-1.5 shadow-raised"
    >
      <span aria-live="polite" className="tabular px-2.5 font-medium text-sm">
        {formatNumber(deals.length)} selected
      </span>
      {may('deal:update') ? (
        <>
          <Button kind="ghost" size="sm" onClick={() => askMove(deals)}>
            <MoveRight aria-hidden /> Move
          </Button>
          {mayAssign ? (
            <Menu>
              <MenuTrigger asChild>
                <Button kind="ghost" size="sm">
                  <UserRound aria-hidden /> Assign
                </Button>
              </MenuTrigger>
              <MenuContent align="center" className="max-h-80 overflow-y-auto">
                {[...owners, { value: '', label: 'Nobody' }].map(({ value, label }) => (
                  <MenuItem
                    key={value}
                    onSelect={() => carryOut({ action: 'assign', ownerId: value || null }, 'assigned')}
                  >
                    {label}
                  </MenuItem>
                ))}
              </MenuContent>
            </Menu>
          ) : null}
          <Menu>
            <MenuTrigger asChild>
              <Button kind="ghost" size="sm">
                <Flag aria-hidden /> Priority
              </Button>
            </MenuTrigger>
            <MenuContent align="center">
              {priorityChoices.map(({ value, label }) => (
                <MenuItem key={value} onSelect={() => prioritise(value)}>
                  {label}
                </MenuItem>
              ))}
            </MenuContent>
          </Menu>
          <Button kind="ghost" size="sm" onClick={() => setAsk('close')}>
            <CalendarDays aria-hidden /> Close date
          </Button>
          <Button kind="ghost" size="sm" onClick={() => setAsk('tags')}>
            <Tags aria-hidden /> Tags
          </Button>
        </>
      ) : null}
      {may('deal:bulk_delete') ? (
        <Button kind="ghost" size="sm" className="text-bad" onClick={() => setAsk('delete')}>
          <Trash2 aria-hidden /> Delete
        </Button>
      ) : null}
      <Button kind="ghost" size="icon" className="size-8" aria-label="Clear selection" onClick={onClear}>
        <X aria-hidden />
      </Button>
      {ask === 'close' ? (
        <CloseDateDialog
          title={`Close date of ${count(deals)}`}
          onClose={() => setAsk(undefined)}
          onChange={(wish) => carryOut(wish, 'rescheduled')}
        />
      ) : null}
      {ask === 'tags' ? (
        <TagsDialog
          title={`Tags of ${count(deals)}`}
          onClose={() => setAsk(undefined)}
          onChange={(wish) => carryOut(wish, 'tagged anew')}
        />
      ) : null}
      <ConfirmDialog
        open={ask === 'delete'}
        onClose={() => setAsk(undefined)}
        title={`Delete ${count(deals)}?`}
        confirm={`Delete ${count(deals)}`}
        danger
        onConfirm={() => {
          setAsk(undefined)
          removeAll(ids)
          onClear()
        }}
      >
        They go to the trash. You can take this back at once, or later from there.
      </ConfirmDialog>
    </section>
  )
}

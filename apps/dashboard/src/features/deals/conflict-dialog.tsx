'use client'
import type { DealView, UpdateDeal } from '@throughline/contracts'
import { Button, Dialog } from '@throughline/ui'
import { authorsOf } from '../records/authors.ts'
import { changedFields } from './deal-words.ts'
import type { Conflict } from './use-save-deal.ts'
import { useStages } from './use-stages.ts'

/** Says what became of the deal meanwhile, shows the newest, and asks which of two wishes stands. */
export function ConflictDialog({
  conflict,
  onClose,
  onSave,
}: {
  conflict: Conflict | undefined
  onClose(): void
  onSave(deal: DealView, changes: UpdateDeal): void
}) {
  const { name } = useStages()
  if (!conflict) return null
  const { base, newest, changes, changedBy } = conflict
  const changed = changedFields(base, newest, { stageName: name, changedBy })
  const authors = authorsOf(changed.map(({ by }) => by))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${authors} changed ${newest.title} in the meantime`}
      description="Your change is about the same field, so it was not saved. This is what happened:"
    >
      <dl className="divide-y divide-line rounded-xl border border-line text-sm">
        {changed.map(({ label, before, after, by }) => (
          <div key={label} className="grid gap-1 px-3 py-2 sm:grid-cols-[8rem_1fr]">
            <dt className="text-muted">{label}</dt>
            <dd className="[overflow-wrap:anywhere]">
              is now <strong className="font-semibold">{after}</strong>, was {before} before
              {by && by !== authors ? <span className="block text-muted text-xs">by {by}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        <Button
          onClick={() => {
            onClose()
            onSave(newest, changes)
          }}
        >
          Save mine instead
        </Button>
        <Button kind="primary" onClick={onClose} autoFocus>
          Keep the newest
        </Button>
      </div>
    </Dialog>
  )
}

// What becomes of each of many deals. Pure: no I/O, no clock.
import type { BulkChange, SkipReason } from '@throughline/contracts'
import type { DealValues, HeldDeal } from './deals.repo.ts'
import { movedTo, moveRefusal } from './deals.rules.ts'

/** What a change makes of a deal, or why it does not apply to it. */
export type Outcome = { after: Partial<DealValues> } | { skip: SkipReason }

const skip = (reason: SkipReason): Outcome => ({ skip: reason })

function retagged({ tags }: HeldDeal, { add, remove }: Extract<BulkChange, { action: 'tag' }>): string[] {
  const kept = tags.filter((tag) => !remove.includes(tag))
  return [...kept, ...add.filter((tag) => !kept.includes(tag))]
}

/** What one wish makes of one deal. */
export function outcomeOf(deal: HeldDeal, change: BulkChange, now: Date): Outcome {
  switch (change.action) {
    case 'move': {
      if (deal.stage === change.stage) return skip('already_so')
      const refused = moveRefusal(deal, change.stage)
      return refused ? skip(refused) : { after: movedTo(change.stage, change.lostReason, now) }
    }
    case 'assign':
      return deal.ownerId === change.ownerId ? skip('already_so') : { after: { ownerId: change.ownerId } }
    case 'prioritise':
      return deal.priority === change.priority ? skip('already_so') : { after: { priority: change.priority } }
    case 'expect':
      return deal.expectedCloseDate === change.expectedCloseDate
        ? skip('already_so')
        : { after: { expectedCloseDate: change.expectedCloseDate } }
    case 'tag': {
      const tags = retagged(deal, change)
      return tags.join() === deal.tags.join() ? skip('already_so') : { after: { tags } }
    }
  }
}

/** What taking a change back makes of a deal. */
export function undoneOutcome(deal: HeldDeal, before: Partial<DealValues>, version: number): Outcome {
  if (deal.version !== version) return skip('changed_since')
  return before.stage !== undefined && moveRefusal(deal, before.stage) === 'held' ? skip('held') : { after: before }
}

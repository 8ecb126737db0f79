// The query of GET /tenant/v1/deals that lists the deals behind a number.
import { type DealStage, dealFilter, type OpenStage, openStages, passedStages } from '@throughline/contracts'
import { dayBefore, lastDayOfMonth } from './period.rules.ts'

type Said = string | readonly string[]
export type Filter = Readonly<Partial<Record<keyof typeof dealFilter.shape, Said>>>

/** What people have written; all else is made here, of names that the list takes. */
const written = ['leadSource', 'lostReason'] as const

/** @returns null when the list would not take it: a source that is longer than any that can be written down */
export function linkOf(...filters: readonly Filter[]): string | null {
  const merged: Record<string, Said> = Object.assign({}, ...filters)
  // Field by field: the whole filter, parsed for each of some hundred numbers, took longer than the database does.
  for (const name of written)
    if (merged[name] !== undefined && !dealFilter.shape[name].safeParse(merged[name]).success) return null
  const query = new URLSearchParams()
  for (const [name, said] of Object.entries(merged))
    for (const value of typeof said === 'string' ? [said] : said) query.append(name, value)
  return query.toString()
}

export const inStage = (...stage: DealStage[]): Filter => ({ stage })
export const isOpen: Filter = inStage(...openStages)
export const ownedBy = (ownerId: string | null): Filter => (ownerId === null ? { unowned: 'true' } : { ownerId })

interface Days {
  from: string
  to: string
}
export const createdIn = ({ from, to }: Days): Filter => ({ createdFrom: from, createdTo: to })
/** Of deals that first came to an open stage on one of these days: into LEAD when they were created. */
export const enteredIn = (stage: OpenStage, { from, to }: Days): Filter =>
  ({
    LEAD: createdIn({ from, to }),
    QUALIFIED: { qualifiedFrom: from, qualifiedTo: to },
    NEGOTIATION: { negotiatedFrom: from, negotiatedTo: to },
  })[stage]
/** Of deals that ever came to a stage: all have come to the first, and won means won now. */
export function thatReached(stage: DealStage): Filter {
  const passed = passedStages.find((each) => each === stage)
  if (passed) return { reached: passed }
  return stage === 'LEAD' ? {} : inStage(stage)
}
export const wasIn = (stage: OpenStage): Filter => ({ wasIn: stage })
export const undated: Filter = { undated: 'true' }
export const cameFrom = (source: string | null): Filter =>
  source === null ? { unsourced: 'true' } : { leadSource: source }
export const lostFor = (lostReason: string): Filter => ({ lostReason })
export const closedIn = ({ from, to }: Days): Filter => ({ closedFrom: from, closedTo: to })
export const overdueOn = (today: string): Filter => ({ closeTo: dayBefore(today) })
/** Of this month, what is not overdue. */
export const dueIn = (firstDay: string, today: string): Filter => ({
  closeFrom: firstDay < today ? today : firstDay,
  closeTo: lastDayOfMonth(firstDay),
})

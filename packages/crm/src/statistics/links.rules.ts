// The query of GET /tenant/v1/deals that lists the deals behind a number.
import { type DealStage, dealFilter, openStages } from '@throughline/contracts'
import { dayBefore, lastDayOfMonth } from './period.rules.ts'

type Said = string | readonly string[]
export type Filter = Readonly<Partial<Record<keyof typeof dealFilter.shape, Said>>>

/** @returns null when the list would not take it as it is: a source that is longer than a filter, or begins with a blank */
export function linkOf(...filters: readonly Filter[]): string | null {
  const query = new URLSearchParams()
  const merged: Record<string, Said> = Object.assign({}, ...filters)
  for (const [name, said] of Object.entries(merged))
    for (const value of typeof said === 'string' ? [said] : said) query.append(name, value)
  const read = dealFilter.safeParse(merged)
  const isKept =
    read.success && [merged.leadSource ?? []].flat().every((source) => read.data.leadSource?.includes(source))
  return isKept ? query.toString() : null
}

export const inStage = (...stage: DealStage[]): Filter => ({ stage })
export const isOpen: Filter = inStage(...openStages)
export const ownedBy = (ownerId: string | null): Filter => (ownerId === null ? { unowned: 'true' } : { ownerId })

interface Days {
  from: string
  to: string
}
export const createdIn = ({ from, to }: Days): Filter => ({ createdFrom: from, createdTo: to })
export const closedIn = ({ from, to }: Days): Filter => ({ closedFrom: from, closedTo: to })
export const overdueOn = (today: string): Filter => ({ closeTo: dayBefore(today) })
/** Of this month, what is not overdue. */
export const dueIn = (firstDay: string, today: string): Filter => ({
  closeFrom: firstDay < today ? today : firstDay,
  closeTo: lastDayOfMonth(firstDay),
})

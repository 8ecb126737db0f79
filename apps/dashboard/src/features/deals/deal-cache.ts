// One deal in all the answers that hold it. Pure, so that a screen shows a change before anything is read again.
import type { InfiniteData } from '@tanstack/react-query'
import type { DealBoard, DealCalendar, DealView, Page } from '@throughline/contracts'
import { addOwn, addSums } from './money.ts'

export type DealPages = InfiniteData<Page<DealView>, string | null>
type Change = (deals: readonly DealView[]) => DealView[]

/** An answer may be older than what is shown already. */
export const put =
  (deal: DealView): Change =>
  (deals) =>
    deals.map((each) => (each.id === deal.id && each.version <= deal.version ? { ...each, ...deal } : each))
export const drop =
  (ids: ReadonlySet<string>): Change =>
  (deals) =>
    deals.filter(({ id }) => !ids.has(id))

export const inPages = (data: DealPages | undefined, change: Change): DealPages | undefined =>
  data && { ...data, pages: data.pages.map((page) => ({ ...page, data: change(page.data) })) }

export const inCalendar = (data: DealCalendar | undefined, change: Change): DealCalendar | undefined =>
  data && { ...data, days: data.days.map((day) => ({ ...day, deals: change(day.deals) })) }

/** A deal on another day of the calendar. */
export function onDay(data: DealCalendar | undefined, deal: DealView, date: string): DealCalendar | undefined {
  if (!data) return data
  const moved = { ...deal, expectedCloseDate: date }
  const others = data.days.map((day) => ({ ...day, deals: drop(new Set([deal.id]))(day.deals) }))
  const days = others.some((day) => day.date === date)
    ? others.map((day) => (day.date === date ? { ...day, deals: [...day.deals, moved] } : day))
    : [...others, { date, deals: [moved] }]
  return { ...data, days }
}

export const inBoard = (board: DealBoard | undefined, change: Change): DealBoard | undefined =>
  board && { columns: board.columns.map((column) => ({ ...column, deals: change(column.deals) })) }

/** The board with a deal in the column of its stage, on top where it comes from another; counts and sums follow. */
export function onBoard(board: DealBoard | undefined, before: DealView, after: DealView): DealBoard | undefined {
  if (!board || before.stage === after.stage) return inBoard(board, put(after))
  const columns = board.columns.map((column) => {
    if (column.stage === before.stage)
      return {
        ...column,
        count: column.count - 1,
        sums: addSums(column.sums, [before]),
        own: addOwn(column.own, [], [before]),
        deals: drop(new Set([before.id]))(column.deals),
      }
    if (column.stage === after.stage)
      return {
        ...column,
        count: column.count + 1,
        sums: addSums([...column.sums, after]),
        own: addOwn(column.own, [after]),
        deals: [after, ...drop(new Set([after.id]))(column.deals)],
      }
    return column
  })
  return { columns }
}

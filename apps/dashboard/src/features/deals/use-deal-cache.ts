'use client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { DealBoard, DealCalendar, DealDetail, DealView } from '@throughline/contracts'
import { useMemo } from 'react'
import { type DealPages, drop, inBoard, inCalendar, inPages, onBoard, onDay, put } from './deal-cache.ts'

/** First parts of the keys under which answers with deals are kept. */
const lists = ['deals', 'column'] as const

type DealsIn = readonly DealView[]
const pagesOf = (data: DealPages | undefined): DealsIn => data?.pages.flatMap((page) => page.data) ?? []
const columnsOf = (data: DealBoard | undefined): DealsIn => data?.columns.flatMap(({ deals }) => deals) ?? []
const daysOf = (data: DealCalendar | undefined): DealsIn => data?.days.flatMap(({ deals }) => deals) ?? []

function changerOf(client: QueryClient) {
  const inLists = (change: (data: DealPages | undefined) => DealPages | undefined) => {
    for (const key of lists) client.setQueriesData<DealPages>({ queryKey: [key] }, change)
  }
  const inBoards = (change: (data: DealBoard | undefined) => DealBoard | undefined) =>
    client.setQueriesData<DealBoard>({ queryKey: ['board'] }, change)
  const inCalendars = (change: (data: DealCalendar | undefined) => DealCalendar | undefined) =>
    client.setQueriesData<DealCalendar>({ queryKey: ['calendar'] }, change)
  const everywhere = (change: ReturnType<typeof put>) => {
    inLists((data) => inPages(data, change))
    inBoards((data) => inBoard(data, change))
    inCalendars((data) => inCalendar(data, change))
  }
  return {
    /** Shows a deal as it is now wherever it is shown. */
    put(deal: DealView): void {
      everywhere(put(deal))
      client.setQueryData<DealDetail>(['deal', deal.id], (old) => old && { ...old, ...deal })
    },
    drop: (ids: readonly string[]): void => everywhere(drop(new Set(ids))),
    /** Shows a deal in another stage. @returns how to take that back */
    move(before: DealView, after: DealView): () => void {
      const boards = client.getQueriesData<DealBoard>({ queryKey: ['board'] })
      inBoards((data) => onBoard(data, before, after))
      inLists((data) => inPages(data, put(after)))
      return () => {
        for (const [key, data] of boards) client.setQueryData(key, data)
        inLists((data) => inPages(data, (deals) => deals.map((each) => (each.id === before.id ? before : each))))
      }
    },
    /** Shows a deal on another day. @returns how to take that back */
    reschedule(deal: DealView, date: string): () => void {
      const calendars = client.getQueriesData<DealCalendar>({ queryKey: ['calendar'] })
      inCalendars((data) => onDay(data, deal, date))
      return () => {
        for (const [key, data] of calendars) client.setQueryData(key, data)
      }
    },
    /** A deal as some answer holds it. */
    find(id: string): DealView | undefined {
      const all = [
        ...lists.flatMap((key) =>
          client.getQueriesData<DealPages>({ queryKey: [key] }).map(([, data]) => pagesOf(data)),
        ),
        ...client.getQueriesData<DealBoard>({ queryKey: ['board'] }).map(([, data]) => columnsOf(data)),
        ...client.getQueriesData<DealCalendar>({ queryKey: ['calendar'] }).map(([, data]) => daysOf(data)),
      ].flat()
      const found = [...all, client.getQueryData<DealDetail>(['deal', id])].filter((deal) => deal?.id === id)
      return found.sort((a, b) => (b?.version ?? 0) - (a?.version ?? 0))[0]
    },
    /** Asks again for what is shown of these answers; the others are asked for when they are shown. */
    refresh: (...keys: string[]): Promise<unknown> =>
      Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] }))),
    /** Whether a list is shown whose rows, or their order, a change of one deal may alter. */
    isFiltered: (): boolean =>
      client
        .getQueryCache()
        .findAll({ queryKey: ['deals'], type: 'active' })
        .some(({ queryKey }) => queryKey[1] !== ''),
  }
}
export type DealCache = ReturnType<typeof changerOf>

/** Whatever may have changed in counts, sums and order. */
export const sumKeys = ['board', 'column', 'calendar', 'statistics'] as const

/** The answers that hold deals. */
export function useDealCache(): DealCache {
  const client = useQueryClient()
  return useMemo(() => changerOf(client), [client])
}

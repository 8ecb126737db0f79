'use client'
import { useQuery } from '@tanstack/react-query'
import { type DealView, mostBulkDeals } from '@throughline/contracts'
import { messageOf, toast } from '@throughline/ui'
import { useState } from 'react'
import { readBoard, readDeals } from './deals.api.ts'
import type { DealQueryState } from './use-deal-query.ts'

const none: readonly DealView[] = []
/** As many as one page of the API holds. */
const pageSize = 100

/** The deals of a list from its top, as many as can be changed at once. */
async function readFirst(text: string): Promise<DealView[]> {
  const deals: DealView[] = []
  let cursor: string | null = null
  do {
    const { data, page } = await readDeals(text, cursor, undefined, pageSize)
    deals.push(...data)
    cursor = page.nextCursor
  } while (cursor !== null && deals.length < mostBulkDeals)
  // One that moved down between two pages is on both.
  return [...new Map(deals.map((deal) => [deal.id, deal])).values()].slice(0, mostBulkDeals)
}

/** How many deals a list has in all; unknown until they are counted. */
export function useMatching({ filter }: DealQueryState, isWanted: boolean): number | undefined {
  const { data } = useQuery({
    queryKey: ['board', filter],
    queryFn: ({ signal }) => readBoard(filter, signal),
    enabled: isWanted,
    select: ({ columns }) => columns.reduce((sum, { count }) => sum + count, 0),
  })
  return data
}

/** Deals further down than the list has been read so far, for a choice of all that match. */
export function useBeyond(query: DealQueryState) {
  const [read, setRead] = useState<{ text: string; deals: readonly DealView[] }>()
  const [isReading, setIsReading] = useState(false)
  /** Reads them; resolves to nothing when it failed, which has been said then. */
  const load = async (): Promise<readonly DealView[] | undefined> => {
    setIsReading(true)
    try {
      const deals = await readFirst(query.text)
      setRead({ text: query.text, deals })
      return deals
    } catch (error) {
      toast.error('The deals could not be selected', { description: messageOf(error) })
      return undefined
    } finally {
      setIsReading(false)
    }
  }
  return {
    // Of another filter they are not what is chosen any more.
    deals: read?.text === query.text ? read.deals : none,
    isReading,
    load,
    forget: () => setRead(undefined),
  }
}
export type Beyond = ReturnType<typeof useBeyond>

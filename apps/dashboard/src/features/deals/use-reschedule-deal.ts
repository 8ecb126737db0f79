'use client'
import { AppError, type DealView } from '@throughline/contracts'
import { formatDay, isRefusal, messageOf, toast } from '@throughline/ui'
import { useCallback } from 'react'
import { staleOf } from '../settings/refusal.ts'
import { patchDeal, readDeal } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'
import type { Undo } from './use-undo.ts'

/** Another field that changed meanwhile is no reason against another day; another day is. */
async function patchDay(deal: DealView, expectedCloseDate: string | null): Promise<DealView> {
  try {
    return await patchDeal(deal.id, deal.version, { expectedCloseDate })
  } catch (error) {
    if (!isRefusal(error, 'stale_version')) throw error
    const newest = await readDeal(deal.id)
    if (newest.expectedCloseDate !== deal.expectedCloseDate) {
      const day = newest.expectedCloseDate
      throw new AppError('stale_version', {
        message: `${staleOf(error)?.changedBy.expectedCloseDate ?? 'Somebody'} ${day ? `moved it to ${formatDay(day)}` : 'took its date away'} in the meantime. That is what you see now.`,
      })
    }
    return patchDeal(deal.id, newest.version, { expectedCloseDate })
  }
}

/** Another close date, at once on the calendar; a refusal puts it back and says why. */
export function useRescheduleDeal(cache: DealCache, undo: Undo) {
  return useCallback(
    async (deal: DealView, date: string): Promise<void> => {
      if (deal.expectedCloseDate === date) return
      const putBack = cache.reschedule(deal, date)
      try {
        const saved = await patchDay(deal, date)
        cache.put(saved)
        undo.offer(`${deal.title} is expected to close on ${formatDay(date)}`, async () => {
          cache.put(await patchDay(saved, deal.expectedCloseDate))
          void cache.refresh('deal', ...sumKeys)
          return `${deal.title} has its old close date again`
        })
      } catch (error) {
        putBack()
        toast.error(`${deal.title} keeps its close date`, { description: messageOf(error) })
      } finally {
        void cache.refresh('deal', ...sumKeys)
      }
    },
    [cache, undo],
  )
}

'use client'
import type { DealView } from '@throughline/contracts'
import { messageOf, toast } from '@throughline/ui'
import { useMemo } from 'react'
import { deleteDeal, postRestore } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'
import type { Undo } from './use-undo.ts'

/** Into the trash and out of it. Nothing is asked first, since it can be taken back. */
export function useRemoveDeal(cache: DealCache, undo: Undo) {
  return useMemo(() => {
    const refresh = () => void cache.refresh('deals', 'deal', ...sumKeys)
    const putBack = async ({ id, title }: DealView): Promise<string> => {
      await postRestore(id)
      refresh()
      return `${title} is back`
    }
    return {
      async remove(deal: DealView): Promise<void> {
        try {
          await deleteDeal(deal.id)
          cache.drop([deal.id])
          void cache.refresh('deal', ...sumKeys)
          undo.offer(`${deal.title} is in the trash`, () => putBack(deal))
        } catch (error) {
          toast.error(`${deal.title} was not deleted`, { description: messageOf(error) })
        }
      },
      async restore(deal: DealView): Promise<void> {
        try {
          toast.success(await putBack(deal))
        } catch (error) {
          toast.error(`${deal.title} was not restored`, { description: messageOf(error) })
        }
      },
    }
  }, [cache, undo])
}

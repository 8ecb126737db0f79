'use client'
import { useQueryClient } from '@tanstack/react-query'
import { AppError, type DealStage, type DealView } from '@throughline/contracts'
import { isRefusal, messageOf, toast } from '@throughline/ui'
import { useCallback } from 'react'
import { postMove, readDeal } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'
import { type Stages, useStages } from './use-stages.ts'
import type { Undo } from './use-undo.ts'

export interface Move {
  deal: DealView
  stage: DealStage
  lostReason?: string
}

/** Another field that changed meanwhile is no reason against a move; another stage is, and whose it was is said. */
async function post({ deal, stage, lostReason }: Move, name: Stages['name']): Promise<DealView> {
  try {
    return await postMove(deal.id, { stage, lostReason, version: deal.version })
  } catch (error) {
    if (!isRefusal(error, 'stale_version')) throw error
    const newest = await readDeal(deal.id)
    if (newest.stage === deal.stage) return postMove(deal.id, { stage, lostReason, version: newest.version })
    const by = newest.history.at(-1)?.by ?? 'Somebody'
    throw new AppError('stale_version', {
      message: `${by} moved it to ${name(newest.stage)} in the meantime. That is what you see now.`,
    })
  }
}

/** Moves a deal at once on the screen; a refusal moves it back and says why. */
export function useMoveDeal(cache: DealCache, undo: Undo) {
  const client = useQueryClient()
  const { name } = useStages()
  return useCallback(
    async (move: Move): Promise<void> => {
      const { deal, stage, lostReason } = move
      // An answer under way was read before the move.
      await client.cancelQueries({ queryKey: ['board'] })
      const moveBack = cache.move(deal, { ...deal, stage, lostReason: lostReason ?? null })
      try {
        const moved = await post(move, name)
        cache.put(moved)
        undo.offer(`${deal.title} is in ${name(stage)} now`, async () => {
          const back = { deal: moved, stage: deal.stage, lostReason: deal.lostReason ?? undefined }
          cache.put(await post(back, name))
          void cache.refresh('deal', ...sumKeys)
          return `${deal.title} is back in ${name(deal.stage)}`
        })
      } catch (error) {
        moveBack()
        toast.error(`${deal.title} was not moved`, { description: messageOf(error) })
      } finally {
        void cache.refresh('deal', ...sumKeys)
      }
    },
    [client, cache, undo, name],
  )
}

'use client'
import { type BulkChange, type BulkResult, mostBulkDeals } from '@throughline/contracts'
import { messageOf, toast } from '@throughline/ui'
import { useMemo } from 'react'
import { joined, resultWords } from './bulk-words.ts'
import { postBulk, postBulkDelete, postUndo } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'
import type { Undo } from './use-undo.ts'

async function inBatches(
  ids: readonly string[],
  post: (some: readonly string[]) => Promise<BulkResult>,
): Promise<BulkResult[]> {
  const results: BulkResult[] = []
  for (let from = 0; from < ids.length; from += mostBulkDeals)
    results.push(await post(ids.slice(from, from + mostBulkDeals)))
  return results
}

async function takeBack(results: readonly BulkResult[]): Promise<string> {
  const undone: BulkResult[] = []
  for (const { batchId } of results.toReversed()) if (batchId) undone.push(await postUndo(batchId))
  return resultWords(joined(undone), 'put back')
}

/** One wish about many deals: what came of it is told, and all of it can be taken back at once. */
export function useBulk(cache: DealCache, undo: Undo) {
  return useMemo(() => {
    const refresh = () => void cache.refresh('deals', 'deal', ...sumKeys)
    const run = async (
      ids: readonly string[],
      done: string,
      post: (some: readonly string[]) => Promise<BulkResult>,
    ): Promise<void> => {
      try {
        const results = await inBatches(ids, post)
        const said = resultWords(joined(results), done)
        if (results.every(({ batchId }) => batchId === null)) toast.info(said)
        else
          undo.offer(said, async () => {
            const words = await takeBack(results)
            refresh()
            return words
          })
      } catch (error) {
        toast.error(`The deals were not ${done}`, { description: messageOf(error) })
      } finally {
        refresh()
      }
    }
    return {
      /** `done`: what they are then, e.g. `moved`. */
      change: (ids: readonly string[], change: BulkChange, done: string) =>
        run(ids, done, (some) => postBulk(some, change)),
      remove: (ids: readonly string[]) => run(ids, 'deleted', postBulkDelete),
    }
  }, [cache, undo])
}

'use client'
import type { DealDetail, DealView, UpdateDeal } from '@throughline/contracts'
import { isRefusal, toast } from '@throughline/ui'
import { useCallback, useRef, useState } from 'react'
import { staleOf } from '../settings/refusal.ts'
import { type ChangedBy, collides, refusalWords } from './deal-words.ts'
import { patchDeal, readDeal } from './deals.api.ts'
import { type DealCache, sumKeys } from './use-deal-cache.ts'

/** Two people changed the same field: what it was, what it is now, and what this person wanted. */
export interface Conflict {
  base: DealView
  newest: DealDetail
  changes: UpdateDeal
  changedBy: ChangedBy
}

/** A version that this page made itself is no news to whoever began on the one before it. */
type OwnVersions = Map<string, { from: number; to: number }>
const versionFor = (own: OwnVersions, { id, version }: DealView): number => {
  const made = own.get(id)
  return made?.from === version ? made.to : version
}

interface Attempt {
  cache: DealCache
  own: OwnVersions
  onConflict(conflict: Conflict): void
}

async function write({ cache, own }: Attempt, deal: DealView, changes: UpdateDeal): Promise<void> {
  const saved = await patchDeal(deal.id, versionFor(own, deal), changes)
  own.set(deal.id, { from: deal.version, to: saved.version })
  cache.put(saved)
  void cache.refresh(...sumKeys)
}

/** Somebody was faster: changes of other fields both stand, one of the same field is asked about. */
async function settle(attempt: Attempt, { base, changes, changedBy }: Omit<Conflict, 'newest'>): Promise<boolean> {
  const newest = await readDeal(base.id)
  attempt.cache.put(newest)
  if (collides(changes, base, newest)) {
    attempt.onConflict({ base, newest, changes, changedBy })
    return false
  }
  await write(attempt, newest, changes)
  return true
}

async function attemptSave(attempt: Attempt, deal: DealView, changes: UpdateDeal): Promise<boolean> {
  try {
    await write(attempt, deal, changes)
    return true
  } catch (error) {
    if (!isRefusal(error, 'stale_version')) throw error
    return settle(attempt, { base: deal, changes, changedBy: staleOf(error)?.changedBy ?? {} })
  }
}

/** Saves changes of one deal, one after the other. */
export function useSaveDeal(cache: DealCache) {
  const [conflict, setConflict] = useState<Conflict>()
  const own = useRef<OwnVersions>(new Map())
  const line = useRef<Promise<unknown>>(Promise.resolve())
  /** Resolves to whether it was saved; what speaks against it has been said then. */
  const save = useCallback(
    (deal: DealView, changes: UpdateDeal): Promise<boolean> => {
      const attempt = { cache, own: own.current, onConflict: setConflict }
      const done = line.current
        .then(() => attemptSave(attempt, deal, changes))
        .catch((error: unknown) => {
          toast.error(`${deal.title} was not saved`, { description: refusalWords(error, changes) })
          return false
        })
      line.current = done
      return done
    },
    [cache],
  )
  return { save, conflict, closeConflict: () => setConflict(undefined) }
}

'use client'
import { type EventView, eventCatalogue } from '@throughline/contracts'
import { isRefusal, useEvents } from '@throughline/ui'
import { useEffect, useRef } from 'react'
import { readDeal } from './deals.api.ts'
import { type DealCache, sumKeys, useDealCache } from './use-deal-cache.ts'

/** Events come in bursts; a page asks again once per burst. */
const burstMs = 120
/** From here on a list is cheaper to read than its rows one by one. */
const fewDeals = 5

interface Burst {
  changed: Set<string>
  /** Rows came or went: lists are read anew. */
  listed: boolean
  /** The one that is open may be among them. */
  deleted: boolean
}

const quiet = (): Burst => ({ changed: new Set(), listed: false, deleted: false })

const versioned = { 'deal.updated': eventCatalogue['deal.updated'], 'deal.moved': eventCatalogue['deal.moved'] }

/** Takes down what an event makes old. What this page changed itself is known already, and asks for nothing. */
function note(burst: Burst, { type, data }: EventView, cache: DealCache): boolean {
  if (type === 'deal.created' || type === 'deal.restored') {
    burst.listed = true
    return true
  }
  if (type === 'deal.deleted' || type === 'deal.purged') {
    const gone = eventCatalogue[type].safeParse(data)
    if (gone.success) cache.drop([gone.data.dealId])
    burst.deleted = true
    return true
  }
  if (type !== 'deal.updated' && type !== 'deal.moved') return false
  const said = versioned[type].safeParse(data)
  if (!said.success) return false
  const known = cache.find(said.data.dealId)
  if (known && known.version >= said.data.version) return false
  burst.changed.add(said.data.dealId)
  return true
}

/** Reads a few deals one by one, and shows each where it stands; one that may not be seen any more goes. */
async function readFew(ids: readonly string[], cache: DealCache): Promise<void> {
  const answers = await Promise.allSettled(ids.map((id) => readDeal(id)))
  answers.forEach((answer, index) => {
    if (answer.status === 'fulfilled') cache.put(answer.value)
    else if (isRefusal(answer.reason, 'not_found', 'forbidden')) cache.drop(ids.slice(index, index + 1))
    else void cache.refresh('deals')
  })
}

/** Keeps lists, boards and panels in step with what others do, by as few questions as it takes. */
export function LiveDeals() {
  const cache = useDealCache()
  const burst = useRef<Burst>(quiet())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEvents((event) => {
    if (!note(burst.current, event, cache) || timer.current) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      const { changed, listed, deleted } = burst.current
      burst.current = quiet()
      const shown = [...changed].filter((id) => cache.find(id))
      if (listed || shown.length > fewDeals || (shown.length > 0 && cache.isFiltered()))
        void cache.refresh('deals', 'deal')
      else void readFew(shown, cache)
      void cache.refresh(...(deleted ? ['deal'] : []), ...sumKeys)
    }, burstMs)
  })
  return null
}

// A thousand deals in one wish.
import { bulkResult, dealPage } from '@throughline/contracts'
import { password } from './fill.ts'
import { type Spread, spreadOf } from './open-loop.ts'
import type { Server } from './processes.ts'
import { signIn } from './sign-in.ts'

const wanted = 1000

async function thousandIds(api: Server, headers: Record<string, string>): Promise<string[]> {
  const ids: string[] = []
  let cursor = ''
  while (ids.length < wanted) {
    const response = await fetch(`${api.url}/tenant/v1/deals?limit=100&stage=LEAD${cursor}`, { headers })
    const { data, page } = dealPage.parse(await response.json())
    ids.push(...data.map(({ id }) => id))
    if (!page.nextCursor) throw new Error(`there are only ${ids.length} deals`)
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
  return ids.slice(0, wanted)
}

/** @returns the time of a bulk change of 1,000 deals, ms, from request to answer */
export async function measureBulk(api: Server, rounds: number): Promise<Spread> {
  const token = await signIn(api, { email: 'm1@firm-1.test', password })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ids = await thousandIds(api, headers)
  const times: number[] = []
  for (let round = -2; round < rounds; round++) {
    const change = { action: 'prioritise', priority: round % 2 ? 'HIGH' : 'LOW' }
    const at = performance.now()
    const response = await fetch(`${api.url}/tenant/v1/deals/bulk`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ ids, change }),
    })
    const { updated } = bulkResult.parse(await response.json())
    const took = performance.now() - at
    if (round >= 0 && updated.length !== wanted) throw new Error(`only ${updated.length} were changed`)
    if (round >= 0) times.push(took)
  }
  return spreadOf(times)
}

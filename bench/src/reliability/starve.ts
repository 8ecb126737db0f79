import { setTimeout } from 'node:timers/promises'
import type { TestWorld } from '@throughline/testing'
import { type Server, startThroughline } from '../processes.ts'
import { signInAs } from './calls.ts'
import type { Check, Options } from './check.ts'

/** The modest firm: so many callers, each with a pause in between. */
const share = 4
const pauseMs = 25
/** The other one has as many callers for each of those, who never pause. */
const times = 10

/** The limit of a firm as it is shipped; the modest one stays below it. */
const perMinute = 6_000

interface Felt {
  n: number
  refused: number
  broken: number
  p50: number
  p99: number
}

const percentile = (values: number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}

/** Asks in as many lines as there are callers until it is told to stop. */
async function use(api: Server, token: string, callers: number, pause: number, signal: AbortSignal): Promise<Felt> {
  const times: number[] = []
  let refused = 0
  let broken = 0
  const headers = { authorization: `Bearer ${token}` }
  const caller = async () => {
    while (!signal.aborted) {
      const at = performance.now()
      const response = await fetch(`${api.url}/tenant/v1/deals?limit=50`, { headers })
      await response.text()
      if (response.status === 429) refused++
      else if (response.ok) times.push(performance.now() - at)
      else broken++
      await setTimeout(pause)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return {
    n: times.length + refused + broken,
    refused,
    broken,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  }
}

const told = ({ n, refused, p50, p99 }: Felt): string =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms of ${n} requests, ${refused} answered 429`

async function run(world: TestWorld, { n }: Options) {
  const api = await startThroughline(world.config, { env: { TENANT_RATE_LIMIT_MAX: String(perMinute) } })
  const [modest, greedy] = [await world.tenant('Modest'), await world.tenant('Greedy')]
  for (const tenant of [modest, greedy]) {
    const { db } = tenant.systemCtx()
    const titles = Array.from({ length: 200 }, (_, each) => `Deal ${each}`)
    await db.prisma.deal.createMany({ data: titles.map((title) => ({ tenantId: tenant.id, title, currency: 'EUR' })) })
  }
  const [own, others] = [await signInAs(api, modest), await signInAs(api, greedy)]
  const useFor = (ms: number) => AbortSignal.timeout(ms)
  const runMs = n(15_000)
  await use(api, own, share, pauseMs, useFor(1_000))
  const alone = await use(api, own, share, pauseMs, useFor(runMs))
  const until = useFor(runMs)
  const [beside, greed] = await Promise.all([
    use(api, own, share, pauseMs, until),
    use(api, others, share * times, 0, until),
  ])
  const felt = [alone, beside]
  return {
    tried: felt.reduce((sum, each) => sum + each.n, 0),
    failed: felt.reduce((sum, each) => sum + each.refused + each.broken, 0),
    notes: [
      `alone: ${told(alone)}`,
      `beside a firm with ${times} times as many callers: ${told(beside)}`,
      `that firm: ${told(greed)}`,
      `each firm may ask ${perMinute} times a minute`,
      'times are told and not judged; failed are requests of the modest firm without a good answer',
    ],
  }
}

export const starve: Check = {
  name: 'starve',
  promise: 'a firm that asks ten times its share takes no answer away from another',
  run,
}

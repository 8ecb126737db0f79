// The same questions to firms of very different size in one database: an answer must not get slower with the firm.
import { randomUUID } from 'node:crypto'
import { dealPage } from '@throughline/contracts'
import { password } from './fill.ts'
import { type Spread, spreadOf } from './open-loop.ts'
import type { Server } from './processes.ts'
import { signIn } from './sign-in.ts'

/** Deals of the firms that are compared; ten others stand beside them. */
export const comparedSizes = [10_000, 100_000, 1_000_000] as const

interface Question {
  name: string
  path: string
  /** The page after the first. */
  next?: true
  /** Something of the firm changes before each, so that nothing kept can be the answer. */
  changed?: true
}

const statistics = '/deals/statistics'
const questions: readonly Question[] = [
  { name: 'list, filter and sort', path: '/deals?stage=QUALIFIED&sort=score&limit=50' },
  { name: 'list, newest', path: '/deals?limit=50' },
  { name: 'second page', path: '/deals?limit=50&sort=value', next: true },
  { name: 'board', path: '/deals/board' },
  { name: 'search of a domain, as rare in each', path: '/search?q=c499' },
  // The larger a firm, the more of its numbers begin so.
  { name: 'search that finds 1 / 11 / 111 deals', path: '/search?q=4711' },
  { name: 'search of a word that all have', path: '/search?q=deal' },
  { name: 'list of those 1 / 11 / 111 (50 of them)', path: '/deals?limit=50&q=4711' },
  { name: 'list with a word that all have', path: '/deals?limit=50&q=deal' },
  { name: 'statistics, kept', path: statistics },
  { name: 'statistics, after a change', path: statistics, changed: true },
  {
    name: 'statistics of two years, after a change',
    path: `${statistics}?from=2025-01-14&to=2026-12-17`,
    changed: true,
  },
]

export interface SizeRow {
  question: string
  bySize: { deals: number; spread: Spread }[]
}

async function getter(api: Server, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${api.url}/tenant/v1${path}`, { headers })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const [deal] = dealPage.parse(await get('/deals?limit=1&stage=LEAD')).data
  if (!deal) throw new Error('a firm without deals')
  const change = async () => {
    const response = await fetch(`${api.url}/tenant/v1/deals/${deal.id}`, {
      method: 'PATCH',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ notes: randomUUID() }),
    })
    if (!response.ok) throw new Error(`a change: ${response.status}`)
  }
  /** @returns how to ask once, ms */
  return async ({ path, next, changed }: Question): Promise<() => Promise<number>> => {
    const cursor = next ? dealPage.parse(await get(path)).page.nextCursor : null
    const asked = cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path
    return async () => {
      if (changed) await change()
      const at = performance.now()
      await get(asked)
      return performance.now() - at
    }
  }
}

/** One after the other, as a person asks; `rounds` of each question and firm, in turn. */
export async function measureSizes(api: Server, rounds: number): Promise<SizeRow[]> {
  const firms = await Promise.all(
    comparedSizes.map(async (_deals, index) =>
      getter(api, await signIn(api, { email: `m1@firm-${index + 1}.test`, password })),
    ),
  )
  const rows: SizeRow[] = []
  for (const question of questions) {
    const times = comparedSizes.map((): number[] => [])
    const askers = await Promise.all(firms.map((ask) => ask(question)))
    for (let round = -20; round < rounds; round++)
      for (const [index, ask] of askers.entries()) {
        const took = await ask()
        if (round >= 0) times[index]?.push(took)
      }
    rows.push({
      question: question.name,
      bySize: comparedSizes.map((deals, index) => ({ deals, spread: spreadOf(times[index] ?? []) })),
    })
  }
  return rows
}

// The same questions to firms of very different size in one database: an answer must not get slower with the firm.
import { type Filled, password } from './fill.ts'
import { type Spread, spreadOf } from './open-loop.ts'
import type { Server } from './processes.ts'
import { signIn } from './sign-in.ts'

/** Deals of the firms that are compared; ten others stand beside them. */
export const comparedSizes = [10_000, 100_000, 1_000_000] as const

const questions: Record<string, string> = {
  'list, filter and sort': '/deals?stage=QUALIFIED&sort=score&limit=50',
  'list, newest': '/deals?limit=50',
  'second page': '/deals?limit=50&sort=value',
  board: '/deals/board',
  'search of a rare word': '/search?q=4711',
  'search of a word that all have': '/search?q=deal',
  'list with a search': '/deals?limit=50&q=4711',
  statistics: '/deals/statistics',
}

export interface SizeRow {
  question: string
  bySize: { deals: number; spread: Spread }[]
}

/** One after the other, as a person asks; `rounds` of each question and firm, in turn. */
export async function measureSizes(api: Server, _filled: Filled, rounds: number): Promise<SizeRow[]> {
  const tokens = await Promise.all(
    comparedSizes.map((_deals, index) => signIn(api, { email: `m1@firm-${index + 1}.test`, password })),
  )
  const ask = async (path: string, token: string): Promise<number> => {
    const at = performance.now()
    const response = await fetch(`${api.url}/tenant/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
    await response.arrayBuffer()
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return performance.now() - at
  }
  const rows: SizeRow[] = []
  for (const [question, path] of Object.entries(questions)) {
    const times = comparedSizes.map((): number[] => [])
    for (let round = -20; round < rounds; round++)
      for (const [index, token] of tokens.entries()) {
        const took = await ask(path, token)
        if (round >= 0) times[index]?.push(took)
      }
    rows.push({
      question,
      bySize: comparedSizes.map((deals, index) => ({ deals, spread: spreadOf(times[index] ?? []) })),
    })
  }
  return rows
}

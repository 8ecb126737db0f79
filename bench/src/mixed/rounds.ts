// The loads of the mixed work, and the heaviest of them beside the baselines.
import type { Filled } from '../fill.ts'
import { type Server, startBaseline } from '../processes.ts'
import { type Load, loads, type MixedFigures, measureMixed } from './mixed.ts'
import { enter, type Person } from './people.ts'
import { type Asks, ours, theirs } from './wishes.ts'

export type MixedRow = MixedFigures & { promised: number }

interface Round {
  seconds: number
  say: (line: string) => void
}

/**
 * @param api ours, with its workers
 * @returns who took part in the heaviest load as well
 */
export async function measureOurs(
  api: Server,
  filled: Filled,
  round: Round,
): Promise<{ rows: MixedRow[]; everybody: Person[] }> {
  const rows: MixedRow[] = []
  let everybody: Person[] = []
  for (const load of loads) {
    // Anew for each: a token lives for less than all of them together.
    everybody = await enter(api, filled, load.people)
    rows.push(await measure(api, load, { ...round, people: everybody, asks: ours }))
  }
  return { rows, everybody }
}

/** Alone on the machine, one after the other. */
export async function measureTheirs(
  filled: Filled,
  people: readonly Person[],
  { seconds, say }: Round,
): Promise<MixedRow[]> {
  const rows: MixedRow[] = []
  const round = { seconds: Math.min(seconds, mostSeconds), say, people, asks: theirs }
  for (const [name, program] of baselines) {
    const baseline = await startBaseline(name, program, filled)
    rows.push(await measure(baseline, heaviest, round))
    await baseline.stop()
  }
  return rows
}

async function measure(
  server: Server,
  { perSecond, p95 }: Load,
  { people, asks, seconds, say }: Round & { people: readonly Person[]; asks: Asks },
): Promise<MixedRow> {
  say(`mixed: ${server.name}, ${people.length} people, ${perSecond} requests a second for ${seconds} s`)
  return { ...(await measureMixed(server, { people, asks, perSecond, seconds })), promised: p95 }
}

const baselines = [
  ['Fastify + pg', 'fastify-pg.ts'],
  ['Express + Prisma', 'express-prisma.ts'],
] as const
const heaviest = loads[2]
/** What a baseline cannot answer piles up, and has to be answered all the same when the load is over. */
const mostSeconds = 60

// The loads of the mixed work, and the heaviest of them beside the baselines.
import type { Filled } from '../fill.ts'
import { type Server, startBaseline } from '../processes.ts'
import { type Load, loads, type MixedFigures, measureMixed } from './mixed.ts'
import { enter, type Person } from './people.ts'
import { ours, theirs } from './wishes.ts'

export type MixedRow = MixedFigures & { promised: number }

interface Round {
  seconds: number
  say: (line: string) => void
}

/** Everybody who takes part in some load. @param api ours */
export const enterAll = (api: Server, filled: Filled): Promise<Person[]> =>
  enter(api, filled, Math.max(...loads.map(({ people }) => people)))

/** @param api ours, with its workers */
export async function measureOurs(api: Server, everybody: readonly Person[], round: Round): Promise<MixedRow[]> {
  const rows: MixedRow[] = []
  for (const load of loads) rows.push(await measure(api, load, { ...round, everybody, asks: ours }))
  return rows
}

/** Alone on the machine, one after the other. */
export async function measureTheirs(
  filled: Filled,
  everybody: readonly Person[],
  { seconds, say }: Round,
): Promise<MixedRow[]> {
  const rows: MixedRow[] = []
  const round = { seconds: Math.min(seconds, mostSeconds), say, everybody, asks: theirs }
  for (const [name, program] of baselines) {
    const baseline = await startBaseline(name, program, filled)
    rows.push(await measure(baseline, heaviest, round))
    await baseline.stop()
  }
  return rows
}

async function measure(
  server: Server,
  { people: count, perSecond, p95 }: Load,
  { everybody, asks, seconds, say }: Round & { everybody: readonly Person[]; asks: typeof ours },
): Promise<MixedRow> {
  say(`mixed: ${server.name}, ${count} people, ${perSecond} requests a second for ${seconds} s`)
  const people = everybody.slice(0, count)
  return { ...(await measureMixed(server, { people, asks, perSecond, seconds })), promised: p95 }
}

const baselines = [
  ['Fastify + pg', 'fastify-pg.ts'],
  ['Express + Prisma', 'express-prisma.ts'],
] as const
const heaviest = loads[2]
/** What a baseline cannot answer piles up, and has to be answered all the same when the load is over. */
const mostSeconds = 60

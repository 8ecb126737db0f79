// The loads of the mixed work, and the heaviest of them beside the baselines.
import type { Filled } from '../fill.ts'
import { installed, type Server, startBaseline, startThroughline } from '../processes.ts'
import { type Load, loads, type MixedFigures, measureMixed } from './mixed.ts'
import { enter, type Person } from './people.ts'
import { type Asks, ours, theirs } from './wishes.ts'

export type MixedRow = MixedFigures & { promised: number }

interface Round {
  seconds: number
  say: (line: string) => void
}

/**
 * Each load of one node, but the heaviest for a minute only, and that of a node for each core as long as the others.
 * @param api ours, with its workers
 * @returns who took part in the heaviest load as well
 */
export async function measureOurs(
  api: Server,
  filled: Filled,
  round: Round,
): Promise<{ rows: MixedRow[]; everybody: Person[] }> {
  const rows: MixedRow[] = []
  // Anew for each: a token lives for less than all of them together.
  const people = ({ people }: Load) => enter(api, filled, people)
  for (const load of lighter)
    rows.push(await measure([api], load, { ...round, people: await people(load), asks: ours }))
  const everybody = await people(heaviest)
  const short = { ...round, seconds: Math.min(round.seconds, mostSeconds) }
  rows.push(await measure([api], heaviest, { ...short, people: everybody, asks: ours }))
  const second = await startThroughline(installed(filled))
  rows.push(await measure([api, second], heaviest, { ...round, people: everybody, asks: ours }))
  await second.stop()
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
    rows.push(await measure([baseline], heaviest, round))
    await baseline.stop()
  }
  return rows
}

async function measure(
  nodes: readonly [Server, ...Server[]],
  { perSecond, p95 }: Load,
  { people, asks, seconds, say }: Round & { people: readonly Person[]; asks: Asks },
): Promise<MixedRow> {
  say(
    `mixed: ${nodes.length} x ${nodes[0].name}, ${people.length} people, ${perSecond} requests a second for ${seconds} s`,
  )
  return { ...(await measureMixed(nodes, { people, asks, perSecond, seconds })), promised: p95 }
}

const baselines = [
  ['Fastify + pg', 'fastify-pg.ts'],
  ['Express + Prisma', 'express-prisma.ts'],
] as const
const [lightest, middle, heaviest] = loads
const lighter = [lightest, middle]
/** What one process cannot answer piles up, and has to be answered all the same when the load is over. */
const mostSeconds = 60

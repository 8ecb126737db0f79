// A working day in short: many people in ten firms, reading mostly and writing a quarter of the time.
import { availableParallelism } from 'node:os'
import { openLoop, type Spread, spreadOf } from '../open-loop.ts'
import type { Server } from '../processes.ts'
import { busyMs } from './busy.ts'
import type { Person } from './people.ts'
import { type Asks, nextOf } from './wishes.ts'

export interface MixedFigures {
  name: string
  people: number
  perSecond: number
  seconds: number
  errors: number
  all: Spread
  byKind: Record<string, Spread>
  /** From the first request to the last answer, generator and whatever else ran included; ms a request. */
  cpuMs: number
  /** Of the time that all cores had, 0 to 1. */
  busy: number
}

/** People and requests a second, and the p95 that they may expect, ms. */
export const loads = [
  { people: 20, perSecond: 50, p95: 45 },
  { people: 80, perSecond: 200, p95: 60 },
  { people: 300, perSecond: 800, p95: 100 },
] as const
export type Load = (typeof loads)[number]

const cores = availableParallelism()

/**
 * One load for some seconds, after a short one to get warm.
 * @param nodes that are asked in turn
 */
export async function measureMixed(
  nodes: readonly [Server, ...Server[]],
  { people, asks, perSecond, seconds }: { people: readonly Person[]; asks: Asks; perSecond: number; seconds: number },
): Promise<MixedFigures> {
  const next = () => nextOf(people, asks)
  await openLoop(nodes, { perSecond: Math.min(perSecond, 100), seconds: 5, next })
  const [begin, busyBefore] = [performance.now(), busyMs()]
  const timed = await openLoop(nodes, { perSecond, seconds, next })
  const [tookMs, usedMs] = [performance.now() - begin, busyMs() - busyBefore]
  const failed = timed.filter(({ status }) => status < 200 || status > 299)
  if (failed.length > 0) {
    const told = Object.entries(Object.groupBy(failed, ({ kind, status }) => `${kind} ${status}`))
    process.stderr.write(`refused: ${told.map(([what, each]) => `${what} x ${each?.length}`).join(', ')}\n`)
  }
  const kinds = Object.entries(Object.groupBy(timed, ({ kind }) => kind))
  const [{ name }] = nodes
  return {
    name: nodes.length === 1 ? name : `${name}, ${nodes.length} nodes`,
    people: people.length,
    perSecond,
    seconds,
    errors: failed.length,
    all: spreadOf(timed.map(({ ms }) => ms)),
    byKind: Object.fromEntries(kinds.map(([kind, each]) => [kind, spreadOf((each ?? []).map(({ ms }) => ms))])),
    cpuMs: usedMs / timed.length,
    busy: usedMs / (tookMs * cores),
  }
}

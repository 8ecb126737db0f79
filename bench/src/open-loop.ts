// Requests that come when they come, whether or not the ones before were answered: as users do, and unlike a generator
// that waits for its answers and so never sees a queue.
import { setTimeout } from 'node:timers/promises'
import { type Call, LeanClient } from './lean-client.ts'

export interface Timed {
  kind: string
  /** From the moment at which it was due to the last byte of its answer, ms. */
  ms: number
  /** 0 when there was no answer. */
  status: number
}

export interface Spread {
  n: number
  p50: number
  p95: number
  p99: number
  most: number
}

/** Quantiles of times in ms. */
export function spreadOf(times: readonly number[]): Spread {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: sorted.at(-1) ?? 0 }
}

/** Between two requests of a Poisson stream, ms. */
const gapMs = (perSecond: number): number => (-Math.log(1 - Math.random()) / perSecond) * 1000

/** Sends `perSecond` requests a second for some seconds, each when it is due, to the nodes in turn. */
export async function openLoop(
  nodes: readonly { url: string }[],
  { perSecond, seconds, next }: { perSecond: number; seconds: number; next: () => Call },
): Promise<Timed[]> {
  const clients = nodes.map(({ url }) => new LeanClient(url))
  const answers: Promise<unknown>[] = []
  const timed: Timed[] = []
  const begin = performance.now()
  for (let due = begin; due < begin + seconds * 1000; due += gapMs(perSecond)) {
    const early = due - performance.now()
    if (early > 1) await setTimeout(early)
    const call = next()
    const at = due
    const client = clients[answers.length % clients.length]
    if (!client) throw new Error('there is no node to ask')
    answers.push(
      client.send(call).then((status) => timed.push({ kind: call.kind, ms: performance.now() - at, status })),
    )
  }
  await Promise.all(answers)
  for (const client of clients) client.close()
  return timed
}

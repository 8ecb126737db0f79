import type { TestWorld } from '@throughline/testing'

export interface Outcome {
  /** What was asked, said or done. */
  tried: number
  /** How much of it broke the promise. */
  failed: number
  /** What a reader of the figures should know, and the first things that went wrong. */
  notes: string[]
}

export interface Options {
  /** A tenth of everything. */
  quick: boolean
  /** How many of something to try, of so many in a full run. */
  n(full: number): number
}

/** One promise, and a way to try it that shows its failures. */
export interface Check {
  name: string
  promise: string
  /** @param world a database and a Redis that nobody else uses */
  run(world: TestWorld, options: Options): Promise<Outcome>
}

/** Things that went wrong: all are counted, the first few are told. */
export class Failures {
  readonly #told: string[] = []
  count = 0

  add(what: string): void {
    this.count++
    if (this.#told.length < 5) this.#told.push(`FAILED: ${what.replaceAll(/\s+/g, ' ').slice(0, 400)}`)
  }

  /** Adds the failure unless the promise held. */
  unless(held: boolean, what: string): void {
    if (!held) this.add(what)
  }

  get notes(): string[] {
    return this.#told
  }
}

/** The same figures each time: chance with a seed (mulberry32). @returns numbers from 0 to below 1 */
export function createChance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

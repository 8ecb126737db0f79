// How much of what an investor gets back may become callable again: over the life of the fund, a share of the commitment.
import { atLeastZero, smaller } from '../minor-units.ts'
import { percent, times } from '../rational.ts'

export interface Recycled {
  commitment: bigint
  /** Of earlier distributions, all that could be called back once: what was called back or has expired since is in it. */
  recallable: bigint
}

export interface Capped {
  recallable: bigint
  /** Distributed all the same, and never called back. */
  aboveCap: bigint
}

/**
 * Of what a distribution would make recallable, what the cap has room for. Who has no room left leaves it to nobody else.
 * @param cap per cent of the commitment, rounded down to the smallest unit; null for no cap
 * @throws AppError unprocessable for what is no percentage
 */
export function withinCap(asked: bigint, { commitment, recallable: before }: Recycled, cap: string | null): Capped {
  const room = cap === null ? asked : atLeastZero(shareOf(commitment, cap) - before)
  const recallable = smaller(asked, room)
  return { recallable, aboveCap: asked - recallable }
}

function shareOf(commitment: bigint, cap: string): bigint {
  const { numerator, denominator } = times({ numerator: commitment, denominator: 1n }, percent(cap))
  return numerator / denominator
}

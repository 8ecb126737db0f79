// What the line of an investor in a call still asks for.
import { atLeastZero, smaller } from '../minor-units.ts'

export interface LineMoney {
  due: bigint
  /** Settled and applied to the line: paid in; never above what is due. */
  applied: bigint
  /** A tolerated shortfall, or what will never be paid: no longer due, and not paid in. */
  writtenOff: bigint
}

/** What nobody has to pay any more. */
export const settledOf = ({ applied, writtenOff }: LineMoney): bigint => applied + writtenOff

/** Never below zero. */
export const stillDueOf = (line: LineMoney): bigint => atLeastZero(line.due - settledOf(line))

/**
 * What of a change of the settled amount lies inside of the commitment. Money settles the commitment first; fees and
 * interest outside of it come last, so that a payment never leaves less paid in than it could.
 * @param before settled before (`settledOf`); `after` may be less: a bounce
 */
export function settledInside(inside: bigint, before: bigint, after: bigint): Settled {
  const insideCommitment = smaller(after, inside) - smaller(before, inside)
  return { insideCommitment, outsideCommitment: after - before - insideCommitment }
}

export interface Settled {
  insideCommitment: bigint
  outsideCommitment: bigint
}

// What the line of an investor in a call still asks for.
import { atLeastZero } from '../minor-units.ts'

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

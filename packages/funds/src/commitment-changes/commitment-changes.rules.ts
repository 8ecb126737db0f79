// What of a commitment can be changed on which day. Pure.
import type { CommitmentChange } from '@throughline/contracts'
import type { HeldFund } from '../books/index.ts'
import type { CommitmentEvent, Position } from '../commitments/index.ts'
import { smaller } from '../minor-units.ts'
import { refused } from '../refused.ts'

interface Day {
  day: string
  /** In the fund's zone. */
  today: string
  /** The day of the last call that was issued and not cancelled. */
  lastCalledOn: string | null
}

/**
 * A call shares out by what was promised on its day, so what was promised then cannot be another afterwards.
 * @throws AppError unprocessable for a day to come, in the locked period, or before a call
 */
export function checkDay({ name, lockedThrough }: Pick<HeldFund, 'name' | 'lockedThrough'>, at: Day): void {
  const { day, today, lastCalledOn } = at
  if (day > today) throw refused(`${day} is still to come: in the fund it is ${today}.`, { today })
  if (lockedThrough !== null && day <= lockedThrough)
    throw refused(`The books of ${name} are locked through ${lockedThrough}.`, { lockedThrough })
  if (lastCalledOn !== null && day < lastCalledOn)
    throw refused(
      `A call was issued on ${lastCalledOn}. What was promised before it cannot change any more; take that day or a later one.`,
      { lastCalledOn },
    )
}

/** What neither was called nor released: recallable distributions give nothing to it. */
export const neverCalled = ({ commitment, called, released, recalled }: Position): bigint =>
  commitment - called - released + recalled

/**
 * @param positions on the day of the change and today: what happened in between must still have had room
 * @param own of this commitment; an investor may have several
 * @throws AppError unprocessable when more is taken than there is
 */
export function checkRoom(
  { change, amount, own }: { change: CommitmentChange; amount: bigint; own: bigint },
  positions: readonly [Position, Position],
  asDecimal: (units: bigint) => string,
): void {
  if (change === 'increase') return
  if (change === 'decrease' && amount > own) throw refused(`The commitment is ${asDecimal(own)}; no more can be taken.`)
  const room = positions.map(neverCalled).reduce(smaller)
  if (amount > room)
    throw refused(
      `${asDecimal(room)} of the commitment was not called yet; ${change === 'decrease' ? 'no more can be taken from it' : 'no more can be released'}.`,
      { room: asDecimal(room) },
    )
}

const kinds = { increase: 'increased', decrease: 'decreased', release: 'released' } as const

export const eventOfChange = (change: CommitmentChange, date: string, amount: bigint): CommitmentEvent => ({
  ...{ kind: kinds[change], date, amount },
})

/** @throws AppError unprocessable while money that was called is not paid: its lines name who owes it */
export function checkTransfer(
  position: Position,
  { lastEventOn, day }: { lastEventOn: string | null; day: string },
  asDecimal: (units: bigint) => string,
): void {
  if (lastEventOn !== null && day < lastEventOn)
    throw refused(`Something has happened to this investor on ${lastEventOn}; a transfer cannot be dated before it.`, {
      lastEventOn,
    })
  if (position.outstanding > 0n)
    throw refused(
      `${asDecimal(position.outstanding)} that was called is not paid. It is settled or written off before a transfer.`,
      { outstanding: asDecimal(position.outstanding) },
    )
}

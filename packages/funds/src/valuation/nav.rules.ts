// An investor's part of the net assets: what is the investor's own, and a share of what is everybody's. Counted since
// inception, so that what is dated back lands in the next period, and a later close shares in everything before it.
import { shareOut } from '../allocation/index.ts'
import { larger, sumOf } from '../minor-units.ts'
import { absolute } from '../rational.ts'
import { refused } from '../refused.ts'

export const movements = ['contributions', 'distributions', 'income', 'fees', 'unrealised', 'carry'] as const
export type Movement = (typeof movements)[number]
/** Since inception; what lessens the share is below zero. */
export type ToDate = Record<Movement, bigint>

export interface NavParty {
  investorId: string
  commitment: bigint
  /** Of the commitment, what pays no management fee and no carry. */
  feeFree: bigint
  contributions: bigint
  /** Below zero; with the carry that the investor got. */
  distributions: bigint
  carryReceived: bigint
}

/** Of the fund, since inception; what lessens it is below zero. */
export interface Common {
  /** Realised gains, income, interest of late payers. */
  income: bigint
  managementFee: bigint
  expenses: bigint
  unrealised: bigint
  /** What the general partner has earned and was not paid: above zero, and of no investor. */
  accruedCarry: bigint
}

/**
 * Shares by commitment; management fee and carry, also what was not paid yet, by what pays them. They sum to own and common amounts
 * to the cent.
 * @throws AppError unprocessable when there is a result and nobody to share it
 */
export function sharesOf(parties: readonly NavParty[], common: Common): ReadonlyMap<string, ToDate> {
  const committed = parties.filter(({ commitment }) => commitment > 0n)
  const weights = committed.map(({ investorId, commitment }) => ({ id: investorId, weight: commitment }))
  const paying = committed
    .map(({ investorId, commitment, feeFree }) => ({ id: investorId, weight: larger(commitment - feeFree, 0n) }))
    .filter(({ weight }) => weight > 0n)
  const payers = paying.length > 0 ? paying : weights
  const income = signed(common.income, weights)
  const managementFee = signed(common.managementFee, payers)
  const expenses = signed(common.expenses, weights)
  const unrealised = signed(common.unrealised, weights)
  const carry = signed(-sumOf(parties.map(({ carryReceived }) => carryReceived)) - common.accruedCarry, payers)
  return new Map(
    parties.map(({ investorId: id, contributions, distributions, carryReceived }) => [
      id,
      {
        contributions,
        distributions,
        income: income(id),
        fees: managementFee(id) + expenses(id),
        unrealised: unrealised(id),
        carry: carry(id) + carryReceived,
      },
    ]),
  )
}

/** A loss is shared like a gain of the same size. */
function signed(amount: bigint, weights: readonly { id: string; weight: bigint }[]): (id: string) => bigint {
  if (amount === 0n) return () => 0n
  if (weights.length === 0) throw refused('There is a result, and nobody with a commitment to share it.')
  const lines = new Map(shareOut(absolute(amount), weights).map(({ id, amount: share }) => [id, share]))
  return (id) => (amount < 0n ? -1n : 1n) * (lines.get(id) ?? 0n)
}

export const endingOf = (toDate: ToDate): bigint => sumOf(movements.map((name) => toDate[name]))

/** What happened since the period before: the difference. */
export function since(before: ToDate | undefined, now: ToDate): ToDate {
  const moved = { ...now }
  if (before) for (const name of movements) moved[name] -= before[name]
  return moved
}

/** Of what is marked up or down, the part that goes with a part of the cost. */
export function markedPart(unrealised: bigint, { sold, held }: { sold: bigint; held: bigint }): bigint {
  if (sold >= held) return unrealised
  const parts = [
    { id: 'sold', weight: sold },
    { id: 'stays', weight: held - sold },
  ]
  const part = shareOut(absolute(unrealised), parts).find(({ id }) => id === 'sold')?.amount ?? 0n
  return unrealised < 0n ? -part : part
}

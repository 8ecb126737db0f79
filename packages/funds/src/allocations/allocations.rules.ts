// What may be allocated. Pure; amounts in minor units of the fund's currency.
import { AppError } from '@throughline/contracts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { percent, rational, rounded, times } from '../rational.ts'
import { refused } from '../refused.ts'

interface Deal {
  id: string
  value: string
  currency: string
  stage: string
}

/** @throws AppError conflict unless the deal is won; unprocessable when it is of another currency */
export function checkDeal({ id, stage, currency }: Deal, fund: { currency: string; name: string }): void {
  if (stage !== 'CLOSED_WON')
    throw new AppError('conflict', {
      message: 'Only a won deal can be allocated to a fund.',
      details: { dealId: id, stage },
    })
  if (currency !== fund.currency)
    throw refused(`The deal is in ${currency}, ${fund.name} in ${fund.currency}: nothing is converted here.`, {
      dealId: id,
      currency,
    })
}

/**
 * By amount, or by percent of the deal's value, rounded half up.
 * @throws AppError unprocessable for neither or both, or nothing
 */
export function amountOf(
  given: { amount?: string | undefined; percent?: string | undefined },
  { value, currency }: Deal,
): bigint {
  if ((given.amount === undefined) === (given.percent === undefined))
    throw refused('An allocation has either an amount or a percentage of the deal.')
  const amount =
    given.amount === undefined
      ? rounded(times(rational(toMinor(value, currency)), percent(given.percent ?? '')))
      : toMinor(given.amount, currency)
  if (amount <= 0n) throw refused('An allocation needs an amount above zero.')
  return amount
}

export interface RoomLeft {
  /** Of the deal: its value less what all funds have taken. */
  ofDeal: bigint
  /** Of the fund: promised by investors, less what it has allocated. */
  ofFund: bigint
}

/** @throws AppError unprocessable with how much there is */
export function checkRoom(amount: bigint, { ofDeal, ofFund }: RoomLeft, currency: string): void {
  const decimal = (value: bigint) => fromMinor(value, currency)
  if (amount > ofDeal)
    throw refused(`The deal has ${decimal(ofDeal)} ${currency} that is not allocated yet.`, { left: decimal(ofDeal) })
  if (amount > ofFund)
    throw refused(`The fund has ${decimal(ofFund)} ${currency} of its commitments that is not allocated yet.`, {
      available: decimal(ofFund),
    })
}

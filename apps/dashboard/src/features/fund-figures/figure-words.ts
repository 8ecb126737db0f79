import type { IrrView } from '@throughline/contracts'

const reasons: Record<string, string> = {
  nothing_paid_in: 'nothing is paid in',
  nothing_committed: 'nothing is committed',
  one_sided: 'money has gone one way only',
  same_day: 'everything was on one day',
  out_of_range: 'no rate fits',
}
const warnings: Record<string, string> = {
  several_rates: 'several rates fit; this is the one nearest to 10 %',
  under_one_year: 'under a year, not to be shown as yearly',
}

export interface RatioLike {
  value: string | null
  reason: string | null
}

export const reasonText = (reason: string | null): string => reasons[reason ?? ''] ?? reason ?? ''

/** `1.2345×`, or why there is none. */
export const ratioText = ({ value, reason }: RatioLike): string =>
  value === null ? `– (${reasonText(reason)})` : `${value}×`

/** `8.00 %`, or why there is none; a rate that rounds to nothing has no sign. */
export const rateText = ({ rate, reason }: IrrView): string =>
  rate === null ? `– (${reasonText(reason)})` : `${(rate * 100).toFixed(2).replace(/^-0\.00$/, '0.00')} %`

export const rateNotes = ({ warnings: list }: IrrView): string => list.map((each) => warnings[each] ?? each).join('; ')

export const policyText = { gips: 'recallable counts on both sides (GIPS)', net: 'recallable taken off both sides' }

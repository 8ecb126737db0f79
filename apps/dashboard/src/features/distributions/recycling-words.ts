// What of a distribution can be called back, in words. Pure.
import { type DistributionDetail, type FundTerms, isSome } from '@throughline/contracts'
import { formatDay, formatMoney } from '@throughline/ui'

type Recycled = Pick<DistributionDetail, 'totals' | 'expiresOn' | 'recyclingCap'>

/** Whether lines have something to say about the cap. */
export const isAboveCap = ({ totals }: Pick<Recycled, 'totals'>): boolean => isSome(totals.aboveCap)

/** Until when, and under which cap; nothing where there is nothing to call back. */
export function recallableWord({ totals, expiresOn, recyclingCap }: Recycled): string | undefined {
  const isRecallable = isSome(totals.recallable)
  if (!isRecallable && !isAboveCap({ totals })) return undefined
  const until = expiresOn ? `until ${formatDay(expiresOn)}` : 'while the fund lives'
  const cap = recyclingCap === null ? [] : [`cap ${recyclingCap} % of a commitment`]
  return [...(isRecallable ? [until] : []), ...cap].join(', ')
}

/** What the cap has kept from being recallable. */
export function aboveCapWord({ totals, recyclingCap }: Recycled, currency: string): string {
  const cap = recyclingCap === null ? 'the recycling cap' : `the recycling cap of ${recyclingCap} % of a commitment`
  return `${formatMoney(totals.aboveCap, currency)} of what was to be recallable is above ${cap}: it is distributed all the same, and cannot be called back.`
}

/** What the terms make of it, before anything is typed. */
export const recallableHint = ({ recyclingCap, recallableMonths }: FundTerms): string => {
  const until = recallableMonths === null ? 'as long as the fund lives' : `for ${recallableMonths} months`
  const cap = recyclingCap === null ? '' : ` In all, at most ${recyclingCap} % of a commitment (recycling cap).`
  return `Can be called again ${until}.${cap}`
}

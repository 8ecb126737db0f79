import type { DistributionDetail } from '@throughline/contracts'
import { formatMoney, Notice, Stat } from '@throughline/ui'
import { aboveCapWord, isAboveCap, recallableWord } from './recycling-words.ts'

interface TotalsProps {
  distribution: Pick<DistributionDetail, 'totals' | 'expiresOn' | 'recyclingCap'>
  currency: string
}

/** The sums of the lines, and what of them the recycling cap keeps from being called back. */
export function Totals({ distribution, currency }: TotalsProps) {
  const { totals } = distribution
  const money = (sum: string) => formatMoney(sum, currency)
  return (
    <div className="grid gap-3">
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat label="Gross" value={money(totals.gross)} detail={`${totals.investors} investors`} />
        <Stat label="Net to investors" value={money(totals.net)} detail={`${money(totals.withheld)} withheld`} />
        <Stat label="Recallable" value={money(totals.recallable)} detail={recallableWord(distribution)} />
        <Stat label="Carry" value={money(totals.carry)} detail="of the general partner, in no investor’s figures" />
      </dl>
      {isAboveCap(distribution) ? <Notice>{aboveCapWord(distribution, currency)}</Notice> : null}
    </div>
  )
}

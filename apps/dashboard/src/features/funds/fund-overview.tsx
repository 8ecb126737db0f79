'use client'
import { formatDay, formatMoney, Stat } from '@throughline/ui'
import { FundFigures } from '../fund-figures/index.tsx'
import { investorsOf } from './funds-screen.tsx'
import { RecentCard } from './recent-card.tsx'
import { useFund } from './use-fund.ts'

/** Where the fund stands today. */
export function FundOverview({ fundId }: { fundId: string }) {
  const { data: fund } = useFund(fundId)
  if (!fund) return null
  const { totals, currency, asOf } = fund
  const money = (sum: string) => formatMoney(sum, currency)
  const onDay = `as of ${formatDay(asOf)}`
  return (
    <div className="grid gap-4">
      <dl className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        <Stat label="Commitments" value={money(totals.commitment)} detail={`${investorsOf(fund)}, ${onDay}`} />
        <Stat
          label="Called"
          value={money(totals.called)}
          detail={`${money(totals.calledOutside)} more outside, ${onDay}`}
        />
        <Stat label="Uncalled" value={money(totals.uncalled)} detail={onDay} />
        <Stat label="Paid in" value={money(totals.paidIn)} detail={onDay} />
        <Stat label="Outstanding" value={money(totals.outstanding)} detail={onDay} />
        <Stat label="Prepaid" value={money(totals.prepaid)} detail={`used by the next call, ${onDay}`} />
      </dl>
      <FundFigures fundId={fundId} />
      <RecentCard fund={fund} />
    </div>
  )
}

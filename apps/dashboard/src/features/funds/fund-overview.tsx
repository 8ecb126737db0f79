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
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat label="Commitments" value={money(totals.commitment)} detail={`${investorsOf(fund)}, ${onDay}`} />
        <Stat label="Uncalled" value={money(totals.uncalled)} detail={onDay} />
        <Stat label="Outstanding" value={money(totals.outstanding)} detail={`called and not paid, ${onDay}`} />
        <Stat
          label="Called outside"
          value={money(totals.calledOutside)}
          detail={`fees and expenses beside commitments, ${onDay}`}
        />
      </dl>
      <FundFigures fundId={fundId} />
      <RecentCard fund={fund} />
    </div>
  )
}

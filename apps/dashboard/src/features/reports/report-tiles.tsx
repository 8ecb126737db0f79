import type { DealStatistics } from '@throughline/contracts'
import { formatCompactMoney, formatNumber, formatShare, Stat } from '@throughline/ui'
import { Amounts, Count, DealsLink, WinRate } from './figures.tsx'

/** The few numbers that a meeting begins with. */
export function ReportTiles({ report }: { report: DealStatistics }) {
  const { open, closed, cohort, velocity } = report
  const perDay = velocity.filter(({ perDay: known }) => known !== null)
  return (
    <dl className="mb-8 grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-6">
      <Stat
        label="Open pipeline"
        value={<Amounts amounts={open.sums} deals={open.deals} />}
        detail={
          <>
            <Count of={open} /> open deals
          </>
        }
      />
      <Stat
        label="Weighted"
        value={<Amounts amounts={open.weighted} deals={open.deals} />}
        detail="by the probability of each deal"
      />
      <Stat
        label="Won"
        value={<Amounts amounts={closed.won.sums} deals={closed.won.deals} />}
        detail={
          <>
            <Count of={closed.won} /> deals closed in the period
          </>
        }
      />
      <Stat
        label="Win rate"
        value={<WinRate of={closed} />}
        detail={
          <>
            <DealsLink deals={closed.won.deals}>{formatNumber(closed.won.count)} won</DealsLink>,{' '}
            <DealsLink deals={closed.lost.deals}>{formatNumber(closed.lost.count)} lost</DealsLink>
            {closed.winRateByValue.map(({ currency, rate }) => (
              <span key={currency} className="block">
                {formatShare(rate)} of the value in {currency}
              </span>
            ))}
          </>
        }
      />
      <Stat
        label="Conversion"
        value={
          <DealsLink deals={cohort.conversion === null ? null : cohort.created.deals}>
            {formatShare(cohort.conversion)}
          </DealsLink>
        }
        detail={
          <>
            <Count of={cohort.won} /> won of <Count of={cohort.created} /> created in the period
          </>
        }
      />
      <Stat
        label="Velocity"
        value={
          perDay.length === 0
            ? '–'
            : perDay.map(({ currency, perDay: value }) => formatCompactMoney(value ?? '0', currency)).join(' · ')
        }
        detail={
          perDay.length === 0
            ? 'known after the first win'
            : `a day, at ${perDay.map(({ averageCycleDays }) => formatNumber(averageCycleDays ?? 0)).join(' · ')} days to a win`
        }
      />
    </dl>
  )
}

'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { InvestorFigures as Figures } from '@throughline/contracts'
import { Card, ErrorState, formatDay, formatMoney, isRefusal, Skeleton, Stat } from '@throughline/ui'
import { policyText, rateNotes, rateText, ratioText } from './figure-words.ts'
import { readInvestorFigures } from './figures.api.ts'

/** Of which NAV the share is. */
export const shareOf = ({ navAsOf }: Pick<Figures, 'navAsOf'>): string =>
  navAsOf ? `share of the NAV of ${formatDay(navAsOf)}` : 'no NAV was struck yet'

function tilesOf(figures: Figures): { label: string; value: string; detail: string }[] {
  const { currency, policy } = figures
  const onDay = `as of ${formatDay(figures.asOf)}`
  const noted = (...notes: string[]) => [...notes, onDay].filter(Boolean).join(', ')
  return [
    { label: 'NAV share', value: formatMoney(figures.nav, currency), detail: shareOf(figures) },
    { label: 'TVPI', value: ratioText(figures.tvpi), detail: noted(policyText[policy]) },
    { label: 'DPI', value: ratioText(figures.dpi), detail: noted(policyText[policy]) },
    { label: 'IRR, net', value: rateText(figures.irr), detail: noted(rateNotes(figures.irr)) },
  ]
}

interface InvestorFiguresProps {
  fundId: string
  investorId: string
  /** Today without one. */
  asOf: string
}

/** What an investor has of a fund, and what came of what it paid in. */
export function InvestorFigures({ fundId, investorId, asOf }: InvestorFiguresProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'investor-figures', investorId, asOf],
    queryFn: ({ signal }) => readInvestorFigures(fundId, investorId, asOf, signal),
    placeholderData: keepPreviousData,
  })
  // Who has promised nothing has no figures; the page says so already.
  if (isRefusal(error, 'not_found')) return null
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data) return <Skeleton className="h-24 rounded-2xl" />
  return (
    <dl aria-label="Performance" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      {tilesOf(data).map((tile) => (
        <Stat key={tile.label} {...tile} />
      ))}
    </dl>
  )
}

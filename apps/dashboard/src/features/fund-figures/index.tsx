'use client'
import { useQuery } from '@tanstack/react-query'
import type { ExplainedFigure, FundFigures as Figures } from '@throughline/contracts'
import { Card, ErrorState, formatDay, formatMoney, Skeleton } from '@throughline/ui'
import { type ReactNode, useState } from 'react'
import { FigurePanel } from './figure-panel.tsx'
import { policyText, rateNotes, rateText, ratioText } from './figure-words.ts'
import { readFigures, readJCurve } from './figures.api.ts'
import { JCurveChart } from './j-curve.tsx'

interface Tile {
  label: string
  value: ReactNode
  detail: string
  /** The entries that it opens. */
  figure: ExplainedFigure
}

function tilesOf(figures: Figures): Tile[] {
  const { currency, policy, irr, accruedCarry } = figures
  const onDay = `as of ${formatDay(figures.asOf)}`
  const money = (sum: string) => formatMoney(sum, currency)
  const noted = (...notes: string[]) => [...notes, onDay].filter(Boolean).join(', ')
  return [
    { label: 'NAV', value: money(figures.nav), detail: noted(`carry on it ${money(accruedCarry)}`), figure: 'nav' },
    { label: 'Called', value: money(figures.called), detail: onDay, figure: 'called' },
    { label: 'Paid in', value: money(figures.paidIn), detail: onDay, figure: 'paidIn' },
    {
      label: 'Distributed',
      value: money(figures.distributed),
      detail: noted(`${money(figures.recallable)} recallable`),
      figure: 'distributed',
    },
    { label: 'TVPI', value: ratioText(figures.tvpi), detail: noted(policyText[policy]), figure: 'nav' },
    { label: 'DPI', value: ratioText(figures.dpi), detail: noted(policyText[policy]), figure: 'distributed' },
    { label: 'RVPI', value: ratioText(figures.rvpi), detail: onDay, figure: 'nav' },
    { label: 'PIC', value: ratioText(figures.pic), detail: onDay, figure: 'paidIn' },
    { label: 'MOIC, gross', value: ratioText(figures.moic), detail: onDay, figure: 'unrealised' },
    { label: 'IRR, gross', value: rateText(irr.gross), detail: noted(rateNotes(irr.gross)), figure: 'unrealised' },
    {
      label: 'IRR, net',
      value: rateText(irr.net),
      detail: noted(rateNotes(irr.net), 'no subscription line recorded'),
      figure: 'paidIn',
    },
    { label: 'Prepaid', value: money(figures.prepaid), detail: onDay, figure: 'prepaid' },
  ]
}

/** What a fund has done so far, with the day that it is of; each figure opens its entries. */
export function FundFigures({ fundId }: { fundId: string }) {
  const [opened, setOpened] = useState<Tile>()
  const figures = useQuery({
    queryKey: ['fund', fundId, 'figures'],
    queryFn: ({ signal }) => readFigures(fundId, signal),
  })
  const curve = useQuery({ queryKey: ['fund', fundId, 'j-curve'], queryFn: ({ signal }) => readJCurve(fundId, signal) })
  if (figures.error && !figures.data)
    return (
      <Card>
        <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />
      </Card>
    )
  if (!figures.data) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <div className="grid gap-4">
      <ul aria-label="Figures" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {tilesOf(figures.data).map((tile) => (
          <li key={tile.label}>
            <button
              type="button"
              onClick={() => setOpened(tile)}
              className="h-full w-full rounded-2xl border border-line bg-surface px-4 py-3.5 text-left shadow-card hover:bg-sunken"
            >
              <span className="block text-muted text-sm">{tile.label}</span>
              <span className="tabular mt-1 block font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
                {tile.value}
              </span>
              <span className="tabular mt-0.5 block text-muted text-xs">{tile.detail}</span>
            </button>
          </li>
        ))}
      </ul>
      {curve.data ? <JCurveChart curve={curve.data} /> : null}
      {opened ? (
        <FigurePanel
          key={opened.figure}
          fundId={fundId}
          currency={figures.data.currency}
          figure={opened.figure}
          title={opened.label}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </div>
  )
}

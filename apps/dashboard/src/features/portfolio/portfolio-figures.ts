// Which figures a portfolio shows, in words.
import type { PortfolioFigures, PortfolioFundView } from '@throughline/contracts'
import { formatMoney } from '@throughline/ui'
import { policyText, rateNotes, rateText, ratioText } from '../fund-figures/figure-words.ts'

export type PortfolioTotals = PortfolioFigures['data'][number]

const amounts = ['commitment', 'called', 'paidIn', 'distributed', 'nav', 'uncalled', 'outstanding'] as const
const ratios = ['dpi', 'rvpi', 'tvpi', 'pic'] as const
/** What totals and each of the funds behind them have alike. */
export type PortfolioFigure = (typeof amounts)[number] | (typeof ratios)[number]

const labels: Record<PortfolioFigure, string> = {
  commitment: 'Committed',
  called: 'Called',
  paidIn: 'Received',
  distributed: 'Distributed',
  nav: 'NAV',
  uncalled: 'Uncalled',
  outstanding: 'Outstanding',
  dpi: 'DPI',
  rvpi: 'RVPI',
  tvpi: 'TVPI',
  pic: 'PIC',
}
/** What a ratio is made of, so that it can be worked out again from what the funds show. */
const partsOf: Partial<Record<PortfolioFigure, readonly PortfolioFigure[]>> = {
  dpi: ['distributed', 'paidIn'],
  rvpi: ['nav', 'paidIn'],
  tvpi: ['distributed', 'nav', 'paidIn'],
  pic: ['paidIn', 'commitment'],
}

export const isRatio = (figure: PortfolioFigure): figure is (typeof ratios)[number] =>
  ratios.some((ratio) => ratio === figure)

export const labelOf = (figure: PortfolioFigure): string => labels[figure]

export const textOf = (of: PortfolioTotals | PortfolioFundView, figure: PortfolioFigure): string =>
  isRatio(figure) ? ratioText(of[figure]) : formatMoney(of[figure], of.currency)

/** The columns that say where a figure comes from. */
export const columnsBehind = (figure: PortfolioFigure): readonly PortfolioFigure[] => [
  ...(partsOf[figure] ?? []),
  figure,
]

export interface Tile {
  label: string
  value: string
  detail: string
  figure: PortfolioFigure
}

/** Funds work out carry when their NAV is struck; on a fund's own page it is worked out of the day. */
const afterCarry = 'after carry as of each last NAV'

/** @param onDay `as of …` */
export function tilesOf(totals: PortfolioTotals, onDay: string): Tile[] {
  const details: Partial<Record<PortfolioFigure, string>> = {
    paidIn: 'settled on calls',
    dpi: policyText[totals.policy],
    rvpi: afterCarry,
    tvpi: `${policyText[totals.policy]}, ${afterCarry}`,
  }
  const tiles = [...amounts, ...ratios].map((figure) => ({
    label: labels[figure],
    value: textOf(totals, figure),
    detail: [details[figure], onDay].filter(Boolean).join(', '),
    figure,
  }))
  const irr = {
    label: 'IRR',
    value: rateText(totals.irr),
    detail: [
      rateNotes(totals.irr),
      `of the flows of all funds, with the subscription lines that they used, ${afterCarry}`,
      onDay,
    ]
      .filter(Boolean)
      .join(', '),
    figure: 'tvpi' as const,
  }
  return [...tiles, irr]
}

import {
  type DealInFund,
  isSome,
  type ThreadEvent,
  type ThreadEventKind,
  type ThreadExplanation,
  type ThreadFigure,
} from '@throughline/contracts'
import { formatDay, formatMoney } from '@throughline/ui'
import { ratioText } from '../fund-figures/figure-words.ts'

export const eventWords: Readonly<Record<ThreadEventKind, string>> = {
  created: 'Deal created',
  won: 'Deal won',
  reopened: 'Deal opened again',
  allocated: 'Allocated',
  co_invested: 'Invested beside the fund',
  called: 'Called',
  received: 'Received',
  invested: 'Invested',
  income: 'Income',
  marked: 'Valued',
  sold: 'Sold',
  declared: 'Distribution declared',
  paid: 'Distribution paid',
  taken_back: 'Taken back',
  call_cancelled: 'Call cancelled',
  distribution_cancelled: 'Distribution cancelled',
  allocation_cancelled: 'Allocation cancelled',
}

/** `Capital call 3: Call for the first investment`; of what has no number of its own, nothing. */
export function subjectOf({ source, number, title }: Pick<ThreadEvent, 'source' | 'number' | 'title'>): string {
  if (source.kind === 'capital_call') return `Capital call ${number}: ${title}`
  if (source.kind === 'distribution') return `Distribution ${number}: ${title}`
  return ''
}

/** Where more is to be read about an event. */
export function pageOf({ fundId, source }: Pick<ThreadEvent, 'fundId' | 'source'>): string | null {
  if (fundId === null) return null
  if (source.kind === 'capital_call') return `/funds/${fundId}/calls/${source.id}`
  if (source.kind === 'distribution') return `/funds/${fundId}/distributions/${source.id}`
  return source.kind === 'nav_mark' || source.kind === 'investment' ? `/funds/${fundId}/valuation` : null
}

/** What the amount of a call is to the whole of it, and how much of it has come. */
export const partText = ({ whole, received, currency }: Pick<ThreadEvent, 'whole' | 'received' | 'currency'>): string =>
  [
    whole === null ? '' : `of a call of ${formatMoney(whole, currency)}`,
    received === null ? '' : `${formatMoney(received, currency)} of it received up to now`,
  ]
    .filter(Boolean)
    .join(', ')

/** A number that was asked about. */
export interface Asked {
  title: string
  currency: string
  /** Null where no money has moved. */
  explanation: ThreadExplanation | null
}

export interface ThreadTile {
  label: string
  value: string
  detail: string
  /** Null for what no entry stands behind. */
  figure: ThreadFigure | null
}

/** The figures of a deal in a fund, in the order of the way that the money goes. */
export function tilesOf(fund: DealInFund): ThreadTile[] {
  const { currency, figures, moic, shareOfNav, coInvested } = fund
  const money = (sum: string) => formatMoney(sum, currency)
  const held = fund.markedOn === null ? 'at cost' : `marked ${formatDay(fund.markedOn)}`
  const valued = isSome(figures.cost) || isSome(figures.value) ? held : 'nothing is held'
  const beside = isSome(coInvested) ? `and ${money(coInvested)} beside it` : 'of the deal'
  return [
    { label: 'Allocated', value: money(fund.allocated), detail: beside, figure: null },
    { label: 'Called', value: money(figures.called), detail: 'for this deal', figure: 'called' },
    { label: 'Received', value: money(figures.received), detail: 'on these calls', figure: 'received' },
    { label: 'Invested', value: money(figures.invested), detail: 'since the beginning', figure: 'invested' },
    { label: 'Cost', value: money(figures.cost), detail: 'of what is held', figure: 'cost' },
    { label: 'Fair value', value: money(figures.value), detail: valued, figure: 'value' },
    { label: 'Returned', value: money(figures.returned), detail: 'proceeds and income', figure: 'returned' },
    {
      label: 'Distributed',
      value: money(figures.distributed),
      detail: `${money(figures.paid)} of it paid`,
      figure: 'distributed',
    },
    { label: 'Gain', value: money(figures.gain), detail: 'realised or not', figure: 'gain' },
    {
      label: 'MOIC, gross',
      value: moic.value === null ? '–' : ratioText(moic),
      detail: moic.value === null ? 'nothing is invested yet' : 'value and returned over invested',
      figure: 'gain',
    },
    {
      label: 'Share of NAV',
      value: shareOfNav === null ? '–' : `${shareOfNav} %`,
      detail: `of ${money(fund.nav)} on ${formatDay(fund.asOf)}`,
      figure: 'value',
    },
  ]
}

/** What of the deal is still there, at the end of its thread; nothing of what was never bought or is sold. */
export function presentOf({ currency, figures, shareOfNav, fundName }: DealInFund): string | null {
  if (!isSome(figures.value)) return null
  const share = shareOfNav === null ? '' : `, ${shareOfNav} % of the net assets of ${fundName}`
  return `Worth ${formatMoney(figures.value, currency)}${share}`
}

/** How the entries of a figure are to be read, where they are more than what is asked about. */
export const figureNotes: Partial<Record<ThreadFigure, string>> = {
  called: 'Of each call, what its components for this deal come to; the entry may have more.',
  received: 'Of what came in on a line, the deal has the same part as of what the line asks for.',
}

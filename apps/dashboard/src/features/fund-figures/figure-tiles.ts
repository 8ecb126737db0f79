// The figures of a fund as tiles, each with the day that it is of and the entries that it opens.
import type { ExplainedFigure, FundFigures } from '@throughline/contracts'
import { formatDay, formatMoney } from '@throughline/ui'
import { policyText, rateNotes, rateText, ratioText } from './figure-words.ts'

export interface Tile {
  label: string
  value: string
  detail: string
  /** The entries that it opens. */
  figure: ExplainedFigure
}

export function tilesOf(figures: FundFigures): Tile[] {
  const { currency, policy, irr, accruedCarry, subscriptionLine: line } = figures
  const onDay = `as of ${formatDay(figures.asOf)}`
  const money = (sum: string) => formatMoney(sum, currency)
  const noted = (...notes: string[]) => [...notes, onDay].filter(Boolean).join(', ')
  const withLine = line === 'none_recorded' ? 'no subscription line recorded' : 'with the subscription line'
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
    { label: 'IRR, net', value: rateText(irr.net), detail: noted(rateNotes(irr.net), withLine), figure: 'paidIn' },
    ...(line === 'none_recorded'
      ? []
      : [
          {
            label: 'IRR, net, without the line',
            value: rateText(line.netIrrWithout),
            detail: noted(rateNotes(line.netIrrWithout), 'as if investors had paid when the line did'),
            figure: 'drawn' as const,
          },
          {
            label: 'Subscription line',
            value: money(line.drawn),
            detail: noted('drawn and not repaid'),
            figure: 'drawn' as const,
          },
        ]),
    { label: 'Prepaid', value: money(figures.prepaid), detail: noted('used by the next call'), figure: 'prepaid' },
  ]
}

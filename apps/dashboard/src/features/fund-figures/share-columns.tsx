import type { InvestorNavShareView, NavShareView } from '@throughline/contracts'
import { type Column, formatMoney } from '@throughline/ui'

type Share = Pick<NavShareView, Amount> & Pick<InvestorNavShareView, Amount>
type Amount = 'beginning' | 'contributions' | 'distributions' | 'income' | 'fees' | 'unrealised' | 'carry' | 'ending'

const names: readonly [Amount, string][] = [
  ['beginning', 'Beginning'],
  ['contributions', 'Paid in'],
  ['distributions', 'Distributed'],
  ['income', 'Income'],
  ['fees', 'Fees and expenses'],
  ['unrealised', 'Unrealised'],
  ['carry', 'Carry'],
  ['ending', 'Share'],
]

/** A share as it went from one struck NAV to the next. */
export const shareColumns = (currency: string): Column<Share>[] =>
  names.map(([amount, header]) => ({
    header,
    cell: (share) => formatMoney(share[amount], currency),
    numeric: true,
    className: amount === 'ending' ? 'whitespace-nowrap font-medium' : 'whitespace-nowrap',
  }))

import type { DistributionLineView } from '@throughline/contracts'
import { type Column, formatDay, formatMoney } from '@throughline/ui'

const amounts = [
  ['Return of capital', 'returnOfCapital'],
  ['Gain', 'gain'],
  ['Income', 'income'],
  ['Carry', 'carry'],
  ['Withheld', 'withheld'],
  ['Recallable', 'recallable'],
  ['Above cap', 'aboveCap'],
  ['Net', 'net'],
] as const

/** What each gets; what the recycling cap has kept from being recallable only where there is some. */
export const lineColumns = (currency: string, withAboveCap: boolean): Column<DistributionLineView>[] => [
  { header: 'Investor', cell: ({ investorName }) => investorName, className: 'min-w-40' },
  { header: 'Tax', cell: ({ taxCountry }) => taxCountry ?? '–' },
  ...amounts
    .filter(([, name]) => withAboveCap || name !== 'aboveCap')
    .map(
      ([header, name]): Column<DistributionLineView> => ({
        header,
        cell: (line) => formatMoney(line[name], currency),
        numeric: true,
        className: 'whitespace-nowrap',
      }),
    ),
]

export const paidColumn: Column<DistributionLineView> = {
  header: 'Paid',
  cell: ({ paidAt }) => (paidAt ? formatDay(paidAt.slice(0, 10)) : '–'),
  className: 'whitespace-nowrap',
}

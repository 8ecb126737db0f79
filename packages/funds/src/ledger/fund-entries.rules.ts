// What is booked around investments, fees, the subscription line, marks and distributions.
import { atLeastZero, smaller, sumOf } from '../minor-units.ts'
import { type Entry, entryOf } from './entry.rules.ts'

export const investmentMade = (cost: bigint): Entry =>
  entryOf('investment', [{ debit: { account: 'investments' }, credit: { account: 'cash' }, amount: cost }])

/** Sold, wholly or in part. What was marked up or down for this part goes, because it is realised now. */
export const investmentSold = (sale: { proceeds: bigint; cost: bigint; marked: bigint }): Entry =>
  entryOf('investment_proceeds', [
    { debit: { account: 'cash' }, credit: { account: 'investments' }, amount: smaller(sale.cost, sale.proceeds) },
    {
      debit: { account: 'cash' },
      credit: { account: 'realised_gain' },
      amount: atLeastZero(sale.proceeds - sale.cost),
    },
    {
      debit: { account: 'realised_gain' },
      credit: { account: 'investments' },
      amount: atLeastZero(sale.cost - sale.proceeds),
    },
    { debit: { account: 'unrealised_gain' }, credit: { account: 'unrealised_value' }, amount: sale.marked },
  ])

/** Dividends and interest. */
export const investmentIncome = (amount: bigint): Entry =>
  entryOf('investment_income', [{ debit: { account: 'cash' }, credit: { account: 'investment_income' }, amount }])

export const feeAccrued = (account: 'management_fee' | 'fund_expense', amount: bigint): Entry =>
  entryOf('fee', [{ debit: { account }, credit: { account: 'fees_payable' }, amount }])

export const feePaid = (amount: bigint): Entry =>
  entryOf('fee_paid', [{ debit: { account: 'fees_payable' }, credit: { account: 'cash' }, amount }])

/** A bank pays in the place of investors, until they are called: money that the fund owes. */
export const lineDrawn = (amount: bigint): Entry =>
  entryOf('line_draw', [{ debit: { account: 'cash' }, credit: { account: 'credit_line' }, amount }])

export const lineRepaid = (amount: bigint): Entry =>
  entryOf('line_repayment', [{ debit: { account: 'credit_line' }, credit: { account: 'cash' }, amount }])

/** What the line costs, when it is paid. */
export const lineInterestPaid = (amount: bigint): Entry =>
  entryOf('line_interest', [{ debit: { account: 'line_interest' }, credit: { account: 'cash' }, amount }])

/** The investments are worth something else: only the difference to the last mark is booked. */
export const navMarked = (mark: { before: bigint; after: bigint }): Entry =>
  entryOf('nav_mark', [
    {
      debit: { account: 'unrealised_value' },
      credit: { account: 'unrealised_gain' },
      amount: mark.after - mark.before,
    },
  ])

export interface DistributionLine {
  investorId: string
  returnOfCapital: bigint
  gain: bigint
  income: bigint
  /** Of all of it, what goes to a tax office instead. */
  withheld: bigint
}

/** Gross of `line`, taxes not taken off. */
export const grossOf = ({ returnOfCapital, gain, income }: DistributionLine): bigint => returnOfCapital + gain + income

/** A distribution was declared: the fund owes it, by what it is made of; what is withheld is owed to a tax office. */
export const distributionDeclared = (lines: readonly DistributionLine[]): Entry =>
  entryOf(
    'distribution_declared',
    lines.flatMap(({ investorId, returnOfCapital, gain, income, withheld }) => {
      const credit = { account: 'distributions_payable', investorId } as const
      return [
        { debit: { account: 'returned_capital', investorId }, credit, amount: returnOfCapital },
        { debit: { account: 'distributed_gain', investorId }, credit, amount: gain },
        { debit: { account: 'distributed_income', investorId }, credit, amount: income },
        { debit: credit, credit: { account: 'withholding_payable' }, amount: withheld },
      ]
    }),
  )

/** What investors were sent, and the tax offices with them. */
export const distributionPaid = (lines: readonly DistributionLine[]): Entry =>
  entryOf('distribution_paid', [
    ...lines.map((line) => ({
      debit: { account: 'distributions_payable', investorId: line.investorId } as const,
      credit: { account: 'cash' } as const,
      amount: grossOf(line) - line.withheld,
    })),
    {
      debit: { account: 'withholding_payable' },
      credit: { account: 'cash' },
      amount: sumOf(lines.map(({ withheld }) => withheld)),
    },
  ])

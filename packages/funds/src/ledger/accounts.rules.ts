// The chart of accounts, the same for every fund. Where an account has a side per investor, its total is the control
// account of that sub-ledger.

export type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense'

interface Account {
  name: string
  type: AccountType
  /** Each line names the investor. */
  perInvestor: boolean
}

const of = (name: string, type: AccountType, perInvestor = false): Account => ({ name, type, perInvestor })

export const accounts = {
  cash: of('Cash at bank', 'asset'),
  call_receivable: of('Capital call receivable', 'asset', true),
  investments: of('Investments at cost', 'asset'),
  unrealised_value: of('Unrealised change in value of investments', 'asset'),
  prepaid_capital: of('Amounts paid in advance', 'liability', true),
  distributions_payable: of('Distributions payable', 'liability', true),
  withholding_payable: of('Taxes withheld, payable', 'liability'),
  fees_payable: of('Fees and expenses payable', 'liability'),
  credit_line: of('Subscription line, drawn', 'liability'),
  contributed_capital: of('Contributed capital', 'equity', true),
  returned_capital: of('Distributions: return of capital', 'equity', true),
  distributed_gain: of('Distributions: gain', 'equity', true),
  distributed_income: of('Distributions: income', 'equity', true),
  late_interest: of('Interest on late contributions', 'income', true),
  other_contributions: of('Contributions outside of commitments', 'income', true),
  realised_gain: of('Realised gain or loss on investments', 'income'),
  investment_income: of('Income from investments', 'income'),
  unrealised_gain: of('Unrealised gain or loss on investments', 'income'),
  management_fee: of('Management fee', 'expense'),
  fund_expense: of('Fund expenses', 'expense'),
  line_interest: of('Interest on the subscription line', 'expense'),
  written_off: of('Bank charges and receivables written off', 'expense'),
} as const satisfies Record<string, Account>

export type AccountCode = keyof typeof accounts
export const accountCodes: readonly AccountCode[] = Object.keys(accounts).filter((code) => isAccountCode(code))

export function isAccountCode(code: string): code is AccountCode {
  return Object.hasOwn(accounts, code)
}

/** The side on which an account grows. */
export const growsOn = (code: AccountCode): 'debit' | 'credit' =>
  accounts[code].type === 'asset' || accounts[code].type === 'expense' ? 'debit' : 'credit'

// An entry is made of transfers, each of which debits one account with what it credits another: it cannot but balance.
import { sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { type AccountCode, accounts } from './accounts.rules.ts'

export const entryKinds = [
  'call_issued',
  'receipt',
  'prepaid_applied',
  'receipt_bounced',
  'prepaid_refunded',
  'late_interest',
  'written_off',
  'investment',
  'investment_proceeds',
  'investment_income',
  'distribution_declared',
  'distribution_paid',
  'fee',
  'fee_paid',
  'line_draw',
  'line_repayment',
  'line_interest',
  'nav_mark',
  'commitment_transferred',
  'reversal',
] as const
export type EntryKind = (typeof entryKinds)[number]

export interface EntryLine {
  account: AccountCode
  /** Of accounts that are kept per investor. */
  investorId: string | null
  side: 'debit' | 'credit'
  /** Minor units, above zero. */
  amount: bigint
}

export interface Entry {
  kind: EntryKind
  lines: EntryLine[]
}

/** One side of a transfer. */
export interface Place {
  account: AccountCode
  investorId?: string
}

export interface Transfer {
  debit: Place
  credit: Place
  /** Zero is left out; below zero changes the sides. */
  amount: bigint
}

/**
 * The lines of an entry, those of one account, investor and side taken together.
 * @throws AppError unprocessable when nothing is moved; TypeError when a line lacks its investor or has one too many
 */
export function entryOf(kind: EntryKind, transfers: readonly Transfer[]): Entry {
  const lines = new Map<string, EntryLine>()
  const add = ({ account, investorId }: Place, side: EntryLine['side'], amount: bigint) => {
    if (accounts[account].perInvestor !== (investorId !== undefined))
      throw new TypeError(`${account} is ${accounts[account].perInvestor ? '' : 'not '}kept per investor`)
    const key = `${account} ${side} ${investorId ?? ''}`
    const before = lines.get(key)?.amount ?? 0n
    lines.set(key, { account, investorId: investorId ?? null, side, amount: before + amount })
  }
  for (const { debit, credit, amount } of transfers) {
    if (amount === 0n) continue
    const [to, from, size] = amount > 0n ? [debit, credit, amount] : [credit, debit, -amount]
    add(to, 'debit', size)
    add(from, 'credit', size)
  }
  if (lines.size === 0) throw refused('This would be an entry that moves nothing.')
  return { kind, lines: [...lines.values()] }
}

/** The same, the other way round: how an entry is corrected. The reason and the link stand beside it. */
export const reversalOf = ({ lines }: Pick<Entry, 'lines'>): Entry => ({
  kind: 'reversal',
  lines: lines.map((line) => ({ ...line, side: line.side === 'debit' ? 'credit' : 'debit' })),
})

/** Debits less credits. */
export const netOf = (lines: readonly Pick<EntryLine, 'side' | 'amount'>[]): bigint =>
  sumOf(lines.map(({ side, amount }) => (side === 'debit' ? amount : -amount)))

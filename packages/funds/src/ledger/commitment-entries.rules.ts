// What is booked when a commitment goes to somebody else: the capital accounts go along, no money moves.
import { type Entry, entryOf } from './entry.rules.ts'

/** Of each capital account what goes, in minor units. */
export interface CapitalThatGoes {
  contributed: bigint
  outside: bigint
  returned: bigint
  gain: bigint
  income: bigint
}

export const capitalTransferred = (from: string, to: string, goes: CapitalThatGoes): Entry =>
  entryOf('commitment_transferred', [
    ...(
      [
        ['contributed_capital', goes.contributed],
        ['other_contributions', goes.outside],
      ] as const
    ).map(([account, amount]) => ({
      debit: { account, investorId: from },
      credit: { account, investorId: to },
      amount,
    })),
    // These have grown on the other side.
    ...(
      [
        ['returned_capital', goes.returned],
        ['distributed_gain', goes.gain],
        ['distributed_income', goes.income],
      ] as const
    ).map(([account, amount]) => ({
      debit: { account, investorId: to },
      credit: { account, investorId: from },
      amount,
    })),
  ])

/** What was paid on a commitment before it went is outstanding again: whoever has it now owes it. */
export const debtTransferred = (from: string, debts: readonly { to: string; amount: bigint }[]): Entry =>
  entryOf(
    'commitment_transferred',
    debts.map(({ to, amount }) => ({
      debit: { account: 'call_receivable', investorId: to },
      credit: { account: 'call_receivable', investorId: from },
      amount,
    })),
  )

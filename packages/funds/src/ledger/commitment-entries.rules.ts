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

// What is booked around capital calls and payments.
import type { Move } from '../payments/index.ts'
import { type Entry, entryOf, type Transfer } from './entry.rules.ts'

export interface IssuedLine {
  investorId: string
  insideCommitment: bigint
  outsideCommitment: bigint
}

/** A call was issued: everybody owes the line; what is outside of the commitment is no contributed capital. */
export const callIssued = (lines: readonly IssuedLine[]): Entry =>
  entryOf(
    'call_issued',
    lines.flatMap(({ investorId, insideCommitment, outsideCommitment }) => {
      const debit = { account: 'call_receivable', investorId } as const
      return [
        { debit, credit: { account: 'contributed_capital', investorId }, amount: insideCommitment },
        { debit, credit: { account: 'other_contributions', investorId }, amount: outsideCommitment },
      ]
    }),
  )

/** Interest from the due date on: income of the fund, owed beside the commitment. */
export const lateInterestCharged = (investorId: string, amount: bigint): Entry =>
  entryOf('late_interest', [
    { debit: { account: 'call_receivable', investorId }, credit: { account: 'late_interest', investorId }, amount },
  ])

/** Money in or out of the bank, on lines and on what is prepaid, as `payments` has moved it. */
const throughBank = (investorId: string, moves: readonly Move[]): Transfer[] =>
  moves.map(({ on, amount }) => ({
    debit: { account: 'cash' },
    credit: { account: on === 'line' ? 'call_receivable' : 'prepaid_capital', investorId },
    amount,
  }))

/**
 * A receipt: the outstanding line, and what is over as paid in advance.
 * @param repaid of what a bounce has left owed
 */
export const receiptTaken = (investorId: string, moves: readonly Move[], repaid = 0n): Entry =>
  entryOf('receipt', [
    ...throughBank(investorId, moves),
    { debit: { account: 'cash' }, credit: { account: 'call_receivable', investorId }, amount: repaid },
  ])

/** What was prepaid pays a line: no money moves. */
export const prepaidApplied = (investorId: string, amount: bigint): Entry =>
  entryOf('prepaid_applied', [
    { debit: { account: 'prepaid_capital', investorId }, credit: { account: 'call_receivable', investorId }, amount },
  ])

/**
 * The bank has taken a receipt back.
 * @param owed what was refunded meanwhile: the investor owes it like a call
 */
export const receiptBounced = (investorId: string, moves: readonly Move[], owed: bigint): Entry =>
  entryOf('receipt_bounced', [
    ...throughBank(investorId, moves),
    { debit: { account: 'call_receivable', investorId }, credit: { account: 'cash' }, amount: owed },
  ])

export const prepaidRefunded = (investorId: string, amount: bigint): Entry =>
  entryOf('prepaid_refunded', [
    { debit: { account: 'prepaid_capital', investorId }, credit: { account: 'cash' }, amount },
  ])

/** What a bank has kept of a wire, within the tolerance, or what will never be paid. */
export const writtenOff = (investorId: string, amount: bigint): Entry =>
  entryOf('written_off', [
    { debit: { account: 'written_off' }, credit: { account: 'call_receivable', investorId }, amount },
  ])

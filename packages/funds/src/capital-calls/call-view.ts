// Calls and lines as they are told.
import type { CallLineView, CapitalCallView, FundTerms } from '@throughline/contracts'
import {
  callStateOf,
  type FundedLine,
  type Line,
  lastDayToCure,
  lineStateOf,
  outstandingOf,
  overdueDays,
  stillDueOf,
  storedParts,
} from '../calls/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import type { CallRow } from './calls.repo.ts'
import type { LineRow } from './lines.repo.ts'

/**
 * The sums of all lines stand for the lines: no line is settled beyond what is due (a constraint of the table), so all are
 * paid exactly when the sum is, and one has something exactly when the sum has.
 */
export function linesOf(call: Pick<CallRow, 'lines' | 'due' | 'applied' | 'writtenOff' | 'currency'>): FundedLine[] {
  if (call.lines === 0) return []
  const minor = (decimal: string) => toMinor(decimal, call.currency)
  return [{ due: minor(call.due), applied: minor(call.applied), writtenOff: minor(call.writtenOff), excused: false }]
}

export function toCallView(call: CallRow, now: Date): CapitalCallView {
  const { state: decided, currency, timeZone, dueDate } = call
  const lines = linesOf(call)
  const outstanding = decided === 'ISSUED' ? lines.reduce((sum, line) => sum + stillDueOf(line), 0n) : 0n
  const decimal = (amount: string) => fromMinor(toMinor(amount, currency), currency)
  return {
    id: call.id,
    fundId: call.fundId,
    fundName: call.fundName,
    currency,
    number: call.number,
    title: call.title,
    purpose: call.purpose,
    state: callStateOf(decided, lines),
    overdueDays: overdueDays(outstanding, dueDate, timeZone, now),
    amount: decimal(call.amount),
    percent: call.percent,
    noticeDate: call.noticeDate,
    dueDate,
    lines: call.lines,
    due: decimal(call.due),
    applied: decimal(call.applied),
    writtenOff: decimal(call.writtenOff),
    outstanding: fromMinor(outstanding, currency),
    version: call.version,
    createdAt: call.createdAt.toISOString(),
  }
}

/** A line as the rules take it. */
export function lineOf(row: LineRow, currency: string): Line {
  const minor = (decimal: string) => toMinor(decimal, currency)
  return {
    due: minor(row.due),
    applied: minor(row.applied),
    writtenOff: minor(row.writtenOff),
    excess: minor(row.excess),
    excused: row.excused,
    notified: row.notifiedAt !== null,
    standing: row.standing,
  }
}

/** What the fund says about days. */
export interface LineTerms {
  currency: string
  timeZone: string
  terms: FundTerms
}

export const cureTermsOf = ({ cure, holidays }: FundTerms) => ({ ...cure, holidays: new Set(holidays) })

export const daysLateOf = (row: LineRow, { currency, timeZone }: LineTerms, now: Date): number =>
  overdueDays(outstandingOf(lineOf(row, currency)), row.dueDate, timeZone, now)

/** @param stands whether the call is issued: nothing is owed of a cancelled one */
export function toLineView(
  row: LineRow,
  fund: LineTerms,
  { now, stands }: { now: Date; stands: boolean },
): CallLineView {
  const { currency, terms } = fund
  const line = lineOf(row, currency)
  const daysLate = stands ? daysLateOf(row, fund, now) : 0
  const decimal = (amount: string) => fromMinor(toMinor(amount, currency), currency)
  return {
    id: row.id,
    investorId: row.investorId,
    code: row.code,
    name: row.name,
    reference: row.reference,
    state: lineStateOf(line, daysLate),
    overdueDays: daysLate,
    dueDate: row.dueDate,
    due: decimal(row.due),
    inside: decimal(row.inside),
    outside: decimal(row.outside),
    lateInterest: decimal(row.lateInterest),
    recalled: decimal(row.recalled),
    applied: decimal(row.applied),
    writtenOff: decimal(row.writtenOff),
    outstanding: fromMinor(stands ? outstandingOf(line) : 0n, currency),
    noticeOn: row.noticeOn,
    lastDayToCure: row.noticeOn && lastDayToCure(row.noticeOn, cureTermsOf(terms)),
    parts: storedParts.parse(row.components).map(({ weight: _weight, ...part }) => part),
    version: row.version,
  }
}

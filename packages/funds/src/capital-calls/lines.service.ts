// What is deliberately done about a line that is late or short. Nothing of it happens by itself.
import {
  AppError,
  type CallLineView,
  type ChargeLateInterest,
  type DefaultStep,
  type WriteOffLine,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, happen, post } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { afterDefaultAction, type Line, outstandingOf, settledOf } from '../calls/index.ts'
import { lateInterest } from '../fees/index.ts'
import { lateInterestCharged, writtenOff } from '../ledger/index.ts'
import { atLeastZero, fromMinor, toMinor } from '../minor-units.ts'
import { toleratedShortfall } from '../payments/index.ts'
import { splitBetween } from '../receivables/index.ts'
import { refused } from '../refused.ts'
import { checkSeen } from '../stale.ts'
import { callToChange, told } from './call-to-change.ts'
import { cureTermsOf, daysLateOf, lineOf, toLineView } from './call-view.ts'
import {
  addLateInterest,
  addWrittenOff,
  type LineRow,
  readLine,
  readOtherDefaults,
  writeNotice,
  writeStanding,
} from './lines.repo.ts'

/** One line of an issued call. */
export interface LineOfCall {
  callId: string
  lineId: string
  version?: number | undefined
}

interface Held {
  fund: HeldFund
  row: LineRow
  line: Line
  today: string
}

async function lineToChange(ctx: Ctx, { callId, lineId, version }: LineOfCall): Promise<Held> {
  const { fund, call } = await callToChange(ctx, callId, undefined)
  const row = await readLine(ctx.db, callId, lineId)
  if (!row) throw new AppError('not_found', { message: 'There is no such line of a call.' })
  checkSeen(row.version, version)
  if (call.state !== 'ISSUED')
    throw new AppError('illegal_transition', {
      message: 'Lines change while their call is issued.',
      details: { state: call.state },
    })
  return { fund, row, line: lineOf(row, fund.currency), today: dayIn(fund.timeZone, ctx.now()) }
}

async function toldOfLine(ctx: Ctx, { fund, row }: Held, action: string, after: object): Promise<CallLineView> {
  await told(ctx, row.callId, action, { after: { lineId: row.id, investorId: row.investorId, ...after } })
  const line = await readLine(ctx.db, row.callId, row.id)
  if (!line) throw new Error('a line that was held is gone')
  return toLineView(line, fund, { now: ctx.now(), stands: true })
}

/**
 * Default notice, designation by somebody else after the days to cure, or cure. Who is in default takes part in no call any more.
 * @throws AppError not_found, stale_version, illegal_transition with the day from which it is possible, forbidden
 */
export function stepDefault(
  ctx: Ctx,
  of: LineOfCall,
  { action, reason }: Pick<DefaultStep, 'action' | 'reason'>,
): Promise<CallLineView> {
  return ctx.db.transaction(async () => {
    const held = await lineToChange(ctx, of)
    const { fund, row, line, today } = held
    const notice = row.noticeOn === null ? null : { date: row.noticeOn, byId: row.noticeById ?? '' }
    const late = { line, daysLate: daysLateOf(row, fund, ctx.now()), notice }
    const who = { actorId: ctx.actor.id ?? '', today, terms: cureTermsOf(fund.terms) }
    const standing = afterDefaultAction(late, action, who)
    if (standing === 'DEFAULT_NOTICE')
      await writeNotice(ctx.db, row.id, { on: today, byId: ctx.actor.id, now: ctx.now() })
    else await writeStanding(ctx.db, row.id, standing, ctx.now())
    if (standing === 'DEFAULTED') await markDefaulted(ctx, fund, row.investorId, today)
    if (line.standing === 'DEFAULTED' && standing === 'CURED') {
      const { investorId } = row
      const found = { fundId: fund.id, investorIds: [investorId], exceptLineIds: [row.id] }
      if (!(await readOtherDefaults(ctx.db, found)).has(investorId)) await markDefaulted(ctx, fund, investorId, null)
    }
    return toldOfLine(ctx, held, `line_${standing.toLowerCase()}`, reason ? { reason } : {})
  })
}

async function markDefaulted(ctx: Ctx, fund: HeldFund, investorId: string, on: string | null): Promise<void> {
  await happen(ctx, fund, [], new Map([[investorId, { defaultedOn: on }]]))
}

/**
 * Interest of the terms of the fund on what is outstanding, from the due date (or the day up to which it was charged before)
 * through a day. It is owed on the same line, outside of the commitment; interest bears none.
 * @throws AppError not_found, stale_version, illegal_transition; unprocessable for a day to come, or when nothing has accrued
 */
export function chargeInterest(ctx: Ctx, of: LineOfCall, { through }: ChargeLateInterest): Promise<CallLineView> {
  return ctx.db.transaction(async () => {
    const held = await lineToChange(ctx, of)
    const { fund, row, line, today } = held
    if (through > today) throw refused('Interest is charged up to today at most.', { today })
    const principal = atLeastZero(outstandingOf(line) - toMinor(row.lateInterest, fund.currency))
    const amount = lateInterest(principal, row.interestThrough ?? row.dueDate, through, fund.terms.lateInterest)
    if (amount === 0n) throw refused('No interest has accrued for this line up to that day.')
    const decimal = fromMinor(amount, fund.currency)
    await addLateInterest(ctx.db, row.id, { amount: decimal, through, now: ctx.now() })
    const source = { kind: 'capital_call', id: row.callId } as const
    await post(ctx, fund, [{ entry: lateInterestCharged(row.investorId, amount), effectiveOn: through, source }])
    const event = {
      kind: 'called' as const,
      date: through,
      callId: row.callId,
      insideCommitment: 0n,
      outsideCommitment: amount,
      recalled: 0n,
    }
    await happen(ctx, fund, [{ investorId: row.investorId, event, source }])
    return toldOfLine(ctx, held, 'line_interest_charged', { amount: decimal, through })
  })
}

/**
 * Gives up what a bank has kept, within the tolerance of the fund, or all that is outstanding.
 * @throws AppError not_found, stale_version, illegal_transition; unprocessable for more than is tolerated, or nothing
 */
export function writeOff(
  ctx: Ctx,
  of: LineOfCall,
  { what, reason }: Pick<WriteOffLine, 'what' | 'reason'>,
): Promise<CallLineView> {
  return ctx.db.transaction(async () => {
    const held = await lineToChange(ctx, of)
    const { fund, row, line, today } = held
    const amount = amountToWriteOff(line, what, fund)
    const decimal = fromMinor(amount, fund.currency)
    await addWrittenOff(ctx.db, row.id, decimal, ctx.now())
    const source = { kind: 'capital_call', id: row.callId } as const
    await post(ctx, fund, [{ entry: writtenOff(row.investorId, amount), effectiveOn: today, source, reason }])
    const before = settledOf(line)
    const parts = splitBetween(toMinor(row.inside, fund.currency), before, before + amount)
    const event = { kind: 'written_off' as const, date: today, ...parts }
    await happen(ctx, fund, [{ investorId: row.investorId, event, source, reason }])
    return toldOfLine(ctx, held, 'line_written_off', { amount: decimal, what, reason })
  })
}

function amountToWriteOff(line: Line, what: WriteOffLine['what'], { terms, currency }: HeldFund): bigint {
  const rest = outstandingOf(line)
  if (rest === 0n) throw refused('Nothing of this line is outstanding.')
  if (what === 'rest') return rest
  const short = toleratedShortfall(line, toMinor(terms.tolerance, currency))
  if (short === null)
    throw refused(`The fund tolerates a shortfall of ${terms.tolerance} ${currency} of a line that was paid.`, {
      outstanding: fromMinor(rest, currency),
    })
  return short
}

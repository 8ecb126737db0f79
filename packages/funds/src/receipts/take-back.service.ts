// Money that goes back: receipts that the bank has taken back, matches that were wrong, refunds of what is prepaid.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type BounceReceiptBody,
  type PaymentView,
  type ReceiptChanged,
  type ReceiptState,
  type RefundPrepaidBody,
  type UnmatchReceipt,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { prepaidRefunded, receiptBounced } from '../ledger/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import { bounceReceipt, refundPrepaid } from '../payments/index.ts'
import {
  type Account,
  debtsPassedOn,
  type NewPayment,
  passLinesOn,
  readAccounts,
  returnPaidIn,
  takeBackWriteOffs,
  writePayments,
} from '../receivables/index.ts'
import { refused } from '../refused.ts'
import { type PaidPart, readPaidParts } from './lines.repo.ts'
import { readPayment } from './payment-reads.repo.ts'
import { paymentsChanged, receiptToChange } from './receipt-to-change.ts'
import { writeStates } from './receipts.repo.ts'
import { receiptAfter } from './receipts-reads.ts'

interface Back {
  kind: 'BOUNCE' | 'UNMATCH'
  /** The day that it belongs to. */
  on: string
  reason: string
}

/**
 * The bank has taken a receipt back, all of it: lines move back, also those that it has paid later as prepaid, and a closed call is open
 * again. What was refunded meanwhile is owed. Where the commitment has gone to somebody else since, whoever has it now owes what is
 * outstanding again, from the day of the transfer on.
 * @param version of whoever has seen it; nothing for a gateway
 * @throws AppError not_found, stale_version, illegal_transition; unprocessable for a day before it came, to come, or locked
 */
export function recordBounce(
  ctx: Ctx,
  receiptId: string,
  { version, reason, on }: Omit<BounceReceiptBody, 'version'> & { version: number | undefined },
): Promise<ReceiptChanged> {
  return takeBack(ctx, receiptId, version, ({ timeZone }, valueDate) => {
    if (on < valueDate) throw refused(`The money came on ${valueDate}; it cannot have gone back before.`)
    if (on > dayIn(timeZone, ctx.now())) throw refused('What has not happened yet cannot be recorded.')
    return { kind: 'BOUNCE', on, reason }
  })
}

/**
 * A match was wrong: the payment is reversed, and the receipt is in the inbox again.
 * @throws AppError not_found, stale_version, illegal_transition; unprocessable where some of it was refunded meanwhile
 */
export function unmatchReceipt(
  ctx: Ctx,
  receiptId: string,
  { version, reason }: UnmatchReceipt,
): Promise<ReceiptChanged> {
  return takeBack(ctx, receiptId, version, ({ timeZone }) => ({
    kind: 'UNMATCH',
    on: dayIn(timeZone, ctx.now()),
    reason,
  }))
}

const stateAfter: Record<Back['kind'], ReceiptState> = { BOUNCE: 'BOUNCED', UNMATCH: 'UNMATCHED' }

function takeBack(
  ctx: Ctx,
  receiptId: string,
  version: number | undefined,
  backOf: (fund: HeldFund, valueDate: string) => Back,
): Promise<ReceiptChanged> {
  return ctx.db.transaction(async () => {
    const { fund, receipt } = await receiptToChange(ctx, receiptId, {
      ...{ version, from: ['MATCHED'], instead: 'Only a receipt that was matched can be taken back.' },
    })
    const back = backOf(fund, receipt.valueDate)
    const parts = await readPaidParts(ctx.db, receiptId)
    const accounts = await readAccounts(
      ...([ctx, fund, [...new Set(parts.map(({ investorId }) => investorId))], { closedToo: true }] as const),
    )
    const payments = parts.map((part) => reversalOf(part, { accounts, fund, receiptId, back }))
    const lowered = payments.flatMap(({ moves }) =>
      moves.flatMap((move) => (move.on === 'line' && move.amount < 0n ? [move.lineId] : [])),
    )
    const passed = await debtsPassedOn(ctx, fund, payments)
    const when = { on: [passed.notBefore, back.on].toSorted().at(-1) ?? back.on, reason: back.reason }
    await returnPaidIn(ctx, fund, passed, when)
    await takeBackWriteOffs(ctx, fund, lowered, when)
    await writePayments(
      ctx,
      fund,
      payments.map((payment) => ({ ...payment, on: when.on })),
    )
    await passLinesOn(ctx, fund, passed, when)
    const state = stateAfter[back.kind]
    await writeStates(ctx.db, [{ id: receiptId, state, match: null }], ctx.now())
    audit(ctx, {
      ...{ action: `bank_receipt.${state.toLowerCase()}`, subject: 'bank_receipt', subjectId: receiptId },
      before: { state: receipt.state },
      after: {
        state,
        on: back.on,
        countsFrom: when.on,
        reason: back.reason,
        owed: String(sumOf(payments.map(({ owed = 0n }) => owed))),
      },
    })
    paymentsChanged(ctx, fund.id, { receiptId })
    return receiptAfter(ctx, fund, receiptId)
  })
}

/** The payment that takes another one back; `accounts` are as it leaves them. */
function reversalOf(
  part: PaidPart,
  {
    accounts,
    fund,
    receiptId,
    back: { kind, on, reason },
  }: { accounts: Map<string, Account>; fund: HeldFund; receiptId: string; back: Back },
): NewPayment {
  const { paymentId, entryId, investorId, lineId, callId } = part
  const inMinor = (decimal: string) => toMinor(decimal, fund.currency)
  const account = accounts.get(investorId)
  if (!account) throw new Error('an investor who has paid has no position')
  const applied = { lineId, onLine: inMinor(part.onLine), prepaid: inMinor(part.prepaid) }
  const { moves, owed, account: next } = bounceReceipt(account, applied)
  if (kind === 'UNMATCH' && owed > 0n)
    throw refused('Some of this money was refunded since it was matched: it cannot be taken back any more.')
  accounts.set(investorId, next)
  // What it had paid of a debt is owed again.
  const owes = owed - inMinor(part.owed)
  const entry = receiptBounced(investorId, moves, owes)
  return {
    ...{ kind, investorId, receiptId, moves, owed: owes, on, reason },
    ...{ amount: inMinor(part.amount), onLine: applied.onLine, prepaid: applied.prepaid },
    callId: callId ?? undefined,
    lineId: lineId ?? undefined,
    entry: kind === 'UNMATCH' ? { ...entry, kind: 'reversal' } : entry,
    reverses: { paymentId, entryId },
  }
}

/**
 * Pays back what an investor has paid in advance.
 * @throws AppError not_found; unprocessable for more than is prepaid, a day to come or a locked one
 */
export function recordRefund(
  ctx: Ctx,
  fundId: string,
  { investorId, amount, on, reason }: RefundPrepaidBody,
): Promise<PaymentView> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    if (on > dayIn(fund.timeZone, ctx.now())) throw refused('What has not happened yet cannot be recorded.')
    const account = (await readAccounts(ctx, fund, [investorId])).get(investorId)
    if (!account) throw new AppError('not_found', { message: 'There is no such investor in this fund.' })
    const refund = toMinor(amount, fund.currency)
    const { moves } = refundPrepaid(account, refund)
    const entry = prepaidRefunded(investorId, refund)
    const [written] = await writePayments(ctx, fund, [
      { kind: 'REFUND', investorId, amount: refund, prepaid: refund, moves, entry, on, reason },
    ])
    const id = written?.id ?? ''
    audit(ctx, {
      ...{ action: 'prepaid.refunded', subject: 'payment', subjectId: id },
      after: { investorId, amount, on, reason },
    })
    paymentsChanged(ctx, fundId, { investorId })
    const payment = await readPayment(ctx.db, id)
    if (!payment) throw new Error('a payment was written and is not there')
    return payment
  })
}

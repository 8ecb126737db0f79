// A payment that a person writes down.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import { AppError, type PaymentView, type RecordPayment } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead, type HeldFund, holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { type BankLine, receiptKey } from '../payments/index.ts'
import { refused } from '../refused.ts'
import { bookReceipts } from './book-receipts.ts'
import { readFirstPaymentOf } from './payment-reads.repo.ts'
import { paymentsChanged } from './receipt-to-change.ts'
import { insertReceipts, type KnownReceipt, readReceiptsByKey, writeStates } from './receipts.repo.ts'

export interface RecordedPayment {
  payment: PaymentView
  /** False where the booking was known: it is the payment of the first time. */
  isNew: boolean
}

/**
 * Records that money has arrived for a line, or in advance. The booking (bank reference, account, day, amount, currency) is there once: a
 * second time answers with the first. One that is in the inbox already is matched by this.
 * @throws AppError not_found; unprocessable for another currency, a day to come or a locked one, a call that takes no money;
 * conflict where the booking has bounced or was ignored
 */
export async function recordPayment(ctx: Ctx, fundId: string, input: RecordPayment): Promise<RecordedPayment> {
  const fund = await fundToRead(ctx, fundId)
  const bank = bankLineOf(fund, ctx.now(), input)
  const key = receiptKey(bank)
  // Before anything is held: five hundred equal ones do not wait for each other.
  const [known] = await readReceiptsByKey(ctx.db, fund.id, [key])
  const before = known && (await paidBefore(ctx, known))
  if (before) return { payment: before, isNew: false }
  return ctx.db.transaction(async () => {
    const held = await holdFund(ctx, fundId)
    const found = await receiptFor(ctx, held, { bank, key })
    const first = await paidBefore(ctx, found)
    if (first) return { payment: first, isNew: false }
    const parts = [{ ...input.to, amount: bank.amount }]
    await bookReceipts(ctx, held, [{ receiptId: found.id, on: bank.valueDate, parts }])
    await writeStates(ctx.db, [{ id: found.id, state: 'MATCHED', match: null }], ctx.now())
    audit(ctx, { action: 'payment.recorded', subject: 'bank_receipt', subjectId: found.id, after: input })
    paymentsChanged(ctx, fundId, { receiptId: found.id })
    const payment = await readFirstPaymentOf(ctx.db, found.id)
    if (!payment) throw new Error('a receipt was booked and has no payment')
    return { payment, isNew: true }
  })
}

function bankLineOf(fund: HeldFund, now: Date, input: RecordPayment): BankLine {
  const { currency, valueDate } = input
  if (currency !== fund.currency) throw refused(`${fund.name} is kept in ${fund.currency}, not in ${currency}.`)
  if (valueDate > dayIn(fund.timeZone, now)) throw refused('Money that has not arrived yet cannot be recorded.')
  return { ...input, amount: toMinor(input.amount, currency) }
}

async function receiptFor(
  ctx: Ctx,
  { id: fundId, currency }: HeldFund,
  { bank, key }: { bank: BankLine; key: string },
): Promise<Pick<KnownReceipt, 'id' | 'state'>> {
  const { bankReference, account, valueDate, text, payer } = bank
  const receipt = {
    ...{ id: randomUUIDv7(), receiptKey: key, bankReference, account, valueDate, text, payer },
    amount: fromMinor(bank.amount, currency),
    source: 'manual' as const,
    sourceId: null,
  }
  const added = await insertReceipts(ctx.db, fundId, { receipts: [receipt], byId: ctx.actor.id, now: ctx.now() })
  if (added.has(receipt.id)) return { id: receipt.id, state: 'UNMATCHED' }
  const [known] = await readReceiptsByKey(ctx.db, fundId, [key])
  if (!known) throw new Error('a receipt was neither added nor found')
  return known
}

/** @throws AppError conflict where the booking is there and no payment can come of it */
async function paidBefore(
  ctx: Ctx,
  { id, state }: Pick<KnownReceipt, 'id' | 'state'>,
): Promise<PaymentView | undefined> {
  if (state === 'MATCHED') return readFirstPaymentOf(ctx.db, id)
  if (state === 'BOUNCED') throw new AppError('conflict', { message: 'The bank has taken this booking back.' })
  if (state === 'IGNORED')
    throw new AppError('conflict', { message: 'This booking was ignored. Take it back into the inbox first.' })
  return undefined
}

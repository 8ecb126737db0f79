// Money that investors pay: receipts as a bank or a gateway tells of them, and payments, which are what was done with them.
import * as z from 'zod'
import { currency, dateOnly, id, instant, line, money, pageOf, pageQuery, text, version } from '../common.ts'

/** What was done with money of an investor. What takes a payment back is a payment too. */
export const paymentKinds = ['RECEIPT', 'PREPAID_APPLIED', 'BOUNCE', 'UNMATCH', 'REFUND'] as const
export type PaymentKind = (typeof paymentKinds)[number]
export const receiptStates = ['UNMATCHED', 'PROPOSED', 'MATCHED', 'BOUNCED', 'IGNORED'] as const
export type ReceiptState = (typeof receiptStates)[number]
export const receiptSources = ['manual', 'bank_file', 'gateway'] as const
export type ReceiptSource = (typeof receiptSources)[number]
export const matchBases = ['exact', 'reference', 'amount_date_payer', 'none'] as const

/** Money that moves: above zero. */
export const paidAmount = money.refine((value) => !value.startsWith('-') && /[1-9]/.test(value), 'must be above zero')
const reason = line(500)

/**
 * Where money goes: to a line of a call, as far as it is outstanding, or in advance; what is too much for a line is in advance too.
 * Or it pays what an investor owes, because money has bounced that was refunded before; no more than that.
 */
const onLine = z.strictObject({ lineId: id })
const inAdvance = z.strictObject({ investorId: id })
const owedBack = z.strictObject({ owedBy: id })

export const recordPayment = z
  .strictObject({
    /** The bank's own name of the booking. With account, day and amount it is the same money, however often it is recorded. */
    bankReference: line(140),
    /** Of the fund, as its statements name it. */
    account: line(60),
    valueDate: dateOnly,
    amount: paidAmount,
    /** Has to be that of the fund. */
    currency,
    to: z.union([onLine, inAdvance, owedBack]),
    payer: text(200).default(''),
    text: text(500).default(''),
  })
  .meta({ id: 'RecordPayment' })
export type RecordPayment = z.infer<typeof recordPayment>

/** Who confirms a match says what goes where; the parts are the whole receipt. */
export const matchReceiptBody = z
  .strictObject({
    version,
    parts: z
      .array(
        z.union([
          onLine.extend({ amount: paidAmount }),
          inAdvance.extend({ amount: paidAmount }),
          owedBack.extend({ amount: paidAmount }),
        ]),
      )
      .min(1)
      .max(50),
  })
  .meta({ id: 'MatchReceipt' })
export type MatchReceiptBody = z.infer<typeof matchReceiptBody>

export const unmatchReceipt = z.strictObject({ version, reason }).meta({ id: 'UnmatchReceipt' })
export type UnmatchReceipt = z.infer<typeof unmatchReceipt>
export const bounceReceiptBody = z.strictObject({ version, reason, on: dateOnly }).meta({ id: 'BounceReceipt' })
export type BounceReceiptBody = z.infer<typeof bounceReceiptBody>
/** Ignored: no investor's money, and a note why. Not ignored any more without one. */
export const ignoreReceipt = z.strictObject({ version, note: reason.nullable() }).meta({ id: 'IgnoreReceipt' })
export type IgnoreReceipt = z.infer<typeof ignoreReceipt>
export const assignReceipt = z.strictObject({ version, ownerId: id.nullable() }).meta({ id: 'AssignReceipt' })
export type AssignReceipt = z.infer<typeof assignReceipt>
export const refundPrepaidBody = z
  .strictObject({ investorId: id, amount: paidAmount, on: dateOnly, reason })
  .meta({ id: 'RefundPrepaid' })
export type RefundPrepaidBody = z.infer<typeof refundPrepaidBody>

const paymentFields = {
  id,
  fundId: id,
  kind: z.enum(paymentKinds),
  investorId: id,
  investorName: z.string(),
  callId: id.nullable(),
  callTitle: z.string().nullable(),
  lineId: id.nullable(),
  /** Of the line. */
  reference: z.string().nullable(),
  receiptId: id.nullable(),
  /** The whole of it; what it takes back, where it takes something back. */
  amount: money,
  currency,
  onLine: money,
  prepaid: money,
  /** Of what takes a receipt back: what was refunded meanwhile, so that the investor owes it. Below zero in a receipt that pays it. */
  owed: money,
  valueDate: dateOnly,
  reversesId: id.nullable(),
  reversedAt: instant.nullable(),
  reason: z.string().nullable(),
  entryId: id,
  createdAt: instant,
}
export const paymentView = z.object(paymentFields).meta({ id: 'Payment' })
export type PaymentView = z.infer<typeof paymentView>
export const paymentPage = pageOf(paymentView).meta({ id: 'PaymentPage' })
export const listPayments = pageQuery.extend({
  kind: z.enum(paymentKinds).optional(),
  investorId: id.optional(),
  callId: id.optional(),
  receiptId: id.optional(),
})
export type ListPayments = z.infer<typeof listPayments>

export const paymentDetail = z
  .object({
    ...paymentFields,
    /** What changed where; below zero is taken away. */
    moves: z.array(
      z.object({
        on: z.enum(['line', 'prepaid']),
        from: z.enum(['receipt', 'prepaid']).nullable(),
        reference: z.string().nullable(),
        callTitle: z.string().nullable(),
        amount: money,
      }),
    ),
    receipt: z
      .object({ bankReference: z.string(), account: z.string(), payer: z.string(), text: z.string() })
      .nullable(),
    entry: z.object({
      id,
      number: z.string(),
      effectiveOn: dateOnly,
      lines: z.array(z.object({ account: z.string(), investorName: z.string().nullable(), amount: money })),
    }),
  })
  .meta({ id: 'PaymentDetail' })
export type PaymentDetail = z.infer<typeof paymentDetail>

/** A line of an issued call that money can go to. */
export const receivableView = z
  .object({
    lineId: id,
    reference: z.string(),
    investorId: id,
    investorName: z.string(),
    callId: id,
    callTitle: z.string(),
    dueDate: dateOnly,
    due: money,
    outstanding: money,
  })
  .meta({ id: 'Receivable' })
export type ReceivableView = z.infer<typeof receivableView>
export const receivablePage = pageOf(receivableView).meta({ id: 'ReceivablePage' })
/** `search`: in the investor's name or the reference. */
export const listReceivables = pageQuery.extend({ search: z.string().trim().max(100).optional() })
export type ListReceivables = z.infer<typeof listReceivables>

/** An investor as somebody who has paid in advance, or owes what has bounced after it was refunded. */
export const payerView = z
  .object({ investorId: id, code: z.string(), name: z.string(), prepaid: money, owed: money })
  .meta({ id: 'Payer' })
export type PayerView = z.infer<typeof payerView>
export const payerPage = pageOf(payerView).meta({ id: 'PayerPage' })
export const listPayers = pageQuery.extend({
  search: z.string().trim().max(100).optional(),
  /** Only who has something prepaid, or owes. */
  having: z.enum(['prepaid', 'owed']).optional(),
})
export type ListPayers = z.infer<typeof listPayers>

export const receiptView = z
  .object({
    id,
    fundId: id,
    bankReference: z.string(),
    account: z.string(),
    valueDate: dateOnly,
    amount: money,
    currency,
    text: z.string(),
    payer: z.string(),
    source: z.enum(receiptSources),
    state: z.enum(receiptStates),
    /** What the rules have found, and how sure they are; per cent. */
    basis: z.enum(matchBases),
    confidence: z.int(),
    proposed: z.array(receivableView),
    owner: z.object({ id, name: z.string() }).nullable(),
    note: z.string().nullable(),
    /** Days since the money came, in the fund's zone. */
    ageDays: z.int(),
    version,
    createdAt: instant,
  })
  .meta({ id: 'BankReceipt' })
export type ReceiptView = z.infer<typeof receiptView>
export const receiptPage = pageOf(receiptView).meta({ id: 'BankReceiptPage' })
/** `open`: what somebody has to look at. */
export const listReceipts = pageQuery.extend({ state: z.enum(['open', ...receiptStates]).optional() })
export type ListReceipts = z.infer<typeof listReceipts>

/** A receipt after something was done with it, and the payments that came of it. */
export const receiptChanged = z
  .object({
    receipt: receiptView,
    payments: z.array(paymentView),
    /** What taking it back has left owed. */
    owed: money,
  })
  .meta({ id: 'BankReceiptChanged' })
export type ReceiptChanged = z.infer<typeof receiptChanged>

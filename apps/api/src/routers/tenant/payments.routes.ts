import {
  assignReceipt as assignReceiptBody,
  bounceReceiptBody,
  idParam,
  ignoreReceipt as ignoreReceiptBody,
  listPayers as listPayersQuery,
  listPayments as listPaymentsQuery,
  listReceipts as listReceiptsQuery,
  listReceivables as listReceivablesQuery,
  matchReceiptBody,
  payerPage,
  paymentDetail,
  paymentPage,
  paymentView,
  receiptChanged,
  receiptPage,
  receivablePage,
  recordPayment as recordPaymentBody,
  refundPrepaidBody,
  unmatchReceipt as unmatchReceiptBody,
} from '@throughline/contracts'
import {
  assignReceipt,
  confirmMatch,
  getPayment,
  getReceipt,
  ignoreReceipt,
  listPayers,
  listPayments,
  listReceipts,
  listReceivables,
  recordBounce,
  recordPayment,
  recordRefund,
  unmatchReceipt,
} from '@throughline/funds'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['payments']
const ofFund = idParam('fundId')
const ofReceipt = idParam('receiptId')
const read = { permission: 'fund:read' } as const
const record = { permission: 'payment:record' } as const
const reverse = { permission: 'payment:reverse' } as const

/** What has come in, what was done with it, and where money can go. */
function registerReads(app: TypedApp): void {
  app.get(
    '/funds/:fundId/payments',
    {
      config: read,
      schema: {
        tags,
        summary: 'What was done with money of investors, newest first',
        params: ofFund,
        querystring: listPaymentsQuery,
        response: { 200: paymentPage, ...refusals },
      },
    },
    (request) => listPayments(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/payments/:paymentId',
    {
      config: read,
      schema: {
        tags,
        summary: 'One payment, what it moved, and its entry of the books',
        params: idParam('paymentId'),
        response: { 200: paymentDetail, ...refusals },
      },
    },
    (request) => getPayment(request.ctx, request.params.paymentId),
  )
  app.get(
    '/funds/:fundId/bank-receipts',
    {
      config: read,
      schema: {
        tags,
        summary: 'Receipts as banks and gateways tell of them, newest first',
        params: ofFund,
        querystring: listReceiptsQuery,
        response: { 200: receiptPage, ...refusals },
      },
    },
    (request) => listReceipts(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/bank-receipts/:receiptId',
    {
      config: read,
      schema: {
        tags,
        summary: 'One receipt and all that was done with it',
        params: ofReceipt,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => getReceipt(request.ctx, request.params.receiptId),
  )
  app.get(
    '/funds/:fundId/receivables',
    {
      config: read,
      schema: {
        tags,
        summary: 'Open lines of issued calls, the oldest first',
        params: ofFund,
        querystring: listReceivablesQuery,
        response: { 200: receivablePage, ...refusals },
      },
    },
    (request) => listReceivables(request.ctx, request.params.fundId, request.query),
  )
  app.get(
    '/funds/:fundId/payers',
    {
      config: read,
      schema: {
        tags,
        summary: 'Investors of a fund, with what they have paid in advance and what they owe',
        params: ofFund,
        querystring: listPayersQuery,
        response: { 200: payerPage, ...refusals },
      },
    },
    (request) => listPayers(request.ctx, request.params.fundId, request.query),
  )
}

/** Money in. */
function registerReceiving(app: TypedApp): void {
  app.post(
    '/funds/:fundId/payments',
    {
      config: record,
      schema: {
        tags,
        summary: 'Record a payment; the same booking a second time answers with the first',
        params: ofFund,
        body: recordPaymentBody,
        response: { 200: paymentView, 201: paymentView, ...refusals },
      },
    },
    async (request, reply) => {
      const { payment, isNew } = await recordPayment(request.ctx, request.params.fundId, request.body)
      reply.code(isNew ? 201 : 200).header('location', `/tenant/v1/payments/${payment.id}`)
      return payment
    },
  )
  app.post(
    '/bank-receipts/:receiptId/match',
    {
      config: record,
      schema: {
        tags,
        summary: 'Say what a receipt is for, in one part or several',
        params: ofReceipt,
        body: matchReceiptBody,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => confirmMatch(request.ctx, request.params.receiptId, request.body),
  )
  app.post(
    '/bank-receipts/:receiptId/ignore',
    {
      config: record,
      schema: {
        tags,
        summary: 'Say that a receipt is no investor’s money, or that it may be',
        params: ofReceipt,
        body: ignoreReceiptBody,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => ignoreReceipt(request.ctx, request.params.receiptId, request.body),
  )
  app.post(
    '/bank-receipts/:receiptId/assign',
    {
      config: record,
      schema: {
        tags,
        summary: 'Say who has to look at a receipt',
        params: ofReceipt,
        body: assignReceiptBody,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => assignReceipt(request.ctx, request.params.receiptId, request.body),
  )
}

/** Money back. */
function registerTakingBack(app: TypedApp): void {
  app.post(
    '/bank-receipts/:receiptId/unmatch',
    {
      config: reverse,
      schema: {
        tags,
        summary: 'Take a match back: the payments are reversed, the receipt is open again',
        params: ofReceipt,
        body: unmatchReceiptBody,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => unmatchReceipt(request.ctx, request.params.receiptId, request.body),
  )
  app.post(
    '/bank-receipts/:receiptId/bounce',
    {
      config: reverse,
      schema: {
        tags,
        summary: 'Record that the bank has taken a receipt back',
        params: ofReceipt,
        body: bounceReceiptBody,
        response: { 200: receiptChanged, ...refusals },
      },
    },
    (request) => recordBounce(request.ctx, request.params.receiptId, request.body),
  )
  app.post(
    '/funds/:fundId/prepaid-refunds',
    {
      config: reverse,
      schema: {
        tags,
        summary: 'Pay back what an investor has paid in advance',
        params: ofFund,
        body: refundPrepaidBody,
        response: { 201: paymentView, ...refusals },
      },
    },
    async (request, reply) => {
      const payment = await recordRefund(request.ctx, request.params.fundId, request.body)
      reply.code(201).header('location', `/tenant/v1/payments/${payment.id}`)
      return payment
    },
  )
}

/** Money that investors pay. */
export function registerPaymentRoutes(app: TypedApp): void {
  registerReads(app)
  registerReceiving(app)
  registerTakingBack(app)
}

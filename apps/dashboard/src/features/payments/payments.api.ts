// What the payments of a fund ask the API.
import {
  type AssignReceipt,
  type BounceReceiptBody,
  type IgnoreReceipt,
  type MatchReceiptBody,
  type PaymentKind,
  payerPage,
  paymentDetail,
  paymentPage,
  paymentView,
  type ReceiptState,
  type RecordPayment,
  type RefundPrepaidBody,
  receiptChanged,
  receiptPage,
  receivablePage,
  type UnmatchReceipt,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const ofFund = (fundId: string) => `/tenant/v1/funds/${fundId}`
const ofReceipt = (receiptId: string) => `/tenant/v1/bank-receipts/${receiptId}`

export const readPayments = (
  fundId: string,
  query: { kind: PaymentKind | null; cursor: string | null },
  signal: AbortSignal,
) => apiFetch(`${ofFund(fundId)}/payments${queryString(query)}`, { schema: paymentPage, signal })

export const readPayment = (paymentId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/payments/${paymentId}`, { schema: paymentDetail, signal })

export const readReceipt = (receiptId: string, signal: AbortSignal) =>
  apiFetch(ofReceipt(receiptId), { schema: receiptChanged, signal })

export const readReceipts = (
  fundId: string,
  query: { state: 'open' | ReceiptState; cursor: string | null },
  signal: AbortSignal,
) => apiFetch(`${ofFund(fundId)}/bank-receipts${queryString(query)}`, { schema: receiptPage, signal })

export const readReceivables = (fundId: string, search: string, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/receivables${queryString({ search, limit: 20 })}`, { schema: receivablePage, signal })

export const readPayers = (
  fundId: string,
  { search, having }: { search: string; having?: 'prepaid' | 'owed' },
  signal: AbortSignal,
) => apiFetch(`${ofFund(fundId)}/payers${queryString({ search, having, limit: 20 })}`, { schema: payerPage, signal })

/** Every change of money has a key that was made before it was sent, and that all tries have. */
export interface Keyed<Body> {
  body: Body
  idempotencyKey: string
}

export const postPayment = (fundId: string, keyed: Keyed<RecordPayment>) =>
  apiFetch(`${ofFund(fundId)}/payments`, { method: 'POST', schema: paymentView, ...keyed })
export const postRefund = (fundId: string, keyed: Keyed<RefundPrepaidBody>) =>
  apiFetch(`${ofFund(fundId)}/prepaid-refunds`, { method: 'POST', schema: paymentView, ...keyed })

const change = (receiptId: string, what: string, keyed: Keyed<object>) =>
  apiFetch(`${ofReceipt(receiptId)}/${what}`, { method: 'POST', schema: receiptChanged, ...keyed })

export const postMatch = (receiptId: string, keyed: Keyed<MatchReceiptBody>) => change(receiptId, 'match', keyed)
export const postIgnore = (receiptId: string, keyed: Keyed<IgnoreReceipt>) => change(receiptId, 'ignore', keyed)
export const postAssign = (receiptId: string, keyed: Keyed<AssignReceipt>) => change(receiptId, 'assign', keyed)
export const postBounce = (receiptId: string, keyed: Keyed<BounceReceiptBody>) => change(receiptId, 'bounce', keyed)
export const postUnmatch = (receiptId: string, keyed: Keyed<UnmatchReceipt>) => change(receiptId, 'unmatch', keyed)

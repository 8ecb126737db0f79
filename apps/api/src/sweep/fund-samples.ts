// Samples of the fund desk.
import { callSamples } from './call-samples.ts'
import { capitalSamples } from './capital-samples.ts'
import { closeSamples } from './close-samples.ts'
import type { Sample } from './sample.ts'

const aFund = { name: 'A fund', legalName: 'A fund SCSp', currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2026 }
const aBankAccount = { holder: 'A fund SCSp', bank: 'A bank', account: 'DE89370400440532013000' }

export const fundSamples: Record<string, Sample> = {
  'GET /tenant/v1/funds': {},
  'GET /tenant/v1/funds/{fundId}': {},
  'GET /tenant/v1/funds/{fundId}/recent': {},
  'POST /tenant/v1/funds': { body: aFund, taken: { name: (other) => other.marker } },
  'PATCH /tenant/v1/funds/{fundId}': { body: { vintage: 2024 }, taken: { name: (other) => other.marker } },
  'POST /tenant/v1/funds/{fundId}/close': { path: { fundId: 'spareFund' }, body: { reason: 'Over.' } },
  'POST /tenant/v1/funds/{fundId}/reopen': { path: { fundId: 'spareFund' }, body: { reason: 'Not yet.' } },
  'PUT /tenant/v1/funds/{fundId}/wire': { body: { account: aBankAccount } },
  'GET /tenant/v1/funds/{fundId}/wire': {},
  'GET /tenant/v1/investors': {},
  'POST /tenant/v1/investors': { body: { name: 'An investor', kind: 'PERSON' } },
  'GET /tenant/v1/investors/{investorId}': {},
  'PATCH /tenant/v1/investors/{investorId}': { body: { name: 'Another name' } },
  'PUT /tenant/v1/investors/{investorId}/bank': { body: { account: aBankAccount } },
  'GET /tenant/v1/investors/{investorId}/bank': {},
  'GET /tenant/v1/funds/{fundId}/investors': {},
  'GET /tenant/v1/funds/{fundId}/investors/{investorId}': {},
  'GET /tenant/v1/funds/{fundId}/investors/{investorId}/events': {},
  'POST /tenant/v1/funds/{fundId}/commitments': {
    body: ({ rows }) => ({
      ...{ investorId: rows.spareInvestor, closeName: 'Second close', closeDate: '2026-01-01', amount: '1000.00' },
    }),
  },
  'POST /tenant/v1/commitments/{commitmentId}/change': {
    body: { change: 'increase', amount: '100.00', date: '2026-01-02', reason: 'More.' },
  },
  'POST /tenant/v1/commitments/{commitmentId}/transfer': {
    body: ({ rows }) => ({ toInvestorId: rows.spareInvestor, amount: '1.00', date: '2026-01-03', reason: 'Sold.' }),
  },

  ...callSamples,

  'GET /tenant/v1/funds/{fundId}/payments': {
    path: { fundId: 'payingFund' },
    query: (own) => ({ investorId: own.rows.payingInvestor }),
  },
  'GET /tenant/v1/payments/{paymentId}': {},
  'GET /tenant/v1/funds/{fundId}/bank-receipts': { path: { fundId: 'payingFund' } },
  'GET /tenant/v1/bank-receipts/{receiptId}': {},
  'GET /tenant/v1/funds/{fundId}/receivables': { path: { fundId: 'payingFund' } },
  'GET /tenant/v1/funds/{fundId}/payers': { path: { fundId: 'payingFund' } },
  'POST /tenant/v1/funds/{fundId}/payments': {
    path: { fundId: 'payingFund' },
    body: (own) => ({
      ...{ bankReference: 'B-1', account: 'DE02', valueDate: '2026-03-10', amount: '1.00', currency: 'EUR' },
      to: { lineId: own.rows.payableLine },
    }),
  },
  'POST /tenant/v1/bank-receipts/{receiptId}/match': {
    body: (own) => ({ version: 2, parts: [{ lineId: own.rows.payableLine, amount: '100.00' }] }),
  },
  'POST /tenant/v1/bank-receipts/{receiptId}/ignore': {
    path: { receiptId: 'ignorableReceipt' },
    body: { version: 2, note: 'A tax refund' },
  },
  'POST /tenant/v1/bank-receipts/{receiptId}/assign': {
    path: { receiptId: 'assignableReceipt' },
    body: (own) => ({ version: 2, ownerId: own.tenant.members.member.id }),
  },
  'POST /tenant/v1/bank-receipts/{receiptId}/bounce': {
    path: { receiptId: 'bouncingReceipt' },
    body: { version: 2, reason: 'No funds', on: '2026-03-12' },
  },
  'POST /tenant/v1/bank-receipts/{receiptId}/unmatch': {
    path: { receiptId: 'matchedReceipt' },
    body: { version: 2, reason: 'Wrong investor' },
  },
  'POST /tenant/v1/funds/{fundId}/prepaid-refunds': {
    path: { fundId: 'payingFund' },
    body: (own) => ({ investorId: own.rows.payingInvestor, amount: '1.00', on: '2026-03-12', reason: 'Asked for it' }),
  },

  ...capitalSamples,
  ...closeSamples,
}

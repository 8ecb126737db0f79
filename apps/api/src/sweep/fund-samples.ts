// Samples of the fund desk.
import { closeSamples } from './close-samples.ts'
import type { Sample } from './sample.ts'
import type { Firm } from './victims.ts'

const aFund = { name: 'A fund', legalName: 'A fund SCSp', currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2026 }
const aBankAccount = { holder: 'A fund SCSp', bank: 'A bank', account: 'DE89370400440532013000' }
const callDates = { noticeDate: '2026-04-01', dueDate: '2026-04-30' }
const callBody = (own: Firm) => ({
  title: 'A call',
  ...callDates,
  components: [
    {
      kind: 'INVESTMENT',
      label: 'A part',
      amount: '1.00',
      dealId: own.rows.wonDeal,
      excused: [{ investorId: own.rows.callInvestor, reason: 'A reason' }],
    },
  ],
})
const paidFund: Sample = { path: { fundId: 'paidFund' } }
const paidInvestor: Sample = { path: { fundId: 'paidFund', investorId: 'paidInvestor' } }
const aDistribution = { title: 'A distribution', distributedOn: '2026-03-31', returnOfCapital: '1.00' }

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

  'GET /tenant/v1/funds/{fundId}/allocations': { path: { fundId: 'callFund' } },
  'POST /tenant/v1/funds/{fundId}/allocations': {
    path: { fundId: 'callFund' },
    body: (own) => ({ dealId: own.rows.wonDeal, amount: '1.00' }),
  },
  'POST /tenant/v1/funds/{fundId}/allocations/with-call': {
    path: { fundId: 'callFund' },
    body: (own) => ({
      allocation: { dealId: own.rows.wonDeal, tranche: 2, amount: '1.00' },
      call: { title: 'A call', ...callDates },
    }),
  },
  'POST /tenant/v1/allocations/{allocationId}/cancel': { body: { reason: 'A reason' } },
  'GET /tenant/v1/deals/{dealId}/allocations': { path: { dealId: 'wonDeal' } },
  'GET /tenant/v1/funds/{fundId}/capital-calls': { path: { fundId: 'callFund' } },
  'POST /tenant/v1/funds/{fundId}/capital-calls/preview': { path: { fundId: 'callFund' }, body: callBody },
  'POST /tenant/v1/funds/{fundId}/capital-calls': { path: { fundId: 'callFund' }, body: callBody },
  'GET /tenant/v1/capital-calls/{callId}': {},
  'GET /tenant/v1/capital-calls/{callId}/lines': {},
  'GET /tenant/v1/capital-calls/{callId}/matrix': { path: { callId: 'draftCall' } },
  'PUT /tenant/v1/capital-calls/{callId}': { path: { callId: 'draftCall' }, body: callBody },
  'POST /tenant/v1/capital-calls/{callId}/submit': { path: { callId: 'draftCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/approve': { path: { callId: 'draftCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/return': { path: { callId: 'draftCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/issue': { path: { callId: 'approvedCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/cancel': {
    path: { callId: 'draftCall' },
    body: { reason: 'A reason' },
  },
  'POST /tenant/v1/capital-calls/{callId}/close': { path: { callId: 'fundedCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/reopen': { path: { callId: 'fundedCall' }, body: {} },
  'POST /tenant/v1/capital-calls/{callId}/lines/{lineId}/late-interest': {
    body: { through: '2026-06-30' },
  },
  'POST /tenant/v1/capital-calls/{callId}/lines/{lineId}/write-off': {
    path: { lineId: 'spareCallLine' },
    body: { what: 'rest', reason: 'A reason' },
  },
  'POST /tenant/v1/capital-calls/{callId}/lines/{lineId}/default': {
    body: { action: 'send_notice' },
  },
  'POST /tenant/v1/capital-calls/{callId}/overcall': {
    body: (own) => ({ componentId: own.rows.callComponent, ...callDates }),
  },

  'GET /tenant/v1/funds/{fundId}/payments': { query: (own) => ({ investorId: own.rows.payingInvestor }) },
  'GET /tenant/v1/payments/{paymentId}': {},
  'GET /tenant/v1/funds/{fundId}/bank-receipts': {},
  'GET /tenant/v1/bank-receipts/{receiptId}': {},
  'GET /tenant/v1/funds/{fundId}/receivables': {},
  'GET /tenant/v1/funds/{fundId}/payers': {},
  'POST /tenant/v1/funds/{fundId}/payments': {
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
    body: (own) => ({ investorId: own.rows.payingInvestor, amount: '1.00', on: '2026-03-12', reason: 'Asked for it' }),
  },

  'GET /tenant/v1/funds/{fundId}/distributions': paidFund,
  'POST /tenant/v1/funds/{fundId}/distributions': { ...paidFund, body: aDistribution },
  'GET /tenant/v1/distributions/{distributionId}': {},
  'GET /tenant/v1/distributions/{distributionId}/lines': {},
  'PUT /tenant/v1/distributions/{distributionId}': { body: aDistribution },
  'POST /tenant/v1/distributions/{distributionId}/submit': {},
  'POST /tenant/v1/distributions/{distributionId}/approve': {
    path: { distributionId: 'submittedDistribution' },
    body: ({ distributionSha256 }) => ({ matrixSha256: distributionSha256 }),
  },
  'POST /tenant/v1/distributions/{distributionId}/declare': {
    path: { distributionId: 'approvedDistribution' },
    body: { amount: '10.00' },
  },
  'POST /tenant/v1/distributions/{distributionId}/pay': {
    path: { distributionId: 'declaredDistribution' },
    body: ({ rows }) => ({ amount: '5.00', paidOn: '2026-04-01', investorIds: [rows.paidInvestor] }),
  },
  'POST /tenant/v1/distributions/{distributionId}/cancel': {
    path: { distributionId: 'spareDistribution' },
    body: { reason: 'A reason' },
  },
  'GET /tenant/v1/funds/{fundId}/holdings': paidFund,
  'POST /tenant/v1/funds/{fundId}/bookings': {
    ...paidFund,
    body: ({ rows }) => ({ kind: 'income', dealId: rows.deal, on: '2026-01-02', amount: '1.00' }),
  },
  'GET /tenant/v1/funds/{fundId}/marks': paidFund,
  'POST /tenant/v1/funds/{fundId}/marks': {
    ...paidFund,
    body: ({ rows }) => ({ dealId: rows.deal, on: '2026-01-03', value: '1300.00', reason: 'A round' }),
  },
  'GET /tenant/v1/funds/{fundId}/nav': paidFund,
  'POST /tenant/v1/funds/{fundId}/nav': { ...paidFund, body: { on: '2026-01-04' } },
  'GET /tenant/v1/nav/{periodId}/shares': {},
  'GET /tenant/v1/funds/{fundId}/fees': paidFund,
  'POST /tenant/v1/funds/{fundId}/fees': { ...paidFund, body: { through: '2025-12-31' } },
  'GET /tenant/v1/funds/{fundId}/figures': paidFund,
  'GET /tenant/v1/funds/{fundId}/figures/{figure}/entries': { ...paidFund, words: { figure: 'nav' } },
  'GET /tenant/v1/funds/{fundId}/j-curve': paidFund,
  'GET /tenant/v1/funds/{fundId}/waterfall': paidFund,
  'GET /tenant/v1/funds/{fundId}/investors/{investorId}/figures': paidInvestor,
  'GET /tenant/v1/portfolio/figures': {},
  'GET /tenant/v1/funds/{fundId}/trial-balance': paidFund,
  'GET /tenant/v1/funds/{fundId}/entries': paidFund,
  'GET /tenant/v1/funds/{fundId}/entries/{ledgerEntryId}': paidFund,
  'POST /tenant/v1/funds/{fundId}/entries/{ledgerEntryId}/reverse': {
    ...paidFund,
    body: { reason: 'A reason', effectiveOn: '2025-10-01' },
  },
  'PUT /tenant/v1/funds/{fundId}/period-lock': {
    ...paidFund,
    body: { lockedThrough: '2024-12-31', reason: 'A reason' },
  },
  ...closeSamples,
}

// Samples of allocations and capital calls.
import type { Sample } from './sample.ts'
import type { Firm } from './victims.ts'

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

export const callSamples: Record<string, Sample> = {
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
  'GET /tenant/v1/deals/{dealId}/thread': { path: { dealId: 'wonDeal' } },
  'GET /tenant/v1/deals/{dealId}/thread/entries': {
    query: (own) => ({ fundId: own.rows.paidFund, figure: 'value' }),
  },
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
}

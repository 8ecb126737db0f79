// Samples of what a fund holds, is worth and sends back, and of its books.
import type { Sample } from './sample.ts'

const paidFund: Sample = { path: { fundId: 'paidFund' } }
const paidInvestor: Sample = { path: { fundId: 'paidFund', investorId: 'paidInvestor' } }
const aDistribution = { title: 'A distribution', distributedOn: '2026-03-31', returnOfCapital: '1.00' }

export const capitalSamples: Record<string, Sample> = {
  'GET /tenant/v1/funds/{fundId}/distributions': paidFund,
  'POST /tenant/v1/funds/{fundId}/distributions': { ...paidFund, body: aDistribution },
  'POST /tenant/v1/funds/{fundId}/distributions/preview': { ...paidFund, body: aDistribution },
  'GET /tenant/v1/distributions/{distributionId}': {},
  'GET /tenant/v1/distributions/{distributionId}/waterfall': { path: { distributionId: 'waterfallDistribution' } },
  'GET /tenant/v1/distributions/{distributionId}/waterfall.csv': { path: { distributionId: 'waterfallDistribution' } },
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
  'GET /tenant/v1/funds/{fundId}/waterfall.csv': paidFund,
  'GET /tenant/v1/funds/{fundId}/investors/{investorId}/figures': paidInvestor,
  'GET /tenant/v1/funds/{fundId}/investors/{investorId}/nav-shares': paidInvestor,
  'GET /tenant/v1/investors/{investorId}/figures': { path: { investorId: 'paidInvestor' } },
  'GET /tenant/v1/portfolio/figures': {},
  'GET /tenant/v1/portfolio/funds': { query: { currency: 'EUR' } },
  'GET /tenant/v1/portfolio/holdings': {},
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
}

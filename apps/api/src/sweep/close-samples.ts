// Samples of what closes a fund's day: reconciliation, and files of it.
import type { Sample } from './sample.ts'

export const closeSamples: Record<string, Sample> = {
  'GET /tenant/v1/funds/{fundId}/reconciliations': {},
  'POST /tenant/v1/funds/{fundId}/reconciliations': { body: {} },
  'GET /tenant/v1/reconciliations/{reconciliationId}': {},
  'GET /tenant/v1/funds/{fundId}/reconciliation-breaks': {},
  'PATCH /tenant/v1/reconciliation-breaks/{breakId}': { body: (own) => ({ ownerId: own.rows.member }) },
  'POST /tenant/v1/reconciliation-breaks/{breakId}/repair': {
    path: { breakId: 'repairableBreak' },
    body: (own) => ({ confirmation: own.marker, reason: 'Seen' }),
  },
  'POST /tenant/v1/funds/{fundId}/imports': {
    query: { kind: 'COMMITMENTS' },
    file: { name: 'commitments.csv', content: 'Investor,Close,Close date,Amount\nLP-1,First,2026-01-01,5\n' },
  },
  'GET /tenant/v1/funds/{fundId}/imports': {},
  'GET /tenant/v1/fund-imports/{fundImportId}': {},
  'POST /tenant/v1/fund-imports/{fundImportId}/inspect': { body: {} },
  'POST /tenant/v1/fund-imports/{fundImportId}/commit': {
    path: { fundImportId: 'readyFundImport' },
    body: (own) => ({ confirmation: own.marker }),
  },
}

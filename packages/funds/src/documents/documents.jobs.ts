import { id, statementPeriod } from '@throughline/contracts'
import { defineJob } from '@throughline/jobs'
import * as z from 'zod'

// Rendering is work for one core: a second one in the same process would only wait for it.
const ofWork = { queue: 'documents__fund-papers', profile: 'documents', concurrency: 1 } as const

/** What notices are about. */
export const noticeSubject = z.enum(['capital_call', 'distribution'])
export type NoticeSubject = z.infer<typeof noticeSubject>

/** Enqueued by the transaction that issues a call or declares a distribution: makes a row per investor, and the batches. */
export const renderNoticesJob = defineJob({
  ...ofWork,
  name: 'documents__fund-notices',
  payload: z.object({ subject: noticeSubject.default('capital_call'), subjectId: id }),
})

const batch = z.array(id).min(1).max(500)

export const renderNoticeBatchJob = defineJob({
  ...ofWork,
  name: 'documents__fund-notice-batch',
  payload: z.object({ subject: noticeSubject, subjectId: id, documentIds: batch }),
})

/** Capital account statements of all investors of a fund. */
export const renderStatementsJob = defineJob({
  ...ofWork,
  name: 'documents__fund-statements',
  payload: z.object({ fundId: id, period: statementPeriod, notify: z.boolean().default(false) }),
})

export const renderStatementBatchJob = defineJob({
  ...ofWork,
  name: 'documents__fund-statement-batch',
  payload: z.object({ fundId: id, period: statementPeriod, notify: z.boolean(), investorIds: batch }),
})

// The API opens the queues of this list and workers run what is in it; both see the same.
import { accountMailJob, exportAuditJob } from '@throughline/accounts'
import { blogWriterJob } from '@throughline/content'
import { exportRecordsJob, inspectDealImportJob, revertDealImportJob, runDealImportJob } from '@throughline/crm'
import {
  applyPaymentEventJob,
  callReminderJob,
  commitFundImportJob,
  dealSummaryJob,
  documentMailJob,
  inspectFundImportJob,
  reconcileFundJob,
  renderNoticeBatchJob,
  renderNoticesJob,
  renderStatementBatchJob,
  renderStatementsJob,
  rollNavJob,
} from '@throughline/funds'
import type { JobCatalog } from '@throughline/jobs'

export const jobCatalog = {
  accountMail: accountMailJob,
  exportAudit: exportAuditJob,
  applyPaymentEvent: applyPaymentEventJob,
  renderNotices: renderNoticesJob,
  renderNoticeBatch: renderNoticeBatchJob,
  renderStatements: renderStatementsJob,
  renderStatementBatch: renderStatementBatchJob,
  documentMail: documentMailJob,
  inspectFundImport: inspectFundImportJob,
  commitFundImport: commitFundImportJob,
  reconcileFund: reconcileFundJob,
  rollNav: rollNavJob,
  callReminder: callReminderJob,
  blogWriter: blogWriterJob,
  dealSummary: dealSummaryJob,
  exportRecords: exportRecordsJob,
  inspectDealImport: inspectDealImportJob,
  runDealImport: runDealImportJob,
  revertDealImport: revertDealImportJob,
} satisfies JobCatalog

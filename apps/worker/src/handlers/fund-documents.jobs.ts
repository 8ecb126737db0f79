import {
  type DocumentMailTools,
  type documentMailJob,
  failDocuments,
  type PaperTools,
  renderNoticeBatch,
  type renderNoticeBatchJob,
  renderNotices,
  type renderNoticesJob,
  renderStatementBatch,
  type renderStatementBatchJob,
  renderStatements,
  type renderStatementsJob,
  sendDocumentMail,
} from '@throughline/funds'
import type { Handlers } from '@throughline/jobs'

type FundDocumentJobs = {
  renderNotices: typeof renderNoticesJob
  renderNoticeBatch: typeof renderNoticeBatchJob
  renderStatements: typeof renderStatementsJob
  renderStatementBatch: typeof renderStatementBatchJob
  documentMail: typeof documentMailJob
}

/** What the `documents` profile renders for the fund desk, and the mails about it (`util`). */
export const fundDocumentHandlers = (tools: PaperTools & DocumentMailTools): Handlers<FundDocumentJobs> => ({
  renderNotices: { run: renderNotices },
  renderNoticeBatch: {
    run: (job) => renderNoticeBatch(job, tools),
    onDead: (ctx, { documentIds }) =>
      failDocuments(ctx, documentIds, 'The notice could not be made. Ask for it again.'),
  },
  renderStatements: { run: renderStatements },
  renderStatementBatch: { run: (job) => renderStatementBatch(job, tools) },
  documentMail: { run: (job) => sendDocumentMail(job, tools) },
})

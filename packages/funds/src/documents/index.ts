export {
  renderNoticeBatchJob,
  renderNoticesJob,
  renderStatementBatchJob,
  renderStatementsJob,
} from './documents.jobs.ts'
export {
  addFundDocument,
  documentsOfDeal,
  fundUploadsOf,
  getFundDocument,
  listFundDocuments,
  noticeProgressOf,
  removedDocuments,
  removeFundDocument,
  requestNotices,
  requestStatements,
  type UploadedFile,
} from './documents.service.ts'
export { failDocuments, type PaperTools, renderNoticeBatch, renderNotices } from './render-notices.ts'
export { renderStatementBatch, renderStatements } from './render-statements.ts'
export { aboutFundWire, type WireField, wireOf } from './wire.ts'

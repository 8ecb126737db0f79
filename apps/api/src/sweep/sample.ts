// What makes a valid request of an operation, and whose rows stand in its path.
import type { Firm, RowKind } from './victims.ts'

/** From what the caller's own firm has. */
type FromFirm<T> = T | ((own: Firm) => T)

export interface Sample {
  /** The own rows that stand in the path, where `rowOfParam` is not what the operation needs. */
  path?: Record<string, RowKind>
  /** What stands in the path and is no id. */
  words?: Record<string, string>
  query?: FromFirm<Record<string, string>>
  body?: FromFirm<object>
  /** A file, for an operation that takes one as multipart/form-data. */
  file?: { name: string; content: string }
  /** Texts of another firm that could be taken already: a domain, an e-mail, a code. The key is the way in the body. */
  taken?: Record<string, (other: Firm) => string>
  /** Places in the body that only narrow what is found: an id that nobody has finds nothing there, and is no error. */
  narrows?: string[]
  /** Staff serve all firms: rows of these tables are theirs to see here, and why. Everything else is not. */
  staffReach?: { tables: string[]; because: string }
}

/** The own row that a path parameter names. */
export const rowOfParam: Record<string, RowKind> = {
  activityId: 'activity',
  allocationId: 'allocation',
  apiKeyId: 'apiKey',
  batchId: 'dealBatch',
  commitmentId: 'commitment',
  callId: 'issuedCall',
  companyId: 'company',
  contactId: 'contact',
  dealId: 'deal',
  distributionId: 'draftedDistribution',
  documentId: 'fundDocument',
  exportId: 'export',
  entryId: 'timelineEntry',
  fieldId: 'customField',
  fileId: 'file',
  fundId: 'fund',
  fundImportId: 'fundImport',
  breakId: 'reconciliationBreak',
  reconciliationId: 'reconciliation',
  paymentId: 'payment',
  receiptId: 'receipt',
  importId: 'import',
  investorId: 'investor',
  invitationId: 'invitation',
  jobId: 'job',
  lineId: 'callLine',
  ledgerEntryId: 'ledgerEntry',
  linkId: 'portalLink',
  memberId: 'member',
  mergeId: 'merge',
  notificationId: 'notification',
  periodId: 'navPeriod',
  sessionId: 'session',
  sourceId: 'importSource',
  tenantId: 'tenant',
  userId: 'member',
  viewId: 'view',
  submissionId: 'submission',
  webhookId: 'webhook',
  messageId: 'webhookMessage',
}

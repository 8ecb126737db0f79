export { documentMailJob } from './portal.jobs.ts'
export {
  openPortal,
  openPortalFile,
  resendDocument,
  revokePortalLink,
  showWire,
  type Visit,
} from './portal.service.ts'
export { type DocumentMailTools, sendDocumentMail } from './send-document-mail.ts'

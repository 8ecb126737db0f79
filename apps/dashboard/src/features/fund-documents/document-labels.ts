import type { FundDocumentKind, FundDocumentState, FundDocumentView } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const kindLabels: Record<FundDocumentKind, string> = {
  CALL_NOTICE: 'Call notice',
  DISTRIBUTION_NOTICE: 'Distribution notice',
  STATEMENT: 'Statement',
  REPORT: 'Report',
  UPLOAD: 'Upload',
}
export const stateLabels: Record<FundDocumentState, string> = {
  PENDING: 'Being made',
  READY: 'Ready',
  FAILED: 'Failed',
}
export const stateTones: Record<FundDocumentState, Tone> = { PENDING: 'info', READY: 'good', FAILED: 'bad' }

/** What it is about, where a person can read it: periods, not ids. */
export const aboutOf = ({ kind, subject, name }: FundDocumentView): string => (kind === 'STATEMENT' ? subject : name)

/** The last of what happened to its links. */
export function receiptOf({ links, kind }: FundDocumentView): string {
  const [latest] = links
  if (!latest) return kind === 'UPLOAD' ? '–' : 'Not sent'
  if (latest.revokedAt) return 'Link ended'
  return latest.openedAt ? 'Opened' : 'Sent'
}

import type { ExportState, RecordKind } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const exportStateLabels: Record<ExportState, string> = {
  QUEUED: 'Waiting',
  RUNNING: 'Being written',
  SUCCEEDED: 'Ready',
  FAILED: 'Failed',
  EXPIRED: 'Expired',
}
export const exportStateTones: Record<ExportState, Tone> = {
  QUEUED: 'info',
  RUNNING: 'info',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  EXPIRED: 'neutral',
}
export const kindNames: Record<RecordKind, string> = { DEAL: 'Deals', COMPANY: 'Companies', CONTACT: 'Contacts' }

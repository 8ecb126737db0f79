import type { ImportField, ImportState } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const stateLabels: Record<ImportState, string> = {
  INSPECTING: 'Reading',
  MAPPING: 'Waiting for you',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  SUCCEEDED: 'Finished',
  FAILED: 'Refused',
  CANCELLED: 'Cancelled',
  REVERTED: 'Reverted',
}
export const stateTones: Record<ImportState, Tone> = {
  INSPECTING: 'info',
  MAPPING: 'warn',
  QUEUED: 'info',
  RUNNING: 'info',
  SUCCEEDED: 'good',
  FAILED: 'bad',
  CANCELLED: 'neutral',
  REVERTED: 'neutral',
}
export const fieldLabels: Record<ImportField, string> = {
  externalId: 'Id in the other system',
  title: 'Deal title',
  value: 'Value',
  currency: 'Currency',
  stage: 'Stage',
  priority: 'Priority',
  leadSource: 'Lead source',
  ownerEmail: 'Owner’s e-mail',
  companyName: 'Company',
  companyDomain: 'Company’s website',
  contactName: 'Contact',
  contactEmail: 'Contact’s e-mail',
  expectedCloseDate: 'Close date',
  notes: 'Notes',
}

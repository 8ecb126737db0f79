import {
  type ImportField,
  type ImportPreview,
  type ImportState,
  importFieldsOf,
  type KeptReason,
  type RecordKind,
  type StandardField,
  type UpdateKey,
} from '@throughline/contracts'
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
export const kindLabels: Record<RecordKind, string> = { DEAL: 'Deals', COMPANY: 'Companies', CONTACT: 'Contacts' }
/** What the columns that name a record hold, for whoever has mapped none. */
export const namingWords: Record<RecordKind, string> = {
  DEAL: 'the deal’s title',
  COMPANY: 'the company’s name or website',
  CONTACT: 'the contact’s name or e-mail',
}

const fieldLabels: Record<StandardField, string> = {
  externalId: 'Id in the other system',
  title: 'Deal title',
  value: 'Value',
  currency: 'Currency',
  stage: 'Stage',
  priority: 'Priority',
  probability: 'Probability',
  leadSource: 'Lead source',
  ownerEmail: 'Owner’s e-mail',
  companyName: 'Company',
  companyDomain: 'Company’s website',
  contactName: 'Contact',
  contactEmail: 'Contact’s e-mail',
  people: 'Other people',
  expectedCloseDate: 'Close date',
  lostReason: 'Reason of the loss',
  notes: 'Notes',
  tags: 'Tags',
  name: 'Name',
  domain: 'Website',
  industry: 'Industry',
  size: 'Number of people',
  country: 'Country',
  email: 'E-mail',
  otherEmails: 'Other e-mails',
  phones: 'Phones',
  jobTitle: 'Job title',
  source: 'Source',
  consent: 'Consent',
}

/** What a column can be, with its words: the fields of the kind, and the firm’s own. */
export const fieldChoices = (kind: RecordKind, { customFields }: ImportPreview): [ImportField, string][] => [
  ...importFieldsOf[kind].map((field): [ImportField, string] => [field, fieldLabels[field]]),
  ...customFields.map(({ key, label }): [ImportField, string] => [`custom.${key}`, label]),
]

export const keyLabels: Record<UpdateKey, string> = {
  externalId: 'its id in the other system',
  domain: 'its website',
  email: 'its e-mail',
  name: 'its name',
  titleCompanyContact: 'its title, company and contact',
}
export const keptLabels: Record<KeptReason, string> = {
  changed_since: 'changed since the import',
  has_holds: 'another desk has built on it',
  has_timeline: 'it has notes or activities',
  used_by_deals: 'a deal that stays belongs to it',
  used_by_contacts: 'a contact that stays belongs to it',
  name_taken: 'its e-mail, website or id belongs to another record by now',
  reference_gone: 'what it belonged to is gone',
}

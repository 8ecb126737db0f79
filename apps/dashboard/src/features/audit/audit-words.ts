// Entries as sentences: "Olivia Hart moved a deal".
import type { AuditEntryView } from '@throughline/contracts'

/** What was done, as it goes on after a name. An action that is not here yet is shown by its own name. */
export const actionPhrases: Record<string, string> = {
  'deal.created': 'created a deal',
  'deal.updated': 'changed a deal',
  'deal.moved': 'moved a deal',
  'deal_import.created': 'uploaded a file of deals',
  'deal_import.started': 'started an import',
  'deal_import.cancelled': 'cancelled an import',
  'deal_import.failed': 'could not finish an import',
  'deal_import.succeeded': 'finished an import',
  'company.created': 'added a company',
  'company.updated': 'changed a company',
  'company.deleted': 'put a company into the trash',
  'company.restored': 'took a company out of the trash',
  'company.purged': 'removed a company for good',
  'company.merged': 'merged two companies',
  'company.merge_undone': 'undid a merge of companies',
  'contact.created': 'added a contact',
  'pipeline.updated': 'changed the stages of the pipeline',
  'custom_field.created': 'added a field',
  'custom_field.updated': 'changed a field',
  'custom_field.archived': 'archived a field',
  'custom_field.restored': 'brought a field back',
  'custom_field.ordered': 'put the fields in order',
  'view.created': 'saved a view',
  'view.updated': 'changed a view',
  'view.deleted': 'deleted a view',
  'timeline.added': 'wrote on a timeline',
  'timeline.updated': 'changed an entry of a timeline',
  'timeline.removed': 'removed an entry of a timeline',
  'timeline.restored': 'brought an entry of a timeline back',
  'contact.updated': 'changed a contact',
  'contact.deleted': 'put a contact into the trash',
  'contact.restored': 'took a contact out of the trash',
  'contact.purged': 'removed a contact for good',
  'contact.merged': 'merged two contacts',
  'contact.merge_undone': 'undid a merge of contacts',
  'deal.purged': 'removed a deal for good',
  'deal.merged': 'merged two deals',
  'deal.merge_undone': 'undid a merge of deals',
  'trash.purged': 'emptied what was old in the trash',
  'activity.requested': 'asked for content',
  'activity.retried': 'asked for content again',
  'activity.cancelled': 'called content off',
  'review.claimed': 'took a draft for review',
  'review.released': 'gave a draft back',
  'review.approved': 'approved a draft',
  'review.rejected': 'rejected a draft',
  'review.revision_requested': 'sent a draft back',
  'knowledge.added': 'added a document',
  'settings.updated': 'changed the settings of the firm',
  'security_policy.updated': 'changed what the firm asks of its members',
  'member.updated': 'changed a member',
  'invitation.sent': 'invited somebody',
  'invitation.resent': 'sent another link to somebody invited',
  'invitation.revoked': 'revoked an invitation',
  'invitation.accepted': 'accepted an invitation',
  'api_key.created': 'made an API key',
  'api_key.rotated': 'rotated an API key',
  'api_key.revoked': 'revoked an API key',
  'webhook.created': 'made a webhook',
  'webhook.updated': 'changed a webhook',
  'webhook.paused': 'paused a webhook',
  'webhook.resumed': 'switched a webhook on again',
  'webhook.secret_rotated': 'rotated the secret of a webhook',
  'webhook.tested': 'sent a test to a webhook',
  'webhook.replayed': 'sent messages of a webhook again',
  'webhook.disabled': 'switched a webhook off',
  'webhook.deleted': 'removed a webhook',
  'lead.accepted': 'accepted a lead that was held back',
  'lead.discarded': 'discarded a lead that was held back',
  'contact.consent_given': 'noted the consent of a contact',
  'audit.exported': 'exported the audit log',
  'audit.viewed': 'looked at the audit log',
  'job.replayed': 'started a job again',
  'session.started': 'signed in',
  'session.ended': 'signed out',
  'impersonation.started': 'began to act as a member',
  'tenant.registered': 'registered the firm',
  'tenant.viewed': 'looked at the firm',
  'tenant.suspended': 'suspended the firm',
  'tenant.resumed': 'let the firm go on',
}

/** Kinds of things that something is done to. */
export const subjectLabels: Record<string, string> = {
  deal: 'Deals',
  deal_import: 'Imports',
  company: 'Companies',
  contact: 'Contacts',
  pipeline: 'The pipeline',
  custom_field: 'Fields',
  view: 'Views',
  timeline_entry: 'Timelines',
  activity: 'Content',
  knowledge_document: 'Knowledge',
  tenant: 'The firm',
  member: 'Members',
  invitation: 'Invitations',
  api_key: 'API keys',
  webhook: 'Webhooks',
  lead: 'Leads',
  session: 'Sessions',
  user: 'Accounts',
  job: 'Jobs',
}

const words = (name: string): string => name.replace(/[._:-]+/g, ' ')

export const phraseOf = (action: string): string => actionPhrases[action] ?? words(action)

const kinds: Record<string, string> = { system: 'Throughline', platform: 'Throughline support', api_key: 'A key' }

/** Who did it; whoever acted as them is said beside it. */
export function actorOf({ actorName, actorKind }: Pick<AuditEntryView, 'actorName' | 'actorKind'>): string {
  if (!actorName) return kinds[actorKind] ?? 'Somebody who is not a member'
  return actorKind === 'api_key' ? `Key “${actorName}”` : actorName
}

const naming = ['title', 'name', 'label', 'email', 'fileName']

type Thing = Pick<AuditEntryView, 'before' | 'after' | 'subject' | 'subjectId'>

/** What the thing is called, when the entry says so or it is one of the `members` (name by id). */
export function nameOf(
  { before, after, subject, subjectId }: Thing,
  members: ReadonlyMap<string, string>,
): string | undefined {
  const member = subject === 'member' && subjectId ? members.get(subjectId) : undefined
  if (member) return member
  for (const state of [after, before]) {
    if (typeof state !== 'object' || state === null) continue
    for (const field of naming) {
      const name: unknown = (state as Record<string, unknown>)[field]
      if (typeof name === 'string' && name !== '') return name
    }
  }
  return undefined
}

const places: Record<string, (id: string) => string> = {
  deal: (id) => `/deals?deal=${id}`,
  deal_import: (id) => `/imports/${id}`,
  activity: (id) => `/content/${id}`,
}

/** The page of the thing, where there is one. */
export const placeOf = ({ subject, subjectId }: Thing): string | undefined =>
  subjectId ? places[subject]?.(subjectId) : undefined

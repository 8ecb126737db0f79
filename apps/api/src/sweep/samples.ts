// How to make a valid request of every operation. A new route needs one line here, and the sweep tries every id of
// another firm in every place of it; the places themselves are read from the OpenAPI document.
import { fundSamples } from './fund-samples.ts'
import type { Sample } from './sample.ts'
import type { Firm, RowKind } from './victims.ts'

const console = (...tables: string[]): Sample => ({
  staffReach: { tables, because: 'the console shows superadmins every firm' },
})
const queue: Sample = { staffReach: { tables: ['activities'], because: 'reviewers share one queue of all firms' } }
const review = (draft: RowKind, body?: object): Sample => ({
  ...queue,
  path: { activityId: draft },
  ...(body ? { body: (own: Firm) => ({ ...body, claimToken: own.claimToken }) } : {}),
})

const twins = ({ rows }: Firm) => ({ kind: 'company', keepId: rows.company, mergeId: rows.twinCompany })

/** What an entry of the audit log may be about. */
const audited = [
  'activities',
  'api_keys',
  'commitments',
  'companies',
  'contacts',
  'data_exports',
  'custom_fields',
  'deal_imports',
  'deals',
  'files',
  'funds',
  'fund_documents',
  'import_sources',
  'investors',
  'invitations',
  'jobs',
  'knowledge_documents',
  'record_merges',
  'saved_views',
  'timeline_entries',
]

/** In the order in which they are tried: what ends sessions stands behind what needs them. */
export const samples: Record<string, Sample> = {
  'GET /auth/v1/me': {},
  'POST /auth/v1/logout': {},
  'GET /auth/v1/sessions': {},
  'DELETE /auth/v1/sessions/{sessionId}': {},
  'POST /auth/v1/logout-everywhere': {},
  'POST /auth/v1/switch-firm': { body: (own) => ({ tenantId: own.tenant.id }) },
  'GET /auth/v1/second-factor': {},

  'GET /tenant/v1/search': { query: { q: 'secret' } },
  'GET /tenant/v1/deals': {},
  'POST /tenant/v1/deals': { body: { title: 'A deal' } },
  'GET /tenant/v1/deals/board': {},
  'GET /tenant/v1/deals/calendar': { query: { closeFrom: '2020-01-01' } },
  'GET /tenant/v1/deals/statistics': {},
  'GET /tenant/v1/deals/{dealId}': {},
  'PATCH /tenant/v1/deals/{dealId}': { body: { title: 'Another title' } },
  'POST /tenant/v1/deals/{dealId}/move': { body: { stage: 'QUALIFIED' } },
  'POST /tenant/v1/deals/bulk': {
    body: (own) => ({ ids: [own.rows.deal], change: { action: 'prioritise', priority: 'URGENT' } }),
    narrows: ['ids.*'],
  },
  'POST /tenant/v1/deals/batches/{batchId}/undo': {},
  'DELETE /tenant/v1/deals/{dealId}': { path: { dealId: 'binnedDeal' } },
  'POST /tenant/v1/deals/{dealId}/restore': { path: { dealId: 'deletedDeal' } },
  'POST /tenant/v1/deals/bulk-delete': { body: (own) => ({ ids: [own.rows.deletedDeal] }), narrows: ['ids.*'] },

  'POST /tenant/v1/deal-imports': { file: { name: 'deals.csv', content: 'Deal name\nOne\n' } },
  'GET /tenant/v1/deal-imports': {},
  'GET /tenant/v1/deal-imports/{importId}': {},
  'POST /tenant/v1/deal-imports/{importId}/start': {
    body: { mapping: ['title'], options: { decimal: 'point', dateOrder: 'ymd' } },
  },
  'POST /tenant/v1/deal-imports/{importId}/cancel': { path: { importId: 'runningImport' } },
  'POST /tenant/v1/deal-imports/{importId}/revert': { path: { importId: 'finishedImport' } },
  'GET /tenant/v1/import-sources': {},
  'PATCH /tenant/v1/import-sources/{sourceId}': { body: { mapping: ['title'] } },
  'DELETE /tenant/v1/import-sources/{sourceId}': { path: { sourceId: 'spareSource' } },

  'POST /tenant/v1/exports': {
    body: { kind: 'CONTACT', columns: ['name'] },
    narrows: ['filter.ownerId.*', 'filter.companyId', 'filter.contactId'],
  },
  'GET /tenant/v1/exports': {},
  'GET /tenant/v1/exports/{exportId}': {},

  'GET /tenant/v1/funds/{fundId}/documents': {},
  'POST /tenant/v1/funds/{fundId}/documents': { file: { name: 'letter.txt', content: 'A letter of the fund' } },
  'POST /tenant/v1/funds/{fundId}/statements': { body: { period: '2026-Q1' } },
  'GET /tenant/v1/capital-calls/{callId}/notices': { path: { callId: 'noticedCall' } },
  'POST /tenant/v1/capital-calls/{callId}/notices': { path: { callId: 'noticedCall' } },
  'GET /tenant/v1/fund-documents/{documentId}': {},
  'POST /tenant/v1/fund-documents/{documentId}/send': {},
  'POST /tenant/v1/portal-links/{linkId}/revoke': {},

  'GET /tenant/v1/companies': {},
  'POST /tenant/v1/companies': {
    body: { name: 'A company', domain: 'a-company.test' },
    taken: { domain: (other) => other.companyDomain },
  },
  'GET /tenant/v1/companies/{companyId}': {},
  'PATCH /tenant/v1/companies/{companyId}': {
    body: { industry: 'Software' },
  },
  'DELETE /tenant/v1/companies/{companyId}': { path: { companyId: 'binnedCompany' } },
  'POST /tenant/v1/companies/{companyId}/restore': { path: { companyId: 'deletedCompany' } },
  'POST /tenant/v1/companies/{companyId}/purge': { path: { companyId: 'purgedCompany' } },
  'GET /tenant/v1/contacts': {},
  'POST /tenant/v1/contacts': {
    body: { name: 'A contact', email: 'a@contact.test' },
    taken: { email: (other) => other.contactEmail },
  },
  'GET /tenant/v1/contacts/{contactId}': {},
  'PATCH /tenant/v1/contacts/{contactId}': {
    body: { title: 'Director' },
  },
  'DELETE /tenant/v1/contacts/{contactId}': { path: { contactId: 'binnedContact' } },
  'POST /tenant/v1/contacts/{contactId}/restore': { path: { contactId: 'deletedContact' } },
  'POST /tenant/v1/contacts/{contactId}/purge': { path: { contactId: 'purgedContact' } },
  'POST /tenant/v1/deals/{dealId}/purge': { path: { dealId: 'purgedDeal' } },
  'GET /tenant/v1/duplicates': { query: { kind: 'company' } },
  'GET /tenant/v1/merges/preview': { query: twins },
  'POST /tenant/v1/merges': { body: twins },
  'POST /tenant/v1/merges/{mergeId}/undo': {},

  'GET /tenant/v1/pipeline': {},
  'PUT /tenant/v1/pipeline': {
    body: {
      open: [
        { stage: 'QUALIFIED', name: 'Talking', probability: 20 },
        { stage: 'LEAD', name: 'New', probability: 0 },
        { stage: 'NEGOTIATION', name: 'Haggling', probability: 100 },
      ],
      won: 'Ours',
      lost: 'Theirs',
    },
  },
  'GET /tenant/v1/custom-fields': {},
  'PUT /tenant/v1/custom-fields/order': { body: (own) => ({ ids: [own.rows.customField] }) },
  'POST /tenant/v1/custom-fields': { body: { label: 'Budget', type: 'NUMBER' } },
  'PATCH /tenant/v1/custom-fields/{fieldId}': { body: { label: 'Another label' } },
  'POST /tenant/v1/custom-fields/{fieldId}/archive': {},
  'POST /tenant/v1/custom-fields/{fieldId}/restore': {},
  'GET /tenant/v1/tags': {},
  'GET /tenant/v1/lead-sources': {},
  'GET /tenant/v1/views': {},
  'PUT /tenant/v1/views/order': { body: (own) => ({ ids: [own.rows.view] }) },
  'POST /tenant/v1/views': { body: { name: 'A view', definition: { filter: { stage: ['LEAD'] } } } },
  'GET /tenant/v1/views/{viewId}': {},
  'PATCH /tenant/v1/views/{viewId}': { body: { name: 'Another name' } },
  'POST /tenant/v1/views/{viewId}/duplicate': {},
  'DELETE /tenant/v1/views/{viewId}': {},
  'GET /tenant/v1/deals/{dealId}/timeline': {},
  'POST /tenant/v1/deals/{dealId}/timeline': { body: { kind: 'SIGNAL', signal: 'replied' } },
  'GET /tenant/v1/companies/{companyId}/timeline': {},
  'POST /tenant/v1/companies/{companyId}/timeline': { body: { kind: 'NOTE', body: 'A note' } },
  'GET /tenant/v1/contacts/{contactId}/timeline': {},
  'POST /tenant/v1/contacts/{contactId}/timeline': { body: { kind: 'CALL', body: 'A call' } },
  'PATCH /tenant/v1/timeline/{entryId}': { body: { body: 'Another text' } },
  'DELETE /tenant/v1/timeline/{entryId}': {},
  'POST /tenant/v1/timeline/{entryId}/restore': {},
  'POST /tenant/v1/leads': {
    body: { name: 'A lead', email: 'a@lead.test' },
    taken: { email: (other) => other.contactEmail },
  },
  'GET /tenant/v1/leads': {},
  'POST /tenant/v1/leads/{submissionId}/accept': {},
  'POST /tenant/v1/leads/{submissionId}/discard': { path: { submissionId: 'spareSubmission' } },

  ...fundSamples,

  'GET /tenant/v1/activities': {},
  'POST /tenant/v1/activities': { body: { topic: 'A topic', audience: 'somebody' } },
  'GET /tenant/v1/activities/{activityId}': {},
  'POST /tenant/v1/activities/{activityId}/retry': { path: { activityId: 'failedActivity' } },
  'POST /tenant/v1/activities/{activityId}/cancel': {},
  'GET /tenant/v1/knowledge': {},
  'POST /tenant/v1/knowledge': { body: { title: 'A document', body: 'What we know.' } },

  'GET /tenant/v1/jobs': {},
  'GET /tenant/v1/jobs/{jobId}': {},
  'GET /tenant/v1/events': { query: { after: '0' } },
  'GET /tenant/v1/live': {},
  'GET /tenant/v1/settings': {},
  'PATCH /tenant/v1/settings': { body: { brandVoice: 'Short words.' } },
  'GET /tenant/v1/members': {},
  'PATCH /tenant/v1/members/{memberId}': { body: { role: 'viewer' } },
  'GET /tenant/v1/invitations': {},
  'POST /tenant/v1/invitations': {
    body: { email: 'somebody@new.test', role: 'viewer' },
    taken: { email: (other) => other.tenant.members.member.email },
  },
  'POST /tenant/v1/invitations/{invitationId}/resend': {},
  'POST /tenant/v1/invitations/{invitationId}/revoke': {},
  'GET /tenant/v1/security-policy': {},
  'PUT /tenant/v1/security-policy': { body: { requireSecondFactor: false } },
  'GET /tenant/v1/api-keys': {},
  'POST /tenant/v1/api-keys': { body: { name: 'A key', scopes: ['deal:read'] } },
  'POST /tenant/v1/api-keys/{apiKeyId}/rotate': { body: {} },
  'POST /tenant/v1/api-keys/{apiKeyId}/revoke': {},
  'GET /tenant/v1/webhooks': {},
  'POST /tenant/v1/webhooks': { body: { url: 'https://hooks.new.test/in', eventTypes: ['deal.created'] } },
  'GET /tenant/v1/webhooks/{webhookId}': {},
  'PATCH /tenant/v1/webhooks/{webhookId}': { body: { description: 'Another' } },
  'POST /tenant/v1/webhooks/{webhookId}/test': {},
  'POST /tenant/v1/webhooks/{webhookId}/pause': {},
  'POST /tenant/v1/webhooks/{webhookId}/resume': {},
  'POST /tenant/v1/webhooks/{webhookId}/rotate-secret': { body: {} },
  'GET /tenant/v1/webhooks/{webhookId}/messages': {},
  'GET /tenant/v1/webhooks/{webhookId}/messages/{messageId}': {},
  'POST /tenant/v1/webhooks/{webhookId}/messages/{messageId}/replay': {},
  'POST /tenant/v1/webhooks/{webhookId}/replay': { body: { since: '2026-01-01T00:00:00Z' } },
  'DELETE /tenant/v1/webhooks/{webhookId}': { path: { webhookId: 'spareWebhook' } },
  'GET /tenant/v1/audit': {},
  'POST /tenant/v1/audit/exports': { body: {}, narrows: ['subjectId', 'actorId'] },
  'GET /tenant/v1/audit/verification': {},
  'GET /tenant/v1/notifications': {},
  'POST /tenant/v1/notifications/{notificationId}/read': {},
  'GET /media/v1/files/{fileId}': {},
  'POST /media/v1/files/{fileId}/link': {},

  'GET /dm/v1/queue': queue,
  'GET /dm/v1/queue/statistics': queue,
  'POST /dm/v1/queue/next': queue,
  'GET /dm/v1/history': queue,
  'GET /dm/v1/reviews/{activityId}': review('draft'),
  'POST /dm/v1/reviews/{activityId}/approve': review('approvableDraft', { versionNumber: 1 }),
  'POST /dm/v1/reviews/{activityId}/reject': review('rejectableDraft', { versionNumber: 1, reason: 'No.' }),
  'POST /dm/v1/reviews/{activityId}/request-revision': review('revisableDraft', { versionNumber: 1, notes: 'More.' }),
  'POST /dm/v1/reviews/{activityId}/heartbeat': review('draft', {}),
  'POST /dm/v1/reviews/{activityId}/release': review('releasableDraft', {}),

  'GET /admin/v1/tenants': console('tenants'),
  'GET /admin/v1/users': console('tenants', 'members'),
  'GET /admin/v1/jobs': console('tenants', 'jobs'),
  'GET /admin/v1/dead-letters': console('tenants', 'jobs'),
  'POST /admin/v1/dead-letters/{tenantId}/{jobId}/replay': { ...console('tenants'), path: { jobId: 'deadJob' } },
  'GET /admin/v1/tenants/{tenantId}': console('tenants'),
  'POST /admin/v1/tenants/{tenantId}/suspend': { ...console('tenants'), body: { reason: 'A reason' } },
  'POST /admin/v1/tenants/{tenantId}/reactivate': console('tenants'),
  'POST /admin/v1/users/{userId}/disable': { ...console('members'), body: { reason: 'A reason' } },
  'POST /admin/v1/users/{userId}/enable': console('members'),
  'POST /admin/v1/impersonations': {
    ...console('tenants', 'members'),
    body: ({ tenant }) => ({
      tenantId: tenant.id,
      userId: tenant.members.viewer.id,
      reason: 'A reason of ten letters',
    }),
  },
  'GET /admin/v1/audit': console('tenants', 'members', ...audited),
  'POST /admin/v1/audit/exports': {
    ...console('tenants', 'members', ...audited),
    body: {},
    narrows: ['subjectId', 'actorId', 'tenantId'],
  },
  'GET /admin/v1/mails': console(),
  'GET /admin/v1/queues': console(),
  'GET /admin/v1/health': console(),
}

const byLink = 'for whoever is not signed in; takes a mailed token of 256 bits, no id'
const byInvestorsLink = 'for whoever has the link; portal.int.test.ts forges tokens and asks for documents of others'
const ofThePlatform = 'jobs of no firm; audit-exports.int.test.ts asks for one of a firm'
const ownProof = 'about the caller’s own account; takes a password or a code, no id'

/** Operations that the sweep leaves out, and why: nobody is signed in there, or they hold nothing of anybody. */
export const exceptions: Record<string, string> = {
  'GET /health/live': 'says that the process answers and nothing else',
  'GET /health/ready': 'names the parts of the installation, which belong to no firm',
  'POST /auth/v1/login': 'for whoever is not signed in; takes an address and a password, no id',
  'POST /auth/v1/refresh': 'for whoever has no access token; takes an opaque token, no id',
  'POST /auth/v1/register': 'for whoever is not signed in; registration.int.test.ts tries addresses of others',
  'POST /auth/v1/verify-email': byLink,
  'POST /auth/v1/password/forgot': 'for whoever is not signed in; takes an address, and answers the same about any',
  'POST /auth/v1/password/reset': byLink,
  'POST /auth/v1/invitations/preview': byLink,
  'POST /auth/v1/invitations/accept': byLink,
  'POST /auth/v1/impersonate': byLink,
  'POST /auth/v1/password/change': ownProof,
  'POST /auth/v1/second-factor/begin': ownProof,
  'POST /auth/v1/second-factor/confirm': ownProof,
  'POST /auth/v1/second-factor/disable': ownProof,
  'POST /auth/v1/second-factor/recovery-codes': ownProof,
  'GET /media/v1/links/{token}': 'for whoever has the link; files.int.test.ts alters and forges tokens',
  'POST /portal/v1/open': byInvestorsLink,
  'POST /portal/v1/wire': byInvestorsLink,
  'POST /portal/v1/file': byInvestorsLink,
  'POST /pg/v1/{provider}': 'for gateways, who sign what they say; payment-events.int.test.ts names other firms',
  'GET /admin/v1/audit/exports/{jobId}': ofThePlatform,
  'GET /admin/v1/audit/exports/{jobId}/file': ofThePlatform,
  'GET /admin/v1/mails/{mailId}': 'a file of the demo’s folder by its name; holds no id',
}

/** What to do about an operation without a sample. */
export const howToAdd = (name: string): string =>
  `  '${name}': {},   <- add this line to \`samples\` in apps/api/src/sweep/samples.ts (of funds: fund-samples.ts), with query and body of a valid request. ` +
  'A path parameter that is new goes into `rowOfParam` of sample.ts, a kind of row that is new into victims.ts.'

// A firm with one of everything, each piece of it carrying the firm's marker, so that nothing of it can show up
// elsewhere unnoticed. What has no lines here gets a row that is made from the catalog.
import { randomBytes, randomUUID } from 'node:crypto'
import { bulkResult } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { setAgentLive } from '@throughline/realtime'
import { fillTenantTables, type TestStaff, type TestTenant, type TestWorld } from '@throughline/testing'
import * as z from 'zod'
import type { Caller, TestApp } from '../testing.ts'
import { type CallDeskRow, fillCallDesk } from './call-victims.ts'
import { type CapitalDeskRow, fillCapitalDesk } from './capital-victims.ts'
import { formWith } from './form.ts'
import { fillPapers, type paperKinds } from './paper-victims.ts'
import { fillPayments, type paymentKinds } from './payment-victims.ts'
import { type closeKinds, fillFundClose } from './victims-close.ts'

const draftKinds = ['draft', 'approvableDraft', 'rejectableDraft', 'revisableDraft', 'releasableDraft'] as const

/** Records for what is done to them: two that are merged, a merge that is undone, one for each way in and out of the bin. */
const recordKinds = [
  'twinCompany',
  'binnedCompany',
  'deletedCompany',
  'purgedCompany',
  'binnedContact',
  'deletedContact',
  'purgedContact',
  'purgedDeal',
  'merge',
] as const

export type RowKind =
  | 'tenant'
  | 'member'
  | 'deal'
  | 'binnedDeal'
  | 'deletedDeal'
  | 'dealBatch'
  | 'company'
  | 'contact'
  | (typeof recordKinds)[number]
  | 'customField'
  | 'view'
  | 'timelineEntry'
  | 'import'
  | 'runningImport'
  | 'finishedImport'
  | 'importSource'
  | 'spareSource'
  | 'export'
  | 'file'
  | 'fund'
  | (typeof closeKinds)[number]
  | 'spareFund'
  | 'investor'
  | 'spareInvestor'
  | 'commitment'
  | CallDeskRow
  | (typeof paymentKinds)[number]
  | CapitalDeskRow
  | 'activity'
  | 'failedActivity'
  | (typeof draftKinds)[number]
  | (typeof paperKinds)[number]
  | 'job'
  | 'deadJob'
  | 'notification'
  | 'invitation'
  | 'apiKey'
  | 'submission'
  | 'spareSubmission'
  | 'webhook'
  | 'spareWebhook'
  | 'webhookMessage'
  | 'session'

/** A firm that has one of everything. */
export interface Firm {
  tenant: TestTenant
  /** Stands in every text of the firm and nowhere else. */
  marker: string
  rows: Record<RowKind, string>
  /** Of every draft that is under review. */
  claimToken: string
  /** Of the lines of the distribution that waits for approval. */
  distributionSha256: string
  companyDomain: string
  contactEmail: string
  /** An Idempotency-Key that the owner has used to create a deal, and what was sent with it. */
  used: { key: string; body: object }
}

const created = z.union([
  z.object({ id: z.uuid() }),
  z.object({ import: z.object({ id: z.uuid() }) }).transform((answer) => answer.import),
  z.object({ activity: z.object({ id: z.uuid() }) }).transform((answer) => answer.activity),
])

/** Makes a firm and fills it. Its drafts are claimed by `reviewer`, who must not be the one who looks for more. */
export async function createFirm(world: TestWorld, api: TestApp, reviewer: TestStaff): Promise<Firm> {
  const marker = `SECRET-${randomBytes(6).toString('hex')}`
  const tenant = await world.tenant(marker)
  const owner = await api.as(tenant, 'owner')
  const desk = await fillDealDesk(api, owner, marker)
  const content = await fillContentDesk(tenant, owner, { marker, reviewer })
  const funds = await fillFundDesk(owner, marker)
  const close = await fillFundClose(tenant, funds.fund, marker)
  const calls = await fillCallDesk(tenant, marker)
  const payments = await fillPayments(tenant, marker)
  const capital = await fillCapitalDesk(tenant, { dealId: desk.rows.deal, otherDealId: calls.wonDeal, marker })
  const papers = await fillPapers(tenant.systemCtx(), { fundId: funds.fund, dealId: desk.rows.deal, marker })
  const platform = await fillPlatform(world, tenant, marker)
  const rows = {
    tenant: tenant.id,
    ...desk.rows,
    ...content.rows,
    ...funds,
    ...calls,
    ...payments,
    ...capital.rows,
    ...papers,
    ...close,
    ...platform,
  }
  await keepImports(api, tenant.systemCtx(), rows, marker)
  await keepExports(tenant, rows.export)
  await fillTenantTables(world.database.platform, tenant.id, marker)
  // One of each kind is enough to be looked for.
  await world.database.platform.execute(sql`delete from outbox o using outbox older
    where o.tenant_id = ${tenant.id}::uuid and older.tenant_id = o.tenant_id and older.kind = o.kind and older.id < o.id`)
  const role = `blog-writer:${rows.activity}`
  const progress = { done: 1, total: 2, step: marker }
  const data = { activityId: rows.activity, jobId: rows.job, agent: marker, progress }
  await setAgentLive(world.redis, world.config.redis.prefix, {
    tenantId: tenant.id,
    role,
    type: 'agent:progress',
    data,
  })
  return { tenant, marker, ...desk, ...content, distributionSha256: capital.distributionSha256, rows }
}

async function post(caller: Caller, url: string, body: object, headers: Record<string, string> = {}): Promise<string> {
  const response = await caller.post(url, body, headers)
  if (response.statusCode >= 300) throw new Error(`POST ${url}: ${response.statusCode} ${response.body}`)
  return created.parse(response.json()).id
}

async function fillDealDesk(api: TestApp, owner: Caller, marker: string) {
  const companyDomain = `${marker.toLowerCase()}.test`
  const contactEmail = `somebody@${companyDomain}`
  const company = await post(owner, '/tenant/v1/companies', { name: `${marker} Ltd`, domain: companyDomain })
  await post(owner, '/tenant/v1/companies', { name: `${marker} Inc`, force: true })
  const contact = await post(owner, '/tenant/v1/contacts', { name: marker, email: contactEmail, companyId: company })
  await post(owner, '/tenant/v1/contacts', { name: `${marker} junior`, force: true })
  const body = { title: marker, notes: marker, value: '12345.67', companyId: company, contactId: contact }
  const deal = await post(owner, '/tenant/v1/deals', body)
  await post(owner, `/tenant/v1/deals/${deal}/move`, { stage: 'NEGOTIATION' })
  const binnedDeal = await post(owner, '/tenant/v1/deals', { title: `${marker} for the bin` })
  const deletedDeal = await post(owner, '/tenant/v1/deals', { title: `${marker} in the bin` })
  await owner.delete(`/tenant/v1/deals/${deletedDeal}`)
  const change = { action: 'prioritise', priority: 'HIGH' }
  const batch = await owner.post('/tenant/v1/deals/bulk', { ids: [deal], change })
  const dealBatch = bulkResult.parse(batch.json()).batchId ?? ''
  const used = { key: `key-of-${marker}`, body: { ...body, title: `${marker} once` } }
  await post(owner, '/tenant/v1/deals', used.body, { 'idempotency-key': used.key })
  const upload = async (name: string, content: string) => {
    const { headers, payload } = formWith({ name: `${marker}-${name}`, content })
    const url = '/tenant/v1/deal-imports'
    const authorization = `Bearer ${owner.token}`
    return created.parse(
      (await api.app.inject({ method: 'POST', url, headers: { ...headers, authorization }, payload })).json(),
    ).id
  }
  const rows = {
    ...(await fillBin(api, owner, marker)),
    company,
    contact,
    deal,
    customField: await post(owner, '/tenant/v1/custom-fields', { label: marker, type: 'CHOICE', options: [marker] }),
    view: await post(owner, '/tenant/v1/views', { name: marker, definition: { filter: { q: marker } } }),
    timelineEntry: await post(owner, `/tenant/v1/deals/${deal}/timeline`, { kind: 'NOTE', body: marker }),
    binnedDeal,
    deletedDeal,
    dealBatch,
    import: await upload('a.csv', `Deal name\n${marker}\n`),
    runningImport: await upload('b.csv', 'Deal name\nOne\n'),
    finishedImport: await upload('c.csv', 'Deal name\nTwo\n'),
    ...{ importSource: randomUUID(), spareSource: randomUUID(), export: randomUUID() },
  }
  return { rows, companyDomain, contactEmail, used }
}

/** Companies, contacts and a deal that wait to be merged, deleted, restored or removed for good, and a merge. */
async function fillBin(
  { app }: TestApp,
  owner: Caller,
  marker: string,
): Promise<Record<(typeof recordKinds)[number], string>> {
  const make = (what: 'companies' | 'contacts', name: string) =>
    post(owner, `/tenant/v1/${what}`, { name: `${marker} ${name}`, force: true })
  const bin = async (what: 'companies' | 'contacts' | 'deals', id: string) => {
    const headers = { authorization: `Bearer ${owner.token}` }
    const { statusCode } = await app.inject({ method: 'DELETE', url: `/tenant/v1/${what}/${id}`, headers })
    if (statusCode !== 204) throw new Error(`DELETE ${what}: ${statusCode}`)
    return id
  }
  const [keepId, mergeId] = [await make('contacts', 'kept'), await make('contacts', 'merged')]
  return {
    twinCompany: await make('companies', 'GmbH'),
    binnedCompany: await make('companies', 'for the bin'),
    deletedCompany: await bin('companies', await make('companies', 'in the bin')),
    purgedCompany: await bin('companies', await make('companies', 'for good')),
    binnedContact: await make('contacts', 'for the bin'),
    deletedContact: await bin('contacts', await make('contacts', 'in the bin')),
    purgedContact: await bin('contacts', await make('contacts', 'for good')),
    purgedDeal: await bin('deals', await post(owner, '/tenant/v1/deals', { title: `${marker} for good` })),
    merge: await post(owner, '/tenant/v1/merges', { kind: 'contact', keepId, mergeId }),
  }
}

/** One import waits for its mapping, the other has left rejected rows behind; both files can be downloaded. */
async function keepImports(
  api: TestApp,
  { db, tenantId }: Ctx,
  rows: Record<'import' | 'runningImport' | 'finishedImport' | 'importSource' | 'spareSource' | 'file', string>,
  marker: string,
): Promise<void> {
  const preview = {
    ...{ encoding: 'utf-8', delimiter: ',', headers: ['Deal name'], rows: [[marker]], mapping: ['title'] },
    options: { decimal: 'point', dateOrder: 'ymd' },
  }
  await db.execute(sql`update deal_imports set state = 'MAPPING', preview = ${JSON.stringify(preview)}::jsonb
    where id = ${rows.import}::uuid`)
  const key = `${tenantId}/rejected/${rows.file}`
  const { sizeBytes, sha256 } = await api.resources.storage.put(
    key,
    (async function* () {
      yield Buffer.from(`Deal name,Reason\n${marker},no value\n`)
    })(),
    { contentType: 'text/csv', maxBytes: 1000 },
  )
  await db.execute(sql`insert into files (tenant_id, id, storage_key, name, content_type, size_bytes, sha256)
    values (${tenantId}::uuid, ${rows.file}::uuid, ${key}, ${`${marker}.csv`}, 'text/csv', ${sizeBytes}, ${sha256})`)
  await db.execute(sql`update deal_imports set state = 'RUNNING', rows_rejected = 1, rejected_file_id = ${rows.file}::uuid,
    error = ${JSON.stringify({ message: marker })}::jsonb where id = ${rows.runningImport}::uuid`)
  await db.execute(sql`update deal_imports set state = 'SUCCEEDED' where id = ${rows.finishedImport}::uuid`)
  for (const [id, name] of [
    [rows.importSource, marker],
    [rows.spareSource, `${marker} spare`],
  ])
    await db.execute(sql`insert into import_sources (tenant_id, id, kind, name, headers, mapping, options)
      values (${tenantId}::uuid, ${id}::uuid, 'DEAL', ${name}, '["Deal name"]', '["title"]', ${JSON.stringify(preview.options)}::jsonb)`)
}

/** Two exports of the owner, so that there is a second page. */
async function keepExports({ systemCtx, members }: TestTenant, exportId: string): Promise<void> {
  const { db, tenantId } = systemCtx()
  for (const id of [exportId, randomUUID()])
    await db.execute(sql`insert into data_exports (tenant_id, id, kind, state, definition, created_by_id)
      values (${tenantId}::uuid, ${id}::uuid, 'CONTACT', 'FAILED', '{}', ${members.owner.id}::uuid)`)
}

async function fillFundDesk(owner: Caller, marker: string) {
  const terms = { currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2025 }
  const makeFund = (name: string) => post(owner, '/tenant/v1/funds', { name, legalName: name, ...terms })
  const fund = await makeFund(marker)
  const makeInvestor = (name: string) =>
    post(owner, '/tenant/v1/investors', { name, kind: 'ENTITY', payerNames: [name] })
  const investor = await makeInvestor(marker)
  const spareInvestor = await makeInvestor(`${marker} too`)
  const move = (url: string, body: object) => post(owner, url, body, { 'idempotency-key': randomUUID() })
  const commit = (investorId: string) =>
    move(`/tenant/v1/funds/${fund}/commitments`, {
      ...{ investorId, closeName: marker, closeDate: '2025-01-01', amount: '1000000.00' },
    })
  const commitment = await commit(investor)
  await commit(spareInvestor)
  const more = { change: 'increase', amount: '1.00', date: '2025-02-01', reason: marker }
  await move(`/tenant/v1/commitments/${commitment}/change`, more)
  return { fund, investor, commitment, spareInvestor, spareFund: await makeFund(`${marker} too`) }
}

async function fillContentDesk(
  { systemCtx }: TestTenant,
  owner: Caller,
  { marker, reviewer }: { marker: string; reviewer: TestStaff },
) {
  const { db, tenantId } = systemCtx()
  for (const title of [marker, `${marker} too`]) await post(owner, '/tenant/v1/knowledge', { title, body: marker })
  const ask = (topic: string) => post(owner, '/tenant/v1/activities', { topic, audience: marker, keywords: [marker] })
  const claimToken = randomUUID()
  const drafts: [string, string][] = []
  for (const kind of draftKinds) {
    const id = await ask(`${marker} ${kind}`)
    await db.execute(sql`update activities set state = 'IN_REVIEW', current_version = 1, claimed_by_id = ${reviewer.id}::uuid,
      claim_token = ${claimToken}::uuid, claim_expires_at = now() + interval '1 day', submitted_at = now() where id = ${id}::uuid`)
    await db.execute(sql`insert into activity_versions (tenant_id, id, activity_id, number, title, body, content_hash, provider, sources, word_count)
      values (${tenantId}::uuid, uuidv7(), ${id}::uuid, 1, ${marker}, ${marker}, repeat('a', 64), 'offline', '[]', 1)`)
    drafts.push([kind, id])
  }
  const approved = await ask(`${marker} approved`)
  await db.execute(sql`update activities set state = 'APPROVED', current_version = 1 where id = ${approved}::uuid`)
  await db.execute(sql`with v as (
      insert into activity_versions (tenant_id, id, activity_id, number, title, body, content_hash, provider, sources, word_count)
      values (${tenantId}::uuid, uuidv7(), ${approved}::uuid, 1, ${marker}, ${marker}, repeat('b', 64), 'offline', '[]', 1) returning id)
    insert into review_decisions (tenant_id, id, activity_id, version_id, kind, reviewer_id, notes)
      select ${tenantId}::uuid, uuidv7(), ${approved}::uuid, id, 'APPROVE', ${reviewer.id}::uuid, ${marker} from v`)
  const failedActivity = await ask(`${marker} failed`)
  await db.execute(sql`update activities set state = 'GENERATION_FAILED' where id = ${failedActivity}::uuid`)
  const byKind = z.record(z.enum(draftKinds), z.uuid()).parse(Object.fromEntries(drafts))
  return { rows: { ...byKind, activity: await ask(marker), failedActivity }, claimToken }
}

/** Jobs with results, notifications, an invitation, a key, and a member more than there are roles. */
async function fillPlatform(
  { database: { platform } }: TestWorld,
  { id, members, domain }: TestTenant,
  marker: string,
) {
  const rows = {
    ...{ member: randomUUID(), file: randomUUID(), job: randomUUID(), deadJob: randomUUID() },
    ...{ notification: randomUUID(), invitation: randomUUID(), apiKey: randomUUID(), session: randomUUID() },
    ...{
      submission: randomUUID(),
      spareSubmission: randomUUID(),
      webhook: randomUUID(),
      spareWebhook: randomUUID(),
      webhookMessage: randomUUID(),
    },
  }
  const told = JSON.stringify({ message: marker })
  const email = `spare@${domain}`
  await platform.execute(sql`insert into users (id, email, name, password_hash, email_verified_at)
    values (${rows.member}::uuid, ${email}, ${marker}, 'none', now())`)
  await platform.execute(sql`insert into members (tenant_id, id, email, name, role)
    values (${id}::uuid, ${rows.member}::uuid, ${email}, ${marker}, 'MEMBER')`)
  await platform.execute(sql`insert into jobs (tenant_id, id, name, queue, state, payload, result, error, max_attempts) values
    (${id}::uuid, ${rows.job}::uuid, 'activities.write-blog-post', 'llm', 'SUCCEEDED', ${told}::jsonb, ${told}::jsonb, null, 3),
    (${id}::uuid, ${rows.deadJob}::uuid, 'activities.write-blog-post', 'llm', 'DEAD', ${told}::jsonb, null, ${told}::jsonb, 3)`)
  await platform.execute(sql`insert into notifications (tenant_id, id, member_id, kind, title, body, link) values
    (${id}::uuid, ${rows.notification}::uuid, ${members.owner.id}::uuid, 'news', ${marker}, ${marker}, '/'),
    (${id}::uuid, uuidv7(), null, 'news', ${marker}, ${marker}, '/')`)
  await platform.execute(sql`insert into invitations (tenant_id, id, email, role, invited_by_id, expires_at)
    values (${id}::uuid, ${rows.invitation}::uuid, ${`invited@${domain}`}, 'MEMBER', ${members.owner.id}::uuid, now() + interval '7 days')`)
  await platform.execute(sql`insert into api_keys (tenant_id, id, name, secret_hash, hint, scopes, created_by_id)
    values (${id}::uuid, ${rows.apiKey}::uuid, ${marker}, repeat('c', 64), 'wxyz', '{deal:read}', ${members.owner.id}::uuid)`)
  const lead = JSON.stringify({ name: marker, email: `lead@${domain}`, message: marker, company: marker })
  await platform.execute(sql`insert into lead_submissions (tenant_id, id, state, payload, email, address)
    select ${id}::uuid, s, 'HELD', ${lead}::jsonb, ${`lead@${domain}`}, '198.51.100.7'
    from unnest(${[rows.submission, rows.spareSubmission]}::uuid[]) s`)
  await platform.execute(sql`insert into webhook_endpoints (tenant_id, id, url, description, event_types, secret)
    select ${id}::uuid, w, ${`https://${marker}.test/hooks`}, ${marker}, '{deal.created}', ${marker}
    from unnest(${[rows.webhook, rows.spareWebhook]}::uuid[]) w`)
  await platform.execute(sql`insert into webhook_messages (tenant_id, id, endpoint_id, type, body, state) values
    (${id}::uuid, ${rows.webhookMessage}::uuid, ${rows.webhook}::uuid, 'deal.created', ${marker}, 'FAILED'),
    (${id}::uuid, uuidv7(), ${rows.webhook}::uuid, 'deal.created', ${marker}, 'FAILED')`)
  await platform.execute(sql`insert into sessions (id, user_id, tenant_id, portal, user_agent, expires_at)
    values (${rows.session}::uuid, ${members.owner.id}::uuid, ${id}::uuid, 'DASHBOARD', ${marker}, now() + interval '1 day')`)
  return rows
}

import { type KeptLead, keptLead, type ListLeads, openStages, type SubmissionState } from '@throughline/contracts'
import { decodeCursor, empty, type PlatformDb, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { type Frequency, sameLeadHours } from './leads.rules.ts'

export interface SubmissionRow {
  id: string
  state: SubmissionState
  reasons: string[]
  lead: KeptLead
  address: string | null
  dealId: string | null
  createdAt: Date
  decidedAt: Date | null
}

const columns = sql`id, state, reasons, payload as lead, address, deal_id as "dealId", created_at as "createdAt",
  decided_at as "decidedAt"`
const parsed = (row: SubmissionRow): SubmissionRow => ({ ...row, lead: keptLead.parse(row.lead) })

/** Newest first; one more than asked for when there is a next page. */
export async function readSubmissions(db: TenantDb, { state, cursor, limit }: ListLeads): Promise<SubmissionRow[]> {
  const after = cursor ? sql`and id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const rows = await db.query<SubmissionRow>(sql`select ${columns} from lead_submissions
    where tenant_id = ${db.tenantId}::uuid and state = ${state}::"SubmissionState" ${after} order by id desc limit ${limit + 1}`)
  return rows.map(parsed)
}

export async function lockSubmission(db: TenantDb, id: string): Promise<SubmissionRow | undefined> {
  const row = await db.queryOne<SubmissionRow>(sql`select ${columns} from lead_submissions
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for update`)
  return row && parsed(row)
}

export interface NewSubmission {
  id: string
  state: SubmissionState
  reasons: readonly string[]
  lead: KeptLead
  address: string | null
  dealId: string | null
  apiKeyId: string | null
}

export const insertSubmission = (db: TenantDb, given: NewSubmission): Promise<number> =>
  db.execute(sql`insert into lead_submissions (tenant_id, id, state, reasons, payload, email, address, deal_id, api_key_id, decided_at)
    values (${db.tenantId}::uuid, ${given.id}::uuid, ${given.state}::"SubmissionState", ${[...given.reasons]}::text[],
      ${JSON.stringify(given.lead)}::jsonb, ${given.lead.email}, ${given.address}, ${given.dealId}::uuid,
      ${given.apiKeyId}::uuid, case when ${given.state} = 'ACCEPTED' then now() end)`)

export const decideSubmission = (
  db: TenantDb,
  { id, state, dealId }: { id: string; state: SubmissionState; dealId: string | null },
): Promise<number> =>
  db.execute(sql`update lead_submissions set state = ${state}::"SubmissionState", deal_id = ${dealId}::uuid, decided_at = now()
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

/** One submission of a person after the other: two at once would both find no deal. Held until the transaction ends. */
export const lockPerson = (db: TenantDb, email: string): Promise<number> =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lead ${db.tenantId} ${email}`}, 0))`)

/** How often a key, an address and an e-mail came lately. */
export async function readFrequency(
  db: TenantDb,
  { apiKeyId, address, email }: { apiKeyId: string | null; address: string | null; email: string },
): Promise<Frequency & { byKey: number }> {
  const own = sql`from lead_submissions where tenant_id = ${db.tenantId}::uuid`
  const row = await db.queryOne<Frequency & { byKey: number }>(sql`select
    (select count(*)::int ${own} and api_key_id = ${apiKeyId}::uuid and created_at > now() - interval '1 minute') as "byKey",
    (select count(*)::int ${own} and address = ${address} and created_at > now() - interval '10 minutes') as "fromAddress",
    (select count(*)::int ${own} and email = ${email} and created_at > now() - interval '1 day') as "ofEmail"`)
  return row ?? { byKey: 0, fromAddress: 0, ofEmail: 0 }
}

/** The open deal that this person asked about lately. */
export const findRecentDeal = (db: TenantDb, email: string) =>
  db.queryOne<{ dealId: string; contactId: string | null }>(sql`
    select d.id as "dealId", d.contact_id as "contactId"
    from lead_submissions s join deals d on d.tenant_id = s.tenant_id and d.id = s.deal_id
    where s.tenant_id = ${db.tenantId}::uuid and s.email = ${email} and s.state = 'ACCEPTED'
      and s.decided_at > now() - ${`${sameLeadHours} hours`}::interval
      and d.deleted_at is null and d.stage = any(${[...openStages]}::"DealStage"[])
    order by s.decided_at desc limit 1`)

interface Found {
  id: string
  created: boolean
}

const findCompany = (db: TenantDb, { name, domain }: { name: string; domain: string | null }) =>
  db.queryOne<{ id: string }>(sql`select id from companies where tenant_id = ${db.tenantId}::uuid and deleted_at is null
    and ${domain ? sql`domain = ${domain}` : sql`name = ${name}`} order by id limit 1`)

/** By its domain, or by its very name when it has none. It belongs to nobody yet. */
export async function findOrCreateCompany(
  db: TenantDb,
  company: { name: string; domain: string | null },
): Promise<Found> {
  const known = await findCompany(db, company)
  if (known) return { id: known.id, created: false }
  const made = await db.queryOne<{ id: string }>(sql`insert into companies (tenant_id, id, name, domain)
    values (${db.tenantId}::uuid, uuidv7(), ${company.name}, ${company.domain})
    on conflict (tenant_id, domain) where deleted_at is null do nothing returning id`)
  if (made) return { id: made.id, created: true }
  // Somebody else made it between the two.
  const theirs = await findCompany(db, company)
  if (!theirs) throw new Error('a company is neither there nor could it be made')
  return { id: theirs.id, created: false }
}

export interface KnownContact {
  id: string
  companyId: string | null
}

/** By any of their addresses. */
export const findContact = (db: TenantDb, email: string): Promise<KnownContact | undefined> =>
  db.queryOne<KnownContact>(sql`select id, company_id as "companyId" from contacts
    where tenant_id = ${db.tenantId}::uuid and deleted_at is null and (email = ${email} or other_emails @> ${[email]}::text[])
    order by email = ${email} desc, id limit 1`)

/** @returns nothing when somebody else made a contact with this e-mail meanwhile */
export const insertLeadContact = (
  db: TenantDb,
  { lead, source, companyId }: { lead: KeptLead; source: string; companyId: string | null },
): Promise<KnownContact | undefined> =>
  db.queryOne<KnownContact>(sql`insert into contacts (tenant_id, id, name, email, phones, source, company_id)
    values (${db.tenantId}::uuid, uuidv7(), ${lead.name}, ${lead.email}, ${lead.phone ? [lead.phone] : []}::text[], ${source},
      ${companyId}::uuid)
    on conflict (tenant_id, email) where deleted_at is null do nothing returning id, company_id as "companyId"`)

/** Never against a withdrawal: anybody can type somebody's address into a form. @returns whether it was not known before */
export const giveConsent = async (db: TenantDb, contactId: string): Promise<boolean> =>
  (await db.execute(sql`update contacts set consent = 'GIVEN', consent_at = now(), version = version + 1, updated_at = now()
    where tenant_id = ${db.tenantId}::uuid and id = ${contactId}::uuid and consent = 'UNKNOWN'`)) === 1

/** On the deal's timeline, from where its company's and its contact's read it. */
export const insertNote = (
  db: TenantDb,
  note: { body: string; dealId: string; authorId: string | null },
): Promise<number> =>
  db.execute(sql`insert into timeline_entries (tenant_id, id, kind, body, deal_id, author_id)
    values (${db.tenantId}::uuid, uuidv7(), 'NOTE', ${note.body}, ${note.dealId}::uuid, ${note.authorId}::uuid)`)

/** Whether managers may be told of held leads now: once an hour, whoever asks at the same time. */
export async function mayTellOfHeld(db: TenantDb, kind: string): Promise<boolean> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${kind} ${db.tenantId}`}, 0))`)
  const told = await db.queryOne(sql`select 1 as told from notifications
    where tenant_id = ${db.tenantId}::uuid and kind = ${kind} and created_at > now() - interval '1 hour' limit 1`)
  return told === undefined
}

/** Those who review leads beside owners and admins. */
export const readManagers = (db: TenantDb): Promise<{ id: string }[]> =>
  db.query(
    sql`select id from members where tenant_id = ${db.tenantId}::uuid and role = 'MANAGER' and disabled_at is null`,
  )

/** @returns how many were older than `days`, and are gone */
export const deleteSubmissions = (db: PlatformDb, days: number): Promise<number> =>
  db.execute(sql`delete from lead_submissions where created_at < now() - ${`${days} days`}::interval`)

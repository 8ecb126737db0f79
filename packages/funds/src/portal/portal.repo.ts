// Links of investors: made and found by the hash of their token. Who follows one is known by nothing else.
import type { FundDocumentKind } from '@throughline/contracts'
import { instantOf, type PlatformDb, sql, type TenantDb } from '@throughline/db'

export interface NewLink {
  fundId: string
  investorId: string
  documentId: string
  lineId: string | null
  tokenHash: string
  sentTo: string
  expiresAt: Date
}

/** Makes a link; earlier ones to the same person about the same document are no longer good. @returns its id */
export async function insertLink(db: TenantDb, link: NewLink, now: Date): Promise<string> {
  const { fundId, investorId, documentId, lineId, tokenHash, sentTo, expiresAt } = link
  const row = await db.queryOne<{ id: string }>(sql`
    with earlier as (update portal_links set revoked_at = ${now}::timestamptz where tenant_id = ${db.tenantId}::uuid
      and fund_id = ${fundId}::uuid and investor_id = ${investorId}::uuid and document_id = ${documentId}::uuid
      and sent_to = ${sentTo} and revoked_at is null)
    insert into portal_links (tenant_id, id, fund_id, investor_id, document_id, line_id, token_hash, sent_to, expires_at, created_at)
    values (${db.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${investorId}::uuid, ${documentId}::uuid, ${lineId}::uuid, ${tokenHash},
      ${sentTo}, ${expiresAt}::timestamptz, ${now}::timestamptz) returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

export interface FoundLink {
  tenantId: string
  id: string
  fundId: string
  investorId: string
  documentId: string | null
  lineId: string | null
  expiresAt: Date
}

/** Across firms, because the token is all that there is; nothing for one that is not good, or of a firm that is suspended. */
export const findLink = (db: PlatformDb, tokenHash: string, now: Date): Promise<FoundLink | undefined> =>
  db.queryOne<FoundLink>(sql`
    select l.tenant_id as "tenantId", l.id, l.fund_id as "fundId", l.investor_id as "investorId", l.document_id as "documentId",
      l.line_id as "lineId", l.expires_at as "expiresAt"
    from portal_links l join tenants t on t.id = l.tenant_id and t.status = 'ACTIVE'
    where l.token_hash = ${tokenHash} and l.revoked_at is null and l.expires_at > ${now}::timestamptz`)

/** @returns whether it is the first time */
export async function noteOpening(db: TenantDb, linkId: string, now: Date): Promise<boolean> {
  const row = await db.queryOne<{ openings: number }>(sql`update portal_links set openings = openings + 1,
      opened_at = coalesce(opened_at, ${now}::timestamptz)
    where tenant_id = ${db.tenantId}::uuid and id = ${linkId}::uuid returning openings`)
  return row?.openings === 1
}

/** @returns whether it is the first time */
export const noteWireSeen = async (db: TenantDb, linkId: string, now: Date): Promise<boolean> =>
  (await db.execute(sql`update portal_links set wire_seen_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${linkId}::uuid and wire_seen_at is null`)) === 1

/** What the line of a call says about being told. */
export const noteLine = (db: TenantDb, lineId: string, what: 'notified' | 'opened', now: Date): Promise<number> =>
  what === 'notified'
    ? db.execute(sql`update capital_call_lines set notified_at = ${now}::timestamptz
        where tenant_id = ${db.tenantId}::uuid and id = ${lineId}::uuid and notified_at is null`)
    : db.execute(sql`update capital_call_lines set opened_at = ${now}::timestamptz
        where tenant_id = ${db.tenantId}::uuid and id = ${lineId}::uuid and opened_at is null`)

/** @returns whether there was one that was still good */
export const revokeLink = (
  db: TenantDb,
  linkId: string,
  now: Date,
): Promise<{ fundId: string; documentId: string }[]> =>
  db.query(sql`update portal_links set revoked_at = coalesce(revoked_at, ${now}::timestamptz)
    where tenant_id = ${db.tenantId}::uuid and id = ${linkId}::uuid
    returning fund_id as "fundId", document_id as "documentId"`)

export interface PortalRow {
  firm: string
  fund: string
  legalName: string
  currency: string
  timeZone: string
  wireSealed: string | null
  wireMask: string | null
  code: string
  investor: string
}

export const readPortal = (db: TenantDb, fundId: string, investorId: string): Promise<PortalRow | undefined> =>
  db.queryOne<PortalRow>(sql`select t.name as firm, f.name as fund, f.legal_name as "legalName", f.currency, f.time_zone as "timeZone",
      f.wire_sealed as "wireSealed", f.wire_mask as "wireMask", i.code, i.name as investor
    from funds f join investors i on i.tenant_id = f.tenant_id and i.id = ${investorId}::uuid join tenants t on t.id = f.tenant_id
    where f.tenant_id = ${db.tenantId}::uuid and f.id = ${fundId}::uuid`)

export interface PortalLineRow {
  number: number | null
  title: string
  reference: string
  due: string
  applied: string
  writtenOff: string
  excess: string
  excused: boolean
  notified: boolean
  standing: 'NONE' | 'DEFAULT_NOTICE' | 'DEFAULTED' | 'CURED'
  dueDate: string
}

export const readLine = (db: TenantDb, lineId: string): Promise<PortalLineRow | undefined> =>
  db.queryOne<PortalLineRow>(sql`select c.number, c.title, l.reference, l.due, l.applied, l.written_off as "writtenOff", l.excess,
      l.excused, l.notified_at is not null as notified, l.standing::text as standing, l.due_date as "dueDate"
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    where l.tenant_id = ${db.tenantId}::uuid and l.id = ${lineId}::uuid`)

export interface PortalDocumentRow {
  id: string
  kind: FundDocumentKind
  name: string
  subject: string
  revision: number
  fileId: string
  sizeBytes: number
  readyAt: string
}

/** What an investor may see of a fund: what the link was sent for, and the latest statements. */
export const readPortalDocuments = (
  db: TenantDb,
  { fundId, investorId, documentId }: Pick<FoundLink, 'fundId' | 'investorId' | 'documentId'>,
): Promise<PortalDocumentRow[]> =>
  db.query<PortalDocumentRow>(sql`
    select id, kind::text as kind, name, subject, revision, file_id as "fileId", size_bytes::float8 as "sizeBytes",
      ${instantOf(sql`ready_at`)} as "readyAt"
    from (select d.*, row_number() over (partition by d.kind, d.subject order by d.revision desc) as age from fund_documents d
      where d.tenant_id = ${db.tenantId}::uuid and d.fund_id = ${fundId}::uuid and d.investor_id = ${investorId}::uuid
        and d.state = 'READY' and (d.kind = 'STATEMENT' or d.id = ${documentId}::uuid)) d
    where age = 1 or id = ${documentId}::uuid order by id = ${documentId}::uuid desc, id desc limit 50`)

export interface MailRow {
  documentId: string
  fundId: string
  investorId: string
  kind: FundDocumentKind
  subject: string
  name: string
  firm: string
  fund: string
  investor: string
  lineId: string | null
  dueDate: string | null
  contacts: unknown
}

/** What a mail about a document says; nothing while the document is not ready. */
export const readMail = (db: TenantDb, documentId: string): Promise<MailRow | undefined> =>
  db.queryOne<MailRow>(sql`select d.id as "documentId", d.fund_id as "fundId", d.investor_id as "investorId", d.kind::text as kind,
      d.subject, d.name, t.name as firm, f.legal_name as fund, i.name as investor, l.id as "lineId", l.due_date as "dueDate", i.contacts
    from fund_documents d join funds f on f.tenant_id = d.tenant_id and f.id = d.fund_id
    join investors i on i.tenant_id = d.tenant_id and i.id = d.investor_id join tenants t on t.id = d.tenant_id and t.status = 'ACTIVE'
    left join capital_call_lines l on d.kind = 'CALL_NOTICE' and l.tenant_id = d.tenant_id and l.call_id::text = d.subject
      and l.investor_id = d.investor_id
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${documentId}::uuid and d.state = 'READY'`)

// The only SQL that writes fund_documents.
import type { FundDocumentKind, FundDocumentQuery, FundDocumentView } from '@throughline/contracts'
import { empty, instantOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

const iso = (column: Sql) => instantOf(column)

/** A link as it is shown, newest first. */
const links = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'sentTo', l.sent_to, 'createdAt', ${iso(sql`l.created_at`)},
    'expiresAt', ${iso(sql`l.expires_at`)}, 'openedAt', ${iso(sql`l.opened_at`)}, 'openings', l.openings,
    'wireSeenAt', ${iso(sql`l.wire_seen_at`)}, 'revokedAt', ${iso(sql`l.revoked_at`)}) order by l.id desc), '[]'::jsonb)
  from portal_links l where l.tenant_id = d.tenant_id and l.fund_id = d.fund_id and l.investor_id = d.investor_id
    and l.document_id = d.id)`

const columns = sql`d.id, d.fund_id as "fundId", d.kind::text as kind, d.subject, d.revision, d.state::text as state, d.name,
  case when i.id is not null then jsonb_build_object('id', i.id, 'code', i.code, 'name', i.name) end as investor,
  d.deal_id as "dealId", d.file_id as "fileId", d.json_file_id as "jsonFileId", d.csv_file_id as "csvFileId",
  d.size_bytes::float8 as "sizeBytes", d.sha256, d.totals, d.error, ${iso(sql`d.created_at`)} as "createdAt",
  ${iso(sql`d.ready_at`)} as "readyAt", ${links} as links`
const from = sql`fund_documents d left join investors i on i.tenant_id = d.tenant_id and i.id = d.investor_id`

/** What was taken away is in no list. */
const isThere = sql`d.removed_at is null`

export const findDocument = (db: TenantDb, documentId: string): Promise<FundDocumentView | undefined> =>
  db.queryOne<FundDocumentView>(
    sql`select ${columns} from ${from} where d.tenant_id = ${db.tenantId}::uuid and d.id = ${documentId}::uuid
      and ${isThere}`,
  )

/** What was uploaded to a deal, whichever fund it was uploaded to, newest first. */
export const findUploadsOfDeal = (db: TenantDb, dealId: string, limit: number): Promise<FundDocumentView[]> =>
  db.query<FundDocumentView>(sql`select ${columns} from ${from} where d.tenant_id = ${db.tenantId}::uuid
    and d.deal_id = ${dealId}::uuid and d.kind = 'UPLOAD' and ${isThere} order by d.id desc limit ${rowLimit(limit)}`)

/** Newest first. */
export const findDocuments = (
  db: TenantDb,
  fundId: string,
  { kind, state, investorId, dealId, subject, limit }: FundDocumentQuery,
  after: string | null,
): Promise<FundDocumentView[]> =>
  db.query<FundDocumentView>(sql`select ${columns} from ${from}
    where d.tenant_id = ${db.tenantId}::uuid and d.fund_id = ${fundId}::uuid and ${isThere}
      ${kind ? sql`and d.kind = ${kind}::"FundDocumentKind"` : empty}
      ${state ? sql`and d.state = ${state}::"FundDocumentState"` : empty}
      ${investorId ? sql`and d.investor_id = ${investorId}::uuid` : empty}
      ${dealId ? sql`and d.deal_id = ${dealId}::uuid` : empty}
      ${subject ? sql`and d.subject = ${subject}` : empty}
      ${after ? sql`and d.id < ${after}::uuid` : empty}
    order by d.id desc limit ${rowLimit(limit + 1)}`)

/**
 * A row for each investor who has a line and no document about it yet; asking again makes none.
 * @returns the ids of all that are still to be made
 */
export async function addNotices(
  db: TenantDb,
  kind: Extract<FundDocumentKind, 'CALL_NOTICE' | 'DISTRIBUTION_NOTICE'>,
  { fundId, subjectId, name }: { fundId: string; subjectId: string; name: string },
): Promise<string[]> {
  const lines =
    kind === 'CALL_NOTICE'
      ? sql`capital_call_lines l where l.tenant_id = ${db.tenantId}::uuid and l.call_id = ${subjectId}::uuid
          and not l.excused and l.due > 0`
      : sql`distribution_lines l where l.tenant_id = ${db.tenantId}::uuid and l.distribution_id = ${subjectId}::uuid`
  await db.execute(sql`insert into fund_documents (tenant_id, id, fund_id, investor_id, kind, subject, revision, name)
    select l.tenant_id, uuidv7(), l.fund_id, l.investor_id, ${kind}::"FundDocumentKind", ${subjectId}, 1, ${name} from ${lines}
    on conflict (tenant_id, fund_id, kind, subject, investor_id, revision) do update
      set state = 'PENDING', error = null where fund_documents.state = 'FAILED'`)
  const pending = await db.query<{
    id: string
  }>(sql`select id from fund_documents where tenant_id = ${db.tenantId}::uuid
    and fund_id = ${fundId}::uuid and kind = ${kind}::"FundDocumentKind" and subject = ${subjectId} and state = 'PENDING' order by id`)
  return pending.map(({ id }) => id)
}

export interface KeptFiles {
  fileId: string
  jsonFileId: string
  csvFileId: string
  sizeBytes: number
  sha256: string
}

/** @returns whether it was still to be made */
export async function markReady(
  db: TenantDb,
  documentId: string,
  files: KeptFiles,
  totals: Readonly<Record<string, string>>,
  now: Date,
): Promise<boolean> {
  const { fileId, jsonFileId, csvFileId, sizeBytes, sha256 } = files
  const changed =
    await db.execute(sql`update fund_documents set state = 'READY', error = null, file_id = ${fileId}::uuid,
      json_file_id = ${jsonFileId}::uuid, csv_file_id = ${csvFileId}::uuid, size_bytes = ${sizeBytes}, sha256 = ${sha256},
      totals = ${JSON.stringify(totals)}::jsonb, ready_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${documentId}::uuid and state = 'PENDING'`)
  return changed === 1
}

/** @returns those that were still to be made */
export const markFailed = (
  db: TenantDb,
  documentIds: readonly string[],
  error: string,
): Promise<{ id: string; fundId: string }[]> =>
  db.query(sql`update fund_documents set state = 'FAILED', error = ${error}
    where tenant_id = ${db.tenantId}::uuid and id = any(${documentIds}::uuid[]) and state = 'PENDING'
    returning id, fund_id as "fundId"`)

export interface NewDocument extends Partial<KeptFiles> {
  id: string
  fundId: string
  investorId: string | null
  dealId: string | null
  kind: FundDocumentKind
  subject: string
  revision: number
  name: string
  fileId: string
  totals: Readonly<Record<string, string>>
  createdById: string | null
}

/** A document whose files are there already. @returns false when this revision exists */
export async function insertReady(db: TenantDb, document: NewDocument, now: Date): Promise<boolean> {
  const { id, fundId, investorId, dealId, kind, subject, revision, name, totals, createdById } = document
  const { fileId, jsonFileId = null, csvFileId = null, sizeBytes = null, sha256 = null } = document
  const added =
    await db.execute(sql`insert into fund_documents (tenant_id, id, fund_id, investor_id, deal_id, kind, subject, revision,
      state, name, file_id, json_file_id, csv_file_id, size_bytes, sha256, totals, created_by_id, created_at, ready_at)
    values (${db.tenantId}::uuid, ${id}::uuid, ${fundId}::uuid, ${investorId}::uuid, ${dealId}::uuid, ${kind}::"FundDocumentKind",
      ${subject}, ${revision}, 'READY', ${name}, ${fileId}::uuid, ${jsonFileId}::uuid, ${csvFileId}::uuid, ${sizeBytes}, ${sha256},
      ${JSON.stringify(totals)}::jsonb, ${createdById}::uuid, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (tenant_id, fund_id, kind, subject, investor_id, revision) do nothing`)
  return added === 1
}

export interface LatestRevision {
  investorId: string
  revision: number
  /** SHA-256 of the figures. */
  figures: string | null
}

/** The last revision of each investor's document about a subject. */
export const readLatest = (
  db: TenantDb,
  fundId: string,
  kind: FundDocumentKind,
  subject: string,
  investorIds: readonly string[],
): Promise<LatestRevision[]> =>
  db.query<LatestRevision>(sql`select distinct on (d.investor_id) d.investor_id as "investorId", d.revision, j.sha256 as figures
    from fund_documents d left join files j on j.tenant_id = d.tenant_id and j.id = d.json_file_id
    where d.tenant_id = ${db.tenantId}::uuid and d.fund_id = ${fundId}::uuid and d.kind = ${kind}::"FundDocumentKind"
      and d.subject = ${subject} and d.investor_id = any(${investorIds}::uuid[])
    order by d.investor_id, d.revision desc`)

/** How far the notices of a call are; of the links, those that were opened. */
export const countNotices = (db: TenantDb, callId: string) =>
  db.queryOne<{ fundId: string; lines: number; ready: number; failed: number; mailed: number; opened: number }>(sql`
    select c.fund_id as "fundId",
      (select count(*)::int from capital_call_lines l where l.tenant_id = c.tenant_id and l.call_id = c.id and not l.excused
        and l.due > 0) as lines,
      (select count(*)::int from fund_documents d where d.tenant_id = c.tenant_id and d.fund_id = c.fund_id
        and d.kind = 'CALL_NOTICE' and d.subject = c.id::text and d.state = 'READY') as ready,
      (select count(*)::int from fund_documents d where d.tenant_id = c.tenant_id and d.fund_id = c.fund_id
        and d.kind = 'CALL_NOTICE' and d.subject = c.id::text and d.state = 'FAILED') as failed,
      (select count(*)::int from capital_call_lines l where l.tenant_id = c.tenant_id and l.call_id = c.id
        and l.notified_at is not null) as mailed,
      (select count(*)::int from capital_call_lines l where l.tenant_id = c.tenant_id and l.call_id = c.id
        and l.opened_at is not null) as opened
    from capital_calls c where c.tenant_id = ${db.tenantId}::uuid and c.id = ${callId}::uuid`)

/** @returns whether it was there */
export const markRemoved = async (
  db: TenantDb,
  documentId: string,
  { by, now }: { by: string | null; now: Date },
): Promise<boolean> =>
  (await db.execute(sql`update fund_documents set removed_at = ${now}::timestamptz, removed_by_id = ${by}::uuid
    where tenant_id = ${db.tenantId}::uuid and id = ${documentId}::uuid and removed_at is null`)) === 1

/** The revision of an upload: a file that was taken away and comes again is the next one. */
export async function nextUploadRevision(db: TenantDb, fundId: string, subject: string): Promise<number> {
  const row = await db.queryOne<{
    removed: number
  }>(sql`select coalesce(max(revision), 0)::int as removed from fund_documents
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and kind = 'UPLOAD' and subject = ${subject}
      and removed_at is not null`)
  return (row?.removed ?? 0) + 1
}

export interface RemovedDocument {
  documentId: string
  name: string
  removedAt: string
  removedBy: string | null
}

/** Those of some documents that were taken away, by whom and when. */
export const findRemoved = (db: TenantDb, documentIds: readonly string[]): Promise<RemovedDocument[]> =>
  db.query<RemovedDocument>(sql`select d.id as "documentId", d.name, ${iso(sql`d.removed_at`)} as "removedAt", m.name as "removedBy"
    from fund_documents d left join members m on m.tenant_id = d.tenant_id and m.id = d.removed_by_id
    where d.tenant_id = ${db.tenantId}::uuid and d.id = any(${[...documentIds]}::uuid[]) and d.removed_at is not null order by d.id`)

/** Whether the fund has, or had, something of a deal. */
export const isAllocated = async (db: TenantDb, fundId: string, dealId: string): Promise<boolean> =>
  (await db.queryOne(sql`select 1 as one from allocations where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid
    and deal_id = ${dealId}::uuid limit 1`)) !== undefined

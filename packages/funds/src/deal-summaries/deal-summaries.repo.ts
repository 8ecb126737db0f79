// The only SQL that reads and writes deal_summaries.
import type { SummaryPassage, SummarySentence, SummarySource, SummaryState } from '@throughline/contracts'
import { instantOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

/** A document of a deal as the reader needs it. */
export interface DealPaper {
  id: string
  name: string
  storageKey: string
  contentType: string
  sizeBytes: number
  sha256: string
  isReadable: boolean
}

/** Uploaded documents of a deal, newest first. */
export const readDealPapers = (db: TenantDb, dealId: string, limit: number): Promise<DealPaper[]> =>
  db.query<DealPaper>(sql`select d.id, d.name, f.storage_key as "storageKey", f.content_type as "contentType",
      f.size_bytes::float8 as "sizeBytes", f.sha256,
      f.content_type = 'application/pdf' or f.content_type like 'text/%' as "isReadable"
    from fund_documents d join files f on f.tenant_id = d.tenant_id and f.id = d.file_id
    where d.tenant_id = ${db.tenantId}::uuid and d.deal_id = ${dealId}::uuid and d.state = 'READY' and d.kind = 'UPLOAD'
      and d.removed_at is null
    order by d.id desc limit ${rowLimit(limit)}`)

export interface SummaryRow {
  id: string
  dealId: string
  number: number
  jobId: string
  state: SummaryState
  inputDigest: string
  provider: string
  model: string | null
  error: string | null
  createdAt: string
  readyAt: string | null
  sentences: SummarySentence[]
  passages: SummaryPassage[]
  sources: SummarySource[]
}

/** A job that was called off, or is gone, will not end it. */
const state = sql`case when s.ready_at is not null then 'READY'
  when s.error is not null or j.id is null or j.state in ('DEAD', 'CANCELLED') then 'FAILED' else 'PENDING' end`
const columns = sql`s.id, s.deal_id as "dealId", s.number, s.job_id as "jobId", ${state} as state,
  s.input_digest as "inputDigest", s.provider, s.model, s.error, ${instantOf(sql`s.created_at`)} as "createdAt",
  ${instantOf(sql`s.ready_at`)} as "readyAt", s.sentences, s.passages, s.sources`
const select = (db: TenantDb, condition: Sql): Promise<SummaryRow[]> =>
  db.query<SummaryRow>(sql`select ${columns} from deal_summaries s
    left join jobs j on j.tenant_id = s.tenant_id and j.id = s.job_id
    where s.tenant_id = ${db.tenantId}::uuid and ${condition}`)

/** The newest version, and the newest that is made: one row where they are the same. */
export const readNewest = (db: TenantDb, dealId: string): Promise<SummaryRow[]> =>
  select(
    db,
    sql`s.deal_id = ${dealId}::uuid and s.number in (
      (select max(n.number) from deal_summaries n where n.tenant_id = ${db.tenantId}::uuid and n.deal_id = ${dealId}::uuid),
      (select max(n.number) from deal_summaries n where n.tenant_id = ${db.tenantId}::uuid and n.deal_id = ${dealId}::uuid
        and n.ready_at is not null)) order by s.number desc`,
  )

export const findSummary = async (db: TenantDb, summaryId: string): Promise<SummaryRow | undefined> =>
  (await select(db, sql`s.id = ${summaryId}::uuid`))[0]

/** @returns its id; nothing when somebody else has written this version */
export const insertSummary = async (
  db: TenantDb,
  given: {
    dealId: string
    number: number
    inputDigest: string
    provider: string
    model: string | null
    createdById: string | null
  },
): Promise<string | undefined> => {
  const { dealId, number, inputDigest, provider, model, createdById } = given
  const row = await db.queryOne<{ id: string }>(sql`
    insert into deal_summaries (tenant_id, id, deal_id, number, input_digest, provider, model, created_by_id)
    values (${db.tenantId}::uuid, uuidv7(), ${dealId}::uuid, ${number}, ${inputDigest}, ${provider}, ${model}, ${createdById}::uuid)
    on conflict (tenant_id, deal_id, number) do nothing returning id`)
  return row?.id
}

export const setSummaryJob = (db: TenantDb, summaryId: string, jobId: string): Promise<number> =>
  db.execute(sql`update deal_summaries set job_id = ${jobId}::uuid
    where tenant_id = ${db.tenantId}::uuid and id = ${summaryId}::uuid`)

export interface MadeSummary
  extends Pick<SummaryRow, 'sentences' | 'passages' | 'sources' | 'inputDigest' | 'provider' | 'model'> {
  now: Date
}

/** @returns whether it was still to be made */
export const writeMade = async (db: TenantDb, summaryId: string, made: MadeSummary): Promise<boolean> => {
  const { sentences, passages, sources, inputDigest, provider, model, now } = made
  return (
    (await db.execute(sql`update deal_summaries set sentences = ${JSON.stringify(sentences)}::jsonb,
      passages = ${JSON.stringify(passages)}::jsonb, sources = ${JSON.stringify(sources)}::jsonb, input_digest = ${inputDigest},
      provider = ${provider}, model = ${model}, error = null, ready_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${summaryId}::uuid and ready_at is null`)) === 1
  )
}

/** @returns whether it was still to be made */
export const writeFailed = async (db: TenantDb, summaryId: string, error: string): Promise<boolean> =>
  (await db.execute(sql`update deal_summaries set error = ${error}
    where tenant_id = ${db.tenantId}::uuid and id = ${summaryId}::uuid and ready_at is null`)) === 1

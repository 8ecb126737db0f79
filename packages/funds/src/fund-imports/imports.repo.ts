// The rows that stand for a file of a fund.
import type { NewFile } from '@throughline/accounts'
import {
  type FundImportKind,
  type FundImportOptions,
  type FundImportPreview,
  type FundImportState,
  type FundImportView,
  fundImportOptions,
  type PageQuery,
} from '@throughline/contracts'
import { type Ctx, decodeCursor, empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

/** `fundImportView` of a row `i`; the preview can be large and is left out of lists. */
const importJson = (preview: Sql): Sql => sql`json_build_object('id', i.id, 'fundId', i.fund_id, 'kind', i.kind,
  'fileName', i.file_name, 'sizeBytes', i.size_bytes, 'sha256', i.sha256, 'state', i.state, 'options', i.options,
  'preview', ${preview}, 'rowsRead', i.rows_read, 'rowsRefused', i.rows_refused, 'jobId', i.job_id, 'error', i.error,
  'createdAt', ${instantOf(sql`i.created_at`)}, 'finishedAt', ${instantOf(sql`i.finished_at`)})`

export async function findImport(db: TenantDb, importId: string): Promise<FundImportView | undefined> {
  const row = await db.queryOne<{ import: FundImportView }>(sql`select ${importJson(sql`i.preview`)} as import
    from fund_imports i where i.tenant_id = ${db.tenantId}::uuid and i.id = ${importId}::uuid`)
  return row?.import
}

/** Newest first, without previews; one more than asked for when there is a next page. */
export async function findImports(
  db: TenantDb,
  fundId: string,
  { limit, cursor }: PageQuery,
): Promise<FundImportView[]> {
  const before = cursor ? sql`and i.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const rows = await db.query<{
    import: FundImportView
  }>(sql`select ${importJson(sql`null::json`)} as import from fund_imports i
    where i.tenant_id = ${db.tenantId}::uuid and i.fund_id = ${fundId}::uuid ${before} order by i.id desc limit ${limit + 1}`)
  return rows.map((row) => row.import)
}

/** What was made, or is being made, of the very same bytes. */
export async function findSameFile(
  db: TenantDb,
  { fundId, kind, sha256 }: { fundId: string; kind: FundImportKind; sha256: string },
): Promise<string | undefined> {
  const row = await db.queryOne<{ id: string }>(sql`select id from fund_imports where tenant_id = ${db.tenantId}::uuid
    and fund_id = ${fundId}::uuid and kind = ${kind}::"FundImportKind" and sha256 = ${sha256} and state in ('COMMITTING', 'COMMITTED')`)
  return row?.id
}

export async function insertImport(
  ctx: Ctx,
  file: NewFile & { fileId: string; fundId: string; kind: FundImportKind; options: FundImportOptions },
): Promise<string> {
  const { fileId, fundId, kind, name, sizeBytes, sha256, options } = file
  const row = await ctx.db.queryOne<{ id: string }>(sql`
    insert into fund_imports (tenant_id, id, fund_id, kind, file_id, file_name, size_bytes, sha256, options, created_by_id, created_at)
    values (${ctx.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${kind}::"FundImportKind", ${fileId}::uuid, ${name}, ${sizeBytes}, ${sha256},
      ${JSON.stringify(options)}::jsonb, ${ctx.actor.id}::uuid, ${ctx.now()}::timestamptz) returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

export interface ImportFile {
  id: string
  fundId: string
  kind: FundImportKind
  state: FundImportState
  fileName: string
  storageKey: string
  sizeBytes: number
  options: FundImportOptions
}

/** What a job needs to read the file of an import. */
export async function findImportFile(db: TenantDb, importId: string): Promise<ImportFile | undefined> {
  const row = await db.queryOne<
    Omit<ImportFile, 'sizeBytes' | 'options'> & { sizeBytes: string; options: unknown }
  >(sql`
    select i.id, i.fund_id as "fundId", i.kind::text as kind, i.state::text as state, i.file_name as "fileName", f.storage_key as "storageKey",
      i.size_bytes as "sizeBytes", i.options
    from fund_imports i join files f on f.tenant_id = i.tenant_id and f.id = i.file_id
    where i.tenant_id = ${db.tenantId}::uuid and i.id = ${importId}::uuid`)
  return row && { ...row, sizeBytes: Number(row.sizeBytes), options: fundImportOptions.parse(row.options) }
}

export interface ImportChanges {
  options?: FundImportOptions
  preview?: FundImportPreview
  rowsRead?: number
  rowsRefused?: number
  error?: { message: string; line?: number }
  finishedAt?: Date
}

/** Compare and set; what is left out stays. @returns whether the import was in one of `from` */
export async function changeImport(
  db: TenantDb,
  importId: string,
  { from, to, changes = {} }: { from: readonly FundImportState[]; to: FundImportState; changes?: ImportChanges },
): Promise<boolean> {
  const json = (value: object | undefined) => (value ? JSON.stringify(value) : null)
  const { options, preview, rowsRead, rowsRefused, error, finishedAt } = changes
  const count = await db.execute(sql`update fund_imports set state = ${to}::"FundImportState",
    options = coalesce(${json(options)}::jsonb, options), preview = coalesce(${json(preview)}::jsonb, preview),
    rows_read = coalesce(${rowsRead ?? null}::int, rows_read), rows_refused = coalesce(${rowsRefused ?? null}::int, rows_refused),
    error = coalesce(${json(error)}::jsonb, error), finished_at = coalesce(${finishedAt ?? null}::timestamptz, finished_at)
    where tenant_id = ${db.tenantId}::uuid and id = ${importId}::uuid and state::text = any(${[...from]}::text[])`)
  return count === 1
}

/** Notes the job that is at work on an import. */
export const noteJob = (db: TenantDb, importId: string, jobId: string): Promise<number> =>
  db.execute(
    sql`update fund_imports set job_id = ${jobId}::uuid where tenant_id = ${db.tenantId}::uuid and id = ${importId}::uuid`,
  )

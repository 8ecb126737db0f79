// How the files of one source are written, remembered for the next of them.
import type { ImportMapping, ImportOptions, ImportSourceView, RecordKind } from '@throughline/contracts'
import { empty, instantOf, sql, type TenantDb } from '@throughline/db'

const sourceJson = sql`json_build_object('id', s.id, 'kind', s.kind, 'name', s.name, 'headers', s.headers, 'mapping', s.mapping,
  'options', s.options, 'updatedAt', ${instantOf(sql`s.updated_at`)})`

export interface SourceInput {
  kind: RecordKind
  name: string
  headers: readonly string[]
  mapping: ImportMapping
  options: ImportOptions
}

/** Saves under a name; what was saved under it before is replaced. @returns the id */
export async function saveSource(db: TenantDb, source: SourceInput): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into import_sources as s (tenant_id, id, kind, name, headers, mapping, options, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), ${source.kind}::"RecordKind", ${source.name}, ${JSON.stringify(source.headers)}::jsonb,
      ${JSON.stringify(source.mapping)}::jsonb, ${JSON.stringify(source.options)}::jsonb, now())
    on conflict (tenant_id, kind, name) do update set headers = excluded.headers, mapping = excluded.mapping,
      options = excluded.options, updated_at = excluded.updated_at
    returning id`)
  if (!row) throw new Error('a source was not saved')
  return row.id
}

/** The source whose files have these headers; the one used last, if there are several. */
export async function findSourceOf(
  db: TenantDb,
  kind: RecordKind,
  headers: readonly string[],
): Promise<ImportSourceView | undefined> {
  const row = await db.queryOne<{ source: ImportSourceView }>(sql`select ${sourceJson} as source from import_sources s
    where s.tenant_id = ${db.tenantId}::uuid and s.kind = ${kind}::"RecordKind" and s.headers = ${JSON.stringify(headers)}::jsonb
    order by s.updated_at desc, s.id limit 1`)
  return row?.source
}

/** By name; one more than asked for when there is a next page. */
export async function findSources(
  db: TenantDb,
  { kind, limit, after }: { kind: RecordKind | undefined; limit: number; after: [string, string] | null },
): Promise<ImportSourceView[]> {
  const ofKind = kind ? sql`and s.kind = ${kind}::"RecordKind"` : empty
  const behind = after ? sql`and (s.name, s.id) > (${after[0]}, ${after[1]}::uuid)` : empty
  const rows = await db.query<{ source: ImportSourceView }>(sql`select ${sourceJson} as source from import_sources s
    where s.tenant_id = ${db.tenantId}::uuid ${ofKind} ${behind} order by s.name, s.id limit ${limit + 1}`)
  return rows.map(({ source }) => source)
}

export async function findSource(db: TenantDb, sourceId: string): Promise<ImportSourceView | undefined> {
  const row = await db.queryOne<{ source: ImportSourceView }>(sql`select ${sourceJson} as source from import_sources s
    where s.tenant_id = ${db.tenantId}::uuid and s.id = ${sourceId}::uuid`)
  return row?.source
}

export const isNameTaken = async (db: TenantDb, { id, kind, name }: ImportSourceView): Promise<boolean> =>
  (await db.queryOne(sql`select 1 as taken from import_sources where tenant_id = ${db.tenantId}::uuid
    and kind = ${kind}::"RecordKind" and name = ${name} and id <> ${id}::uuid`)) !== undefined

export const changeSource = (db: TenantDb, { id, name, mapping, options }: ImportSourceView): Promise<number> =>
  db.execute(sql`update import_sources set name = ${name}, mapping = ${JSON.stringify(mapping)}::jsonb,
    options = ${JSON.stringify(options)}::jsonb, updated_at = now() where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

export const deleteSource = (db: TenantDb, sourceId: string): Promise<number> =>
  db.execute(sql`delete from import_sources where tenant_id = ${db.tenantId}::uuid and id = ${sourceId}::uuid`)

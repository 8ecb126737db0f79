// The tables of tenants as the database's own catalog knows them, so that a table of next year is in every test that
// walks them: one row of each for a tenant, and a checksum of all that a tenant has.
import { randomUUID } from 'node:crypto'
import { type Db, type Sql, sql } from '@throughline/db'

export interface TenantColumn {
  name: string
  /** As Postgres formats it: `uuid`, `text`, `character(3)`, `"DealStage"`. */
  type: string
  nullable: boolean
  hasDefault: boolean
  /** First label of an enum; null for everything else. */
  firstLabel: string | null
  /** Whether tenant work may change it. */
  updatable: boolean
}

export interface ForeignKey {
  name: string
  columns: string[]
  table: string
  references: string[]
}

export interface TenantTable {
  name: string
  /** `tenant_id`; `id` of the table of tenants itself. */
  tenantColumn: string
  primaryKey: string[]
  columns: TenantColumn[]
  /** To other tables of tenants. */
  foreignKeys: ForeignKey[]
  /** What tenant work may do with whole rows. */
  insertable: boolean
  deletable: boolean
}

/** Every table that a tenant's rows are in, partitions left out: they are reached through their parent. */
export const readTenantTables = (db: Db): Promise<TenantTable[]> =>
  db.query<TenantTable>(sql`
    with tables as (
      select c.oid, c.relname as name from pg_class c
      where c.relkind in ('r', 'p') and not c.relispartition
        and exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive)
    ), columns as (
      select a.attrelid as oid, json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
        'nullable', not a.attnotnull, 'hasDefault', a.atthasdef,
        'firstLabel', (select e.enumlabel from pg_enum e where e.enumtypid = a.atttypid order by e.enumsortorder limit 1),
        'updatable', has_column_privilege('app_tenant', a.attrelid, a.attnum, 'update')) order by a.attnum) as columns,
        case when bool_or(a.attname = 'tenant_id') then 'tenant_id' else 'id' end as tenant_column
      from pg_attribute a where a.attnum > 0 and not a.attisdropped group by 1
    ), keys as (
      -- A key from part to part is one of the whole tables.
      select coalesce(pg_partition_root(k.conrelid), k.conrelid)::oid as oid, k.conname as name, k.contype,
        coalesce(pg_partition_root(k.confrelid), k.confrelid)::oid as confrelid, f.relname as "table",
        (select json_agg(a.attname order by n) from unnest(k.conkey) with ordinality u(attnum, n)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.attnum) as columns,
        (select json_agg(a.attname order by n) from unnest(k.confkey) with ordinality u(attnum, n)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.attnum) as "references"
      from pg_constraint k left join pg_class f on f.oid = coalesce(pg_partition_root(k.confrelid), k.confrelid)
      where k.contype in ('p', 'f') and k.conparentid = 0 and not exists (select 1 from pg_constraint other where other.contype = k.contype
        and other.conname = k.conname and other.oid < k.oid and pg_partition_root(other.conrelid) = pg_partition_root(k.conrelid))
    )
    select t.name, c.tenant_column as "tenantColumn", c.columns,
      (select k.columns from keys k where k.oid = t.oid and k.contype = 'p') as "primaryKey",
      coalesce((select json_agg(json_build_object('name', k.name, 'columns', k.columns, 'table', k."table",
        'references', k."references") order by k.name) from keys k
        where k.oid = t.oid and k.contype = 'f' and k.confrelid in (select oid from tables)), '[]') as "foreignKeys",
      has_table_privilege('app_tenant', t.oid, 'insert') as insertable,
      has_table_privilege('app_tenant', t.oid, 'delete') as deletable
    from tables t join columns c on c.oid = t.oid order by t.name`)

const quoted = (name: string): string => `"${name}"`

/** Names of tables and columns come from the catalog and from nowhere else. */
const rowsOf = ({ name, tenantColumn }: TenantTable, tenantId: string): Sql =>
  sql([`from ${quoted(name)} t where ${quoted(tenantColumn)} = `, `::uuid`], tenantId)

/** The rows of a tenant in one table, with the names that the columns have. */
export const readTenantRows = async (db: Db, table: TenantTable, tenantId: string) =>
  (await db.query<{ row: Record<string, unknown> }>(sql`select to_jsonb(t) as row ${rowsOf(table, tenantId)}`)).map(
    ({ row }) => row,
  )

/** A checksum per table of everything that a tenant has: the same before and after, and nobody has touched it. */
export async function tenantChecksums(db: Db, tenantId: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const table of await readTenantTables(db)) {
    const row = await db.queryOne<{ sum: string }>(
      sql`select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
          ${rowsOf(table, tenantId)}`,
    )
    sums[table.name] = row?.sum ?? ''
  }
  return sums
}

/** A value that fits the type; undefined leaves the column to its default. */
function valueFor({ type, nullable, hasDefault, firstLabel }: TenantColumn, text: string): unknown {
  if (type === 'uuid') return randomUUID()
  if (type === 'text') return text
  if (type === 'text[]') return [text]
  if (type === 'json' || type === 'jsonb') return { text }
  if (hasDefault || nullable) return undefined
  if (firstLabel !== null) return firstLabel
  const width = type.match(/^character\((\d+)\)$/)?.[1]
  if (width) return 'X'.repeat(Number(width))
  if (type.startsWith('timestamp') || type === 'date') return new Date().toISOString()
  if (type === 'boolean') return false
  return 1
}

/**
 * Gives a tenant one row in each table where it has none, made from the catalog, with `text` in every text.
 * @returns the tables that were filled
 * @throws Error when a row needs something that only a table outside of the tenant's has
 */
export async function fillTenantTables(db: Db, tenantId: string, text: string): Promise<string[]> {
  const filled: string[] = []
  const tables = new Map((await readTenantTables(db)).map((table) => [table.name, table]))
  const waiting = new Map(tables)
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ name, foreignKeys }) =>
      foreignKeys.every((key) => key.table === name || !waiting.has(key.table)),
    )
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()]}`)
    for (const table of ready) {
      waiting.delete(table.name)
      if ((await readTenantRows(db, table, tenantId)).length > 0) continue
      const row = await rowFor(db, tables, table, { tenantId, text })
      if (table.name === 'ledger_entries') await insertEntry(db, table, row)
      else await insertRow(db, table, row)
      filled.push(table.name)
    }
  }
  return filled
}

/** A row that refers to the tenant's own rows, wherever it refers to any. */
async function rowFor(
  db: Db,
  tables: Map<string, TenantTable>,
  table: TenantTable,
  { tenantId, text }: { tenantId: string; text: string },
): Promise<Record<string, unknown>> {
  const row = Object.fromEntries(
    table.columns.flatMap((column) => {
      const value = valueFor(column, text)
      return value === undefined ? [] : [[column.name, value]]
    }),
  )
  for (const key of table.foreignKeys) {
    const target = tables.get(key.table)
    const [found] = target ? await readTenantRows(db, target, tenantId) : []
    for (const [index, column] of key.columns.entries()) row[column] = found?.[key.references[index] ?? ''] ?? null
  }
  return { ...row, [table.tenantColumn]: tenantId }
}

/** Inserts a row as it is. */
async function insertRow(db: Db, { name }: TenantTable, row: Record<string, unknown>): Promise<void> {
  const columns = Object.keys(row).map(quoted).join(', ')
  await db.execute(
    sql(
      [
        `insert into ${quoted(name)} (${columns}) select ${columns} from jsonb_populate_record(null::${quoted(name)}, `,
        '::jsonb)',
      ],
      JSON.stringify(row),
    ),
  )
}

/** An entry of the books is nothing without lines that sum to zero, written by the same transaction. */
const insertEntry = (db: Db, table: TenantTable, row: Record<string, unknown>): Promise<void> =>
  db.transaction(async () => {
    // What the lines sum up to is written by a trigger under the policies of the tenant.
    await db.execute(sql`select set_config('app.tenant_id', ${row.tenant_id}, true)`)
    await insertRow(db, table, row)
    await db.execute(sql`
      insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
      select e.tenant_id, e.id, n, e.fund_id, 'call_receivable', uuidv7(), e.effective_on, case n when 1 then 1 else -1 end
      from ledger_entries e, generate_series(1, 2) n
      where e.tenant_id = ${row.tenant_id}::uuid and e.id = ${row.id}::uuid`)
  })

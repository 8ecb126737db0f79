import type { CreateCustomField, CustomFieldType, RecordKind } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface CustomFieldRow {
  id: string
  kind: RecordKind
  key: string
  label: string
  type: CustomFieldType
  options: string[]
  position: number
  version: number
  archivedAt: Date | null
}

const columns = sql`id, kind::text as kind, key, label, type::text as type, options, position, version,
  archived_at as "archivedAt"`

/** In their order; the archived ones too. */
export const findFields = (db: TenantDb, kind: RecordKind): Promise<CustomFieldRow[]> =>
  db.query<CustomFieldRow>(sql`select ${columns} from custom_fields
    where tenant_id = ${db.tenantId}::uuid and kind = ${kind}::"RecordKind" order by position, id`)

/** One definition comes after the other: keys and limits are counted over all of them. */
export const holdDefinitions = (db: TenantDb): Promise<number> =>
  db.execute(sql`select 1 from tenants where id = ${db.tenantId}::uuid for update`)

export const findField = (db: TenantDb, fieldId: string): Promise<CustomFieldRow | undefined> =>
  db.queryOne<CustomFieldRow>(sql`select ${columns} from custom_fields
    where tenant_id = ${db.tenantId}::uuid and id = ${fieldId}::uuid`)

export const insertField = (
  db: TenantDb,
  { kind, label, type, options, key, position }: CreateCustomField & { key: string; position: number },
): Promise<CustomFieldRow | undefined> =>
  db.queryOne<CustomFieldRow>(sql`
    insert into custom_fields (tenant_id, id, kind, key, label, type, options, position)
    values (${db.tenantId}::uuid, uuidv7(), ${kind}::"RecordKind", ${key}, ${label}, ${type}::"CustomFieldType",
      ${options}::text[], ${position})
    returning ${columns}`)

/** Writes what may change of a definition. */
export const writeField = (
  db: TenantDb,
  { id, label, options, archivedAt }: Pick<CustomFieldRow, 'id' | 'label' | 'options' | 'archivedAt'>,
): Promise<CustomFieldRow | undefined> =>
  db.queryOne<CustomFieldRow>(sql`
    update custom_fields set label = ${label}, options = ${options}::text[], archived_at = ${archivedAt}::timestamptz,
      version = version + 1
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid returning ${columns}`)

/** Puts the fields into this order. */
export const writeOrder = (db: TenantDb, ids: readonly string[]): Promise<number> =>
  db.execute(sql`update custom_fields f set position = o.n
    from unnest(${ids}::uuid[]) with ordinality o(id, n)
    where f.tenant_id = ${db.tenantId}::uuid and f.id = o.id`)

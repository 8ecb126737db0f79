// What lists of companies and of contacts have in common: filters, the two orders, and where a page goes on.
import { instant, type ListCompanies, type Page, type RecordSort } from '@throughline/contracts'
import { asIs, decodeCursor, empty, instantOf, join, type Sql, sql, type TenantDb, toPage } from '@throughline/db'
import * as z from 'zod'
import { searchCondition } from '../search/index.ts'

/** What every company and contact `c` carries, with its owner `o`. */
export const recordColumns: Sql = sql`c.tags, c.version,
  case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end as owner,
  ${instantOf(sql`c.created_at`)} as "createdAt", ${instantOf(sql`c.updated_at`)} as "updatedAt",
  ${instantOf(sql`c.deleted_at`)} as "deletedAt"`

export const ownerJoin: Sql = sql`left join members o on o.tenant_id = c.tenant_id and o.id = c.owner_id`

type RecordKind = 'company' | 'contact'
type RecordFilter = Pick<ListCompanies, 'q' | 'ownerId' | 'tag' | 'deleted'>

/** The condition on records `c` that both lists and their files know; words are one short question more. */
export async function recordCondition(db: TenantDb, kind: RecordKind, filter: RecordFilter): Promise<Sql> {
  const { q, ownerId, tag, deleted } = filter
  const conditions = [
    sql`c.tenant_id = ${db.tenantId}::uuid`,
    deleted ? sql`and c.deleted_at is not null` : sql`and c.deleted_at is null`,
    ownerId ? sql`and c.owner_id = any(${ownerId}::uuid[])` : empty,
    tag ? sql`and c.tags @> ${tag}::text[]` : empty,
    q ? sql`and ${await searchCondition(db, { kind, q, row: sql`c`, deleted })}` : empty,
  ]
  return join(conditions, ' ')
}

/** The order of a dictionary, which the indexes of names have. */
const inOrder = sql`c.name collate "und-x-icu"`

const nameCursor = z.tuple([z.literal('name'), z.string(), z.uuid()])
const newestCursor = z.tuple([z.literal('newest'), instant, z.uuid()])

/** Records `c` behind a cursor. @throws AppError validation_failed for a cursor of another list or order */
export function afterCursor(sort: RecordSort, cursor: string | undefined): Sql {
  if (!cursor) return empty
  if (sort === 'name') {
    const [, name, id] = decodeCursor(cursor, nameCursor)
    return sql`and (${inOrder}, c.id) > (${name}, ${id}::uuid)`
  }
  const [, createdAt, id] = decodeCursor(cursor, newestCursor)
  return sql`and (c.created_at, c.id) < (${createdAt}::timestamptz, ${id}::uuid)`
}

export const orderOf = (sort: RecordSort): Sql =>
  sort === 'name' ? sql`${inOrder}, c.id` : sql`c.created_at desc, c.id desc`

/** A page of rows, of which one more was read. */
export const recordPage = <Row extends { id: string; name: string; createdAt: string }>(
  rows: Row[],
  limit: number,
  sort: RecordSort,
): Page<Row> => toPage(rows, limit, ({ id, name, createdAt }) => [sort, sort === 'name' ? name : createdAt, id], asIs)

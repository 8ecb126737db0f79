// A deal as the API shows it, built by Postgres: one statement, however many deals, and no work for Node.
import { type DealSort, type DealStage, instant, type ListDeals } from '@throughline/contracts'
import {
  decodeCursor,
  empty,
  type JsonShape,
  join,
  jsonShape,
  likePattern,
  rowLimit,
  type Sql,
  sql,
  type TenantDb,
} from '@throughline/db'
import * as z from 'zod'

/** An instant in ISO 8601, UTC, whatever the time zone of the session. */
const instantOf = (column: Sql): Sql => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** `dealView` of a row `d`, with what `dealJoins` brings. */
export const dealShape: JsonShape = jsonShape([
  { name: 'id', column: sql`d.id`, kind: 'plain' },
  { name: 'title', column: sql`d.title`, kind: 'text' },
  { name: 'value', column: sql`d.value`, kind: 'plain' },
  { name: 'currency', column: sql`d.currency`, kind: 'text' },
  { name: 'stage', column: sql`d.stage`, kind: 'plain' },
  { name: 'priority', column: sql`d.priority`, kind: 'plain' },
  { name: 'leadScore', column: sql`d.lead_score`, kind: 'bare' },
  { name: 'leadSource', column: sql`d.lead_source`, kind: 'text' },
  {
    name: 'owner',
    fields: [
      { name: 'id', column: sql`o.id`, kind: 'plain' },
      { name: 'name', column: sql`o.name`, kind: 'text' },
    ],
  },
  {
    name: 'company',
    fields: [
      { name: 'id', column: sql`co.id`, kind: 'plain' },
      { name: 'name', column: sql`co.name`, kind: 'text' },
      { name: 'domain', column: sql`co.domain`, kind: 'text' },
    ],
  },
  {
    name: 'contact',
    fields: [
      { name: 'id', column: sql`ct.id`, kind: 'plain' },
      { name: 'name', column: sql`ct.name`, kind: 'text' },
      { name: 'email', column: sql`ct.email`, kind: 'text' },
    ],
  },
  { name: 'expectedCloseDate', column: sql`d.expected_close_date`, kind: 'plain' },
  { name: 'closedAt', column: sql`d.closed_at`, kind: 'instant' },
  { name: 'lostReason', column: sql`d.lost_reason`, kind: 'text' },
  { name: 'notes', column: sql`d.notes`, kind: 'text' },
  { name: 'version', column: sql`d.version`, kind: 'bare' },
  { name: 'createdAt', column: sql`d.created_at`, kind: 'instant' },
  { name: 'updatedAt', column: sql`d.updated_at`, kind: 'instant' },
])

/**
 * The same, written by Postgres, where the page is a part of a larger statement. A row type is written faster than
 * `json_build_object` writes the same: it does not look up the type of each argument at each call.
 */
export const dealJson: Sql = sql`(select row_to_json(v) from (select
  d.id, d.title, d.value::text as value, d.currency, d.stage, d.priority, d.lead_score as "leadScore",
  d.lead_source as "leadSource", o as owner, co as company, ct as contact, d.expected_close_date as "expectedCloseDate",
  ${instantOf(sql`d.closed_at`)} as "closedAt", d.lost_reason as "lostReason", d.notes, d.version,
  ${instantOf(sql`d.created_at`)} as "createdAt", ${instantOf(sql`d.updated_at`)} as "updatedAt") v)::text`

/**
 * Owner `o`, company `co` and contact `ct` of a deal `d`, each with the fields that `dealView` shows, in their order.
 * The limit, of rows that are one anyway, keeps the planner from reading and hashing a whole tenant's table for a page.
 */
export const dealJoins: Sql = sql`
  left join lateral (select id, name from members
    where tenant_id = d.tenant_id and id = d.owner_id limit 1) o on true
  left join lateral (select id, name, domain from companies
    where tenant_id = d.tenant_id and id = d.company_id limit 1) co on true
  left join lateral (select id, name, email from contacts
    where tenant_id = d.tenant_id and id = d.contact_id limit 1) ct on true`

export type DealFilter = Pick<ListDeals, 'q' | 'stage' | 'ownerId'> & { companyId?: string }

const matching = (tenantId: string, q: string): Sql => {
  const pattern = likePattern(q)
  return sql`and (d.title ilike ${pattern}
    or d.company_id in (select id from companies where tenant_id = ${tenantId}::uuid and (name ilike ${pattern} or domain ilike ${pattern}))
    or d.contact_id in (select id from contacts where tenant_id = ${tenantId}::uuid and (name ilike ${pattern} or email ilike ${pattern})))`
}

const inStages = ([first, ...more]: DealStage[]): Sql =>
  more.length === 0
    ? sql`and d.stage = ${first}::"DealStage"`
    : sql`and d.stage = any(${[first, ...more]}::"DealStage"[])`

/** The condition on deals `d` that a list, the board and the cursor share. */
export const dealWhere = (tenantId: string, { q, stage, ownerId, companyId }: DealFilter): Sql =>
  join(
    [
      sql`d.tenant_id = ${tenantId}::uuid`,
      stage && stage.length > 0 ? inStages(stage) : empty,
      ownerId && ownerId.length > 0 ? sql`and d.owner_id = any(${ownerId}::uuid[])` : empty,
      companyId ? sql`and d.company_id = ${companyId}::uuid` : empty,
      q ? matching(tenantId, q) : empty,
    ],
    ' ',
  )

interface SortKey {
  column: Sql
  /** The key as text, exact enough to come back as a cursor. */
  text: Sql
  cast: Sql
  schema: z.ZodType<string>
}
const sortKeys: Readonly<Record<DealSort, SortKey>> = {
  newest: {
    column: sql`d.created_at`,
    text: instantOf(sql`d.created_at`),
    cast: sql`::timestamptz`,
    schema: instant,
  },
  value: {
    column: sql`d.value`,
    text: sql`d.value::text`,
    cast: sql`::numeric`,
    schema: z.string().regex(/^-?\d{1,16}\.\d{2}$/),
  },
  score: {
    column: sql`d.lead_score`,
    text: sql`d.lead_score::text`,
    cast: sql`::int`,
    schema: z.string().regex(/^-?\d{1,4}$/),
  },
}

const after = (sort: DealSort, cursor: string): Sql => {
  const { column, cast, schema } = sortKeys[sort]
  const [, key, id] = decodeCursor(cursor, z.tuple([z.literal(sort), schema, z.uuid()]))
  return sql`and (${column}, d.id) < (${key}${cast}, ${id}::uuid)`
}

export interface DealPageRow {
  /** JSON array of `dealView`. */
  deals: string
  more: boolean
  /** Sort key and id of the last deal of the page. */
  lastKey: string | null
  lastId: string | null
}

/** The first `limit` deals that meet `where`, and one more if there is one: the columns of `dealShape`, then the sort key. */
export const rowsStatement = (where: Sql, sort: DealSort, limit: number, cursor?: string): Sql => {
  const { column, text } = sortKeys[sort]
  const order = sql`${column} desc, d.id desc`
  return sql`select ${dealShape.columns}, ${text} from (
      select * from deals d where ${where} ${cursor ? after(sort, cursor) : empty}
      order by ${order} limit ${rowLimit(limit + 1)}
    ) d ${dealJoins} order by ${order}`
}

/**
 * Selects one row, `DealPageRow`, with the first `limit` deals that meet `where`. Deals are picked before anything is
 * joined to them, and one more than asked for tells whether there is a next page.
 */
export function pageStatement(where: Sql, sort: DealSort, limit: number, cursor?: string): Sql {
  const { column, text } = sortKeys[sort]
  const order = sql`${column} desc, d.id desc`
  return sql`select coalesce('[' || string_agg(p.deal, ',' order by p.n) filter (where p.n <= ${rowLimit(limit)}) || ']', '[]') as deals,
    coalesce(max(p.n) > ${rowLimit(limit)}, false) as more,
    max(p.key) filter (where p.n = ${rowLimit(limit)}) as "lastKey", max(p.id) filter (where p.n = ${rowLimit(limit)}) as "lastId"
    from (
      select row_number() over (order by ${order}) as n, ${text} as key, d.id::text as id, ${dealJson} as deal
      from (
        select * from deals d where ${where} ${cursor ? after(sort, cursor) : empty}
        order by ${order} limit ${rowLimit(limit + 1)}
      ) d ${dealJoins}
    ) p`
}

export interface DealText {
  /** JSON text of a `dealView`. */
  text: string
  version: number
}

/** One deal as the API shows it. */
export async function findDealText(db: TenantDb, dealId: string): Promise<DealText | undefined> {
  const [row] = await db.queryTexts(sql`select ${dealShape.columns}, d.version from deals d ${dealJoins}
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${dealId}::uuid`)
  return row && { text: dealShape.write(row), version: Number(row[dealShape.width]) }
}

// A deal as the API shows it, built by Postgres: one statement, however many deals, and no work for Node.
import { type DealSort, type DealStage, instant, type ListDeals } from '@throughline/contracts'
import { decodeCursor, empty, join, likePattern, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

/** An instant in ISO 8601, UTC, whatever the time zone of the session. */
const instantOf = (column: Sql): Sql => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** `dealView` of a row `d`, with what `dealJoins` brings. */
export const dealJson: Sql = sql`json_build_object(
  'id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency, 'stage', d.stage,
  'priority', d.priority, 'leadScore', d.lead_score, 'leadSource', d.lead_source,
  'owner', case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end,
  'company', case when co.id is not null
    then json_build_object('id', co.id, 'name', co.name, 'domain', co.domain) end,
  'contact', case when ct.id is not null
    then json_build_object('id', ct.id, 'name', ct.name, 'email', ct.email) end,
  'expectedCloseDate', d.expected_close_date, 'closedAt', ${instantOf(sql`d.closed_at`)},
  'lostReason', d.lost_reason, 'notes', d.notes, 'version', d.version,
  'createdAt', ${instantOf(sql`d.created_at`)}, 'updatedAt', ${instantOf(sql`d.updated_at`)})`

/** Owner `o`, company `co` and contact `ct` of a deal `d`. */
export const dealJoins: Sql = sql`
  left join members o on o.tenant_id = d.tenant_id and o.id = d.owner_id
  left join companies co on co.tenant_id = d.tenant_id and co.id = d.company_id
  left join contacts ct on ct.tenant_id = d.tenant_id and ct.id = d.contact_id`

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

/**
 * Selects one row, `DealPageRow`, with the first `limit` deals that meet `where`. Deals are picked before anything is
 * joined to them, and one more than asked for tells whether there is a next page.
 */
export function pageStatement(where: Sql, sort: DealSort, limit: number, cursor?: string): Sql {
  const { column, text } = sortKeys[sort]
  return sql`select coalesce(json_agg(p.deal order by p.n) filter (where p.n <= ${limit}), '[]')::text as deals,
    coalesce(max(p.n) > ${limit}, false) as more,
    max(p.key) filter (where p.n = ${limit}) as "lastKey", max(p.id) filter (where p.n = ${limit}) as "lastId"
    from (
      select row_number() over (order by ${column} desc, d.id desc) as n, ${text} as key, d.id::text as id, ${dealJson} as deal
      from (
        select * from deals d where ${where} ${cursor ? after(sort, cursor) : empty}
        order by ${column} desc, d.id desc limit ${limit + 1}
      ) d ${dealJoins}
    ) p`
}

/** One deal as the API shows it. */
export async function findDeal(db: TenantDb, dealId: string) {
  const row = await db.queryOne<{ deal: unknown }>(
    sql`select ${dealJson} as deal from deals d ${dealJoins} where d.tenant_id = ${db.tenantId}::uuid and d.id = ${dealId}::uuid`,
  )
  return row?.deal
}

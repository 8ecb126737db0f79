// A page of deals: one statement picks them by a sort key, and Postgres writes the JSON.
import { type DealSort, dateOnly, instant } from '@throughline/contracts'
import { decodeCursor, empty, encodeCursor, instantOf, rowLimit, type Sql, sql } from '@throughline/db'
import * as z from 'zod'
import { dealJoins, dealShape } from './deal-json.repo.ts'

interface SortKey {
  column: Sql
  /** The key as text, exact enough to come back as a cursor. */
  text: Sql
  cast: Sql
  schema: z.ZodType<string>
  /** Its natural direction. */
  descending: boolean
  /** Deals may be without it; they come last, whichever way the others go. */
  mayBeMissing?: true
}
const sortKeys: Readonly<Record<DealSort, SortKey>> = {
  newest: {
    column: sql`d.created_at`,
    text: instantOf(sql`d.created_at`),
    cast: sql`::timestamptz`,
    schema: instant,
    descending: true,
  },
  updated: {
    column: sql`d.updated_at`,
    text: instantOf(sql`d.updated_at`),
    cast: sql`::timestamptz`,
    schema: instant,
    descending: true,
  },
  value: {
    column: sql`d.value`,
    text: sql`d.value::text`,
    cast: sql`::numeric`,
    schema: z.string().regex(/^-?\d{1,16}\.\d{2}$/),
    descending: true,
  },
  score: {
    column: sql`d.lead_score`,
    text: sql`d.lead_score::text`,
    cast: sql`::int`,
    schema: z.string().regex(/^-?\d{1,4}$/),
    descending: true,
  },
  closeDate: {
    column: sql`d.expected_close_date`,
    text: sql`d.expected_close_date::text`,
    cast: sql`::date`,
    schema: dateOnly,
    descending: false,
    mayBeMissing: true,
  },
}

export interface PageOrder {
  sort: DealSort
  /** Against the natural direction of the sort. */
  reverse: boolean
}

const isDescending = ({ sort, reverse }: PageOrder): boolean => sortKeys[sort].descending !== reverse
/** One name for a sort and its direction, so that a cursor of the one is refused by the other. */
const nameOf = ({ sort, reverse }: PageOrder): string => (reverse ? `${sort}-` : sort)

/** Sort key, null for a deal without one, and id of the last deal of the page before. */
function placeOf(order: PageOrder, cursor: string): { key: string | null; id: string } {
  const { schema, mayBeMissing } = sortKeys[order.sort]
  const keySchema = mayBeMissing ? schema.nullable() : schema
  const [, key, id] = decodeCursor(cursor, z.tuple([z.literal(nameOf(order)), keySchema, z.uuid()]))
  return { key, id }
}

export interface DealPageRow {
  /** JSON array of `dealView`. */
  deals: string
  more: boolean
  /** Sort key and id of the last deal of the page. */
  lastKey: string | null
  lastId: string | null
}

/** Where the next page of the same order begins; null on the last. */
export const cursorAfter = (order: PageOrder, { more, lastKey, lastId }: Omit<DealPageRow, 'deals'>): string | null =>
  more ? encodeCursor([nameOf(order), lastKey, lastId]) : null

const wayOf = (order: PageOrder): Sql => (isDescending(order) ? sql`desc` : sql`asc`)

/** The order of all that a list shows, page by page. */
export function dealOrder(order: PageOrder): Sql {
  const { column, mayBeMissing } = sortKeys[order.sort]
  return sql`${column} ${wayOf(order)} ${mayBeMissing ? sql`nulls last` : empty}, d.id ${wayOf(order)}`
}

/** The first `limit` deals that meet `where`, and one more if there is one: the columns of `dealShape`, then the sort key. */
export function rowsStatement(where: Sql, pageOrder: PageOrder, limit: number, cursor?: string): Sql {
  const { text } = sortKeys[pageOrder.sort]
  const picked = pick(where, pageOrder, limit, cursor)
  return sql`select ${dealShape.columns}, ${text} from (${picked}) d ${dealJoins} order by ${dealOrder(pageOrder)}`
}

/** One more than `limit`, picked before anything is joined to them. */
function pick(where: Sql, order: PageOrder, limit: number, cursor?: string): Sql {
  const { column, cast, mayBeMissing } = sortKeys[order.sort]
  const [way, beyond] = [wayOf(order), isDescending(order) ? sql`<` : sql`>`]
  const most = rowLimit(limit + 1)
  const place = cursor ? placeOf(order, cursor) : undefined
  // Without "nulls last": of either half the index, which has them last, knows this order in both directions.
  const matching = (condition: Sql) =>
    sql`select * from deals d where ${where} ${condition} order by ${column} ${way}, d.id ${way} limit ${most}`
  const after =
    place && place.key !== null ? sql`and (${column}, d.id) ${beyond} (${place.key}${cast}, ${place.id}::uuid)` : empty
  if (!mayBeMissing) return matching(after)
  if (place && place.key === null) return matching(sql`and ${column} is null and d.id ${beyond} ${place.id}::uuid`)
  if (!place && !isDescending(order)) return matching(empty)
  return sql`with keyed as materialized (${matching(sql`and ${column} is not null ${after}`)})
    select * from (
      select * from keyed union all
      select * from (${matching(sql`and ${column} is null and (select count(*) from keyed) < ${most}`)}) keyless
    ) d order by ${dealOrder(order)} limit ${most}`
}

/**
 * Selects one row, `DealPageRow`, with the first `limit` deals that meet `where`. Deals are picked before anything is
 * joined to them, and one more than asked for tells whether there is a next page.
 */
export function pageStatement(where: Sql, pageOrder: PageOrder, limit: number, cursor?: string): Sql {
  const { text } = sortKeys[pageOrder.sort]
  const picked = pick(where, pageOrder, limit, cursor)
  const shown = rowLimit(limit)
  return sql`select coalesce('[' || string_agg(p.deal, ',' order by p.n) filter (where p.n <= ${shown}) || ']', '[]') as deals,
    coalesce(max(p.n) > ${shown}, false) as more,
    max(p.key) filter (where p.n = ${shown}) as "lastKey", max(p.id) filter (where p.n = ${shown}) as "lastId"
    from (
      select row_number() over (order by ${dealOrder(pageOrder)}) as n, ${text} as key, d.id::text as id, ${dealShape.json} as deal
      from (${picked}) d ${dealJoins}
    ) p`
}

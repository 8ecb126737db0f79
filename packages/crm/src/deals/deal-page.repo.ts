// A page of deals: one statement picks them by a sort key, and Postgres writes the JSON.
import { type DealSort, dateOnly, instant } from '@throughline/contracts'
import { decodeCursor, empty, encodeCursor, rowLimit, type Sql, sql } from '@throughline/db'
import * as z from 'zod'
import { dealJoins, dealJson, dealShape, instantOf } from './deal-json.repo.ts'

interface SortKey {
  column: Sql
  /** The key as text, exact enough to come back as a cursor. */
  text: Sql
  cast: Sql
  schema: z.ZodType<string>
  /** Its natural direction. */
  descending: boolean
  /** Rows without a key are in no index order; they are left out. */
  present?: Sql
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
    present: sql`and d.expected_close_date is not null`,
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

const after = (order: PageOrder, cursor: string): Sql => {
  const { column, cast, schema } = sortKeys[order.sort]
  const [, key, id] = decodeCursor(cursor, z.tuple([z.literal(nameOf(order)), schema, z.uuid()]))
  const beyond = isDescending(order) ? sql`<` : sql`>`
  return sql`and (${column}, d.id) ${beyond} (${key}${cast}, ${id}::uuid)`
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

/** The order of all that a list shows, page by page, and the condition that comes with it. */
export function dealOrder(order: PageOrder): { present: Sql; orderBy: Sql } {
  const { column, present = empty } = sortKeys[order.sort]
  const direction = isDescending(order) ? sql`desc` : sql`asc`
  return { present, orderBy: sql`${column} ${direction}, d.id ${direction}` }
}

/** The first `limit` deals that meet `where`, and one more if there is one: the columns of `dealShape`, then the sort key. */
export function rowsStatement(where: Sql, pageOrder: PageOrder, limit: number, cursor?: string): Sql {
  const { text } = sortKeys[pageOrder.sort]
  const { picked, order } = pick(where, pageOrder, limit, cursor)
  return sql`select ${dealShape.columns}, ${text} from (${picked}) d ${dealJoins} order by ${order}`
}

/** One more than `limit`, picked before anything is joined to them. */
function pick(where: Sql, pageOrder: PageOrder, limit: number, cursor?: string) {
  const { present, orderBy: order } = dealOrder(pageOrder)
  const picked = sql`select * from deals d where ${where} ${present} ${cursor ? after(pageOrder, cursor) : empty}
    order by ${order} limit ${rowLimit(limit + 1)}`
  return { picked, order }
}

/**
 * Selects one row, `DealPageRow`, with the first `limit` deals that meet `where`. Deals are picked before anything is
 * joined to them, and one more than asked for tells whether there is a next page.
 */
export function pageStatement(where: Sql, pageOrder: PageOrder, limit: number, cursor?: string): Sql {
  const { text } = sortKeys[pageOrder.sort]
  const { picked, order } = pick(where, pageOrder, limit, cursor)
  const shown = rowLimit(limit)
  return sql`select coalesce('[' || string_agg(p.deal, ',' order by p.n) filter (where p.n <= ${shown}) || ']', '[]') as deals,
    coalesce(max(p.n) > ${shown}, false) as more,
    max(p.key) filter (where p.n = ${shown}) as "lastKey", max(p.id) filter (where p.n = ${shown}) as "lastId"
    from (
      select row_number() over (order by ${order}) as n, ${text} as key, d.id::text as id, ${dealJson} as deal
      from (${picked}) d ${dealJoins}
    ) p`
}

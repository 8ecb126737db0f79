// List, board and calendar: one statement each, answers as JSON text that goes to the client as it is.
import {
  type BoardQuery,
  calendarQueryLimit,
  type DealFilter,
  type DealStage,
  dealStages,
  type ListDeals,
} from '@throughline/contracts'
import { join, oneOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import { keptStageTotals } from '../statistics/index.ts'
import { dealJoins, dealShape, jsonArray } from './deal-json.repo.ts'
import { cursorAfter, type DealPageRow, pageStatement, rowsStatement } from './deal-page.repo.ts'
import { dealCondition } from './deal-where.repo.ts'

/** JSON text of a `dealPage`. */
export async function readDealPage(
  db: TenantDb,
  onlyOwnerId: string | null,
  { sort, reverse, limit, cursor, ...filter }: ListDeals,
): Promise<string> {
  const order = { sort, reverse }
  const where = await dealCondition(db, onlyOwnerId, filter)
  const rows = await db.queryTexts(rowsStatement(where, order, limit, cursor))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const more = rows.length > limit
  const nextCursor = cursorAfter(order, { more, lastKey: last?.[dealShape.width] ?? null, lastId: last?.[0] ?? null })
  return `{"data":[${page.map(dealShape.write).join(',')}],"page":${JSON.stringify({ nextCursor, limit })}}`
}

type ColumnRow = DealPageRow & { stage: DealStage; count: number; sums: string; own: string }

/** What the deals of a condition come to, by stage and currency: the columns of `keptStageTotals`. */
const countedStageTotals = (where: Sql): Sql => sql`
  select d.stage, d.currency, count(*) as count, sum(d.value) as value,
    coalesce(sum(d.value) filter (where d.probability is not null), 0) as own_value,
    coalesce(sum(d.value * d.probability) filter (where d.probability is not null), 0) as own_weighted
  from deals d where ${where} group by d.stage, d.currency`

/** JSON text of a `dealBoard`: count, sums per currency and the first deals of each stage. */
export async function readDealBoard(
  db: TenantDb,
  onlyOwnerId: string | null,
  { limit, stage, sort, ...filter }: BoardQuery,
): Promise<string> {
  const where = await dealCondition(db, onlyOwnerId, filter)
  const order = { sort, reverse: false }
  const totals = keptStageTotals(db.tenantId, onlyOwnerId, filter) ?? countedStageTotals(where)
  const stages = stage && stage.length > 0 ? dealStages.filter((known) => stage.includes(known)) : [...dealStages]
  const columns = await db.query<ColumnRow>(sql`
    select s.stage::text as stage, coalesce(t.count, 0)::int as count, coalesce(t.sums, '[]')::text as sums,
      coalesce(t.own, '[]')::text as own, p.*
    from unnest(array[${join(stages.map((each) => oneOf(dealStages, each)))}]::"DealStage"[]) with ordinality as s(stage, n)
    left join (
      select c.stage, sum(c.count) as count,
        json_agg(json_build_object('currency', c.currency, 'value', c.value::text) order by c.currency) as sums,
        json_agg(json_build_object('currency', c.currency, 'value', c.own_value::numeric(24, 2)::text,
          'timesPercent', c.own_weighted::numeric(28, 2)::text) order by c.currency) filter (where c.own_value <> 0) as own
      from (${totals}
      ) c group by c.stage
    ) t on t.stage = s.stage
    cross join lateral (${pageStatement(sql`d.stage = s.stage and ${where}`, order, limit)}) p
    order by s.n`)
  const parts = columns.map((column) => {
    const cursor = JSON.stringify(cursorAfter(order, column))
    return `{"stage":"${column.stage}","count":${column.count},"sums":${column.sums},"own":${column.own},"deals":${column.deals},"nextCursor":${cursor}}`
  })
  return `{"columns":[${parts.join(',')}]}`
}

/** JSON text of a `dealCalendar`: deals by the day on which they are expected to close. */
export async function readDealCalendar(db: TenantDb, onlyOwnerId: string | null, filter: DealFilter): Promise<string> {
  const where = await dealCondition(db, onlyOwnerId, filter)
  const row = await db.queryOne<{ days: string; truncated: boolean }>(sql`
    with picked as (
      select * from deals d where ${where} and d.expected_close_date is not null
      order by d.expected_close_date, d.id limit ${rowLimit(calendarQueryLimit)}
    ), days as (
      select d.expected_close_date as date, ${jsonArray(dealShape.json, sql`d.id`)} as deals, count(*) as shown
      from picked d ${dealJoins} group by d.expected_close_date
    )
    select coalesce('[' || string_agg('{"date":"' || date || '","deals":' || deals || '}', ',' order by date) || ']', '[]') as days,
      coalesce(sum(shown), 0) = ${rowLimit(calendarQueryLimit)} as truncated
    from days`)
  if (!row) throw new Error('an aggregate always gives one row')
  return `{"days":${row.days},"truncated":${row.truncated}}`
}

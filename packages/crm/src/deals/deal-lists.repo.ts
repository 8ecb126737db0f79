// Lists, board and statistics: one statement each, answers as JSON text that goes to the client as it is.
import { type BoardQuery, type DealSort, type DealStage, dealStages, type ListDeals } from '@throughline/contracts'
import { encodeCursor, sql, type TenantDb } from '@throughline/db'
import { type DealPageRow, dealShape, dealWhere, pageStatement, rowsStatement } from './deal-json.repo.ts'
import type { StageTotal } from './deals.rules.ts'

const cursorAfter = (sort: DealSort, { more, lastKey, lastId }: DealPageRow): string | null =>
  more ? encodeCursor([sort, lastKey, lastId]) : null

/** JSON text of a `dealPage`. */
export async function readDealPage(db: TenantDb, { sort, limit, cursor, ...filter }: ListDeals): Promise<string> {
  const rows = await db.queryTexts(rowsStatement(dealWhere(db.tenantId, filter), sort, limit, cursor))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor =
    rows.length > limit && last ? encodeCursor([sort, last[dealShape.width] ?? null, last[0] ?? null]) : null
  return `{"data":[${page.map(dealShape.write).join(',')}],"page":${JSON.stringify({ nextCursor, limit })}}`
}

type ColumnRow = DealPageRow & { stage: DealStage; count: number; sums: string }

/** JSON text of a `dealBoard`: count, sums per currency and the newest deals of each stage. */
export async function readDealBoard(db: TenantDb, { limit, stage, ...filter }: BoardQuery): Promise<string> {
  const where = dealWhere(db.tenantId, filter)
  const stages = stage && stage.length > 0 ? dealStages.filter((known) => stage.includes(known)) : [...dealStages]
  const columns = await db.query<ColumnRow>(sql`
    select s.stage::text as stage, coalesce(t.count, 0)::int as count, coalesce(t.sums, '[]')::text as sums, p.*
    from unnest(${stages}::"DealStage"[]) with ordinality as s(stage, n)
    left join (
      select c.stage, sum(c.count) as count,
        json_agg(json_build_object('currency', c.currency, 'value', c.value::text) order by c.currency) as sums
      from (
        select d.stage, d.currency, count(*) as count, sum(d.value) as value
        from deals d where ${where} group by d.stage, d.currency
      ) c group by c.stage
    ) t on t.stage = s.stage
    cross join lateral (${pageStatement(sql`d.stage = s.stage and ${where}`, 'newest', limit)}) p
    order by s.n`)
  const parts = columns.map((column) => {
    const cursor = JSON.stringify(cursorAfter('newest', column))
    return `{"stage":"${column.stage}","count":${column.count},"sums":${column.sums},"deals":${column.deals},"nextCursor":${cursor}}`
  })
  return `{"columns":[${parts.join(',')}]}`
}

/** Count, value and score per stage and currency. */
export const readStageTotals = (db: TenantDb): Promise<StageTotal[]> =>
  db.query<StageTotal>(sql`
    select stage::text as stage, currency, count(*)::int as count, sum(value)::text as value, sum(lead_score)::int as score
    from deals where tenant_id = ${db.tenantId}::uuid group by stage, currency`)

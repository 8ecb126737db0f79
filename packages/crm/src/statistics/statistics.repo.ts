// What the numbers are made of, in one statement and so as of one moment: totals and what is not folded into them yet,
// with the days at the edges of the period read from the deals themselves.
import type { DealStage, OpenStage } from '@throughline/contracts'
import { empty, join, type ReadDb, type Sql, sql } from '@throughline/db'
import { secondsIn } from '../deal-stays.repo.ts'
import type { Fact } from './facts.rules.ts'
import type { SplitPeriod } from './period.rules.ts'
import type { Configured } from './probabilities.rules.ts'
import type { Stay } from './statistics.rules.ts'

/** The period in the firm's own time zone, and what it has set. */
export interface Frame {
  timezone: string
  today: string
  /** The end of today. */
  midnight: Date
  from: string
  to: string
  since: Date
  until: Date
  /** The first of 365 days, and its beginning. */
  historyFrom: string
  historySince: Date
  configured: Configured
}

/** Without a period: this month and the two before it. */
export async function readFrame(db: ReadDb, now: Date, period: { from?: string; to?: string }): Promise<Frame> {
  const frame = await db.queryOne<Frame>(sql`
    select f.timezone, f.today::text, f."from"::text, f."to"::text,
      (f.today + 1)::timestamp at time zone f.timezone as midnight,
      f."from"::timestamp at time zone f.timezone as since, (f."to" + 1)::timestamp at time zone f.timezone as until,
      (f.today - 364)::text as "historyFrom", (f.today - 364)::timestamp at time zone f.timezone as "historySince",
      coalesce((select json_object_agg(p.stage, p.probability) from pipeline_stages p
        where p.tenant_id = ${db.tenantId}::uuid), '{}') as configured
    from (
      select t.timezone, z.today, coalesce(${period.to ?? null}::date, z.today) as "to",
        coalesce(${period.from ?? null}::date, (date_trunc('month', z.today) - interval '2 months')::date) as "from"
      from tenants t cross join lateral (select (${now}::timestamptz at time zone t.timezone)::date as today) z
      where t.id = ${db.tenantId}::uuid
    ) f`)
  if (!frame) throw new Error('a tenant without a row')
  return frame
}

export interface Question {
  /** Whose deals; null for all. What the firm has won in the past is asked of all. */
  ownerId: string | null
  period: SplitPeriod
  history: SplitPeriod
  /** First day of this month, and today. */
  month: string
  today: string
}

const nobody = sql`'00000000-0000-0000-0000-000000000000'::uuid`
const never = sql`'9999-01-01'::date`
const isOpen = sql`stage in ('LEAD', 'QUALIFIED', 'NEGOTIATION')`

/**
 * What to add of living deals at the edges of a period, by one of their four dates; nothing where it has none. Each edge is a
 * question of its own, with instants that the planner can see: over a list of edges it would read the whole table.
 * @param columns of a deal `d`, given the sign of the edge
 */
const atEdges = (
  db: ReadDb,
  { edges }: SplitPeriod,
  { column, own }: { column: Sql; own: Sql },
  columns: (n: Sql) => Sql,
): Sql =>
  join(
    [
      empty,
      ...edges.map(
        ({ sign, since, until }) => sql`union all select ${columns(sql`${sign}::int`)} from deals d
        where d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null and ${column} >= ${since} and ${column} < ${until} ${own}`,
      ),
    ],
    ' ',
  )

const cohortAtEdges = (db: ReadDb, period: SplitPeriod, entered: DealStage, at: { column: Sql; own: Sql }): Sql =>
  atEdges(
    db,
    period,
    at,
    (
      n,
    ) => sql`${entered}::"DealStage", coalesce(d.lead_source, ''), ${n}, case when d.qualified_at is null then 0 else ${n} end,
      case when d.negotiated_at is null then 0 else ${n} end, case when d.stage = 'CLOSED_WON' then ${n} else 0 end`,
  )

const lines = (db: ReadDb, own: Sql): Sql => {
  const columns = sql`stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason, count, value, score,
    own_value, own_weighted, cycle_seconds`
  return sql`select ${columns} from deal_totals d where tenant_id = ${db.tenantId}::uuid ${own}
    union all select ${columns} from deal_total_changes d where tenant_id = ${db.tenantId}::uuid ${own}`
}

const closedLines = (db: ReadDb, period: SplitPeriod, own: Sql): Sql => sql`
  select stage, currency, owner_id, lead_source, lost_reason, count, value, cycle_seconds from line
  where closed_month >= ${period.firstMonth}::date and closed_month < ${period.endMonth}::date
  ${atEdges(
    db,
    period,
    { column: sql`d.closed_at`, own },
    (n) => sql`d.stage, d.currency, coalesce(d.owner_id, ${nobody}), coalesce(d.lead_source, ''),
      case when d.stage = 'CLOSED_LOST' then left(d.lost_reason, 120) else '' end, ${n}, ${n} * d.value,
      case when d.stage = 'CLOSED_WON' then ${n} * greatest(0, extract(epoch from d.closed_at - d.created_at))::bigint else 0 end`,
  )}`

const cohortLines = (db: ReadDb, period: SplitPeriod, own: Sql): Sql => sql`
  select entered, lead_source, count, qualified, negotiated, won from deal_cohorts d where tenant_id = ${db.tenantId}::uuid
    and entered in ('LEAD', 'QUALIFIED', 'NEGOTIATION')
    and month >= ${period.firstMonth}::date and month < ${period.endMonth}::date ${own}
  union all
  select f.entered, d.lead_source, d.count, case when d.qualified_month < ${never} then d.count else 0 end,
    case when d.negotiated_month < ${never} then d.count else 0 end, case when d.stage = 'CLOSED_WON' then d.count else 0 end
  from deal_total_changes d cross join lateral (values ('LEAD'::"DealStage", d.created_month),
    ('QUALIFIED', d.qualified_month), ('NEGOTIATION', d.negotiated_month)) as f(entered, month)
  where d.tenant_id = ${db.tenantId}::uuid and f.month >= ${period.firstMonth}::date and f.month < ${period.endMonth}::date ${own}
  ${cohortAtEdges(db, period, 'LEAD', { column: sql`d.created_at`, own })}
  ${cohortAtEdges(db, period, 'QUALIFIED', { column: sql`d.qualified_at`, own })}
  ${cohortAtEdges(db, period, 'NEGOTIATION', { column: sql`d.negotiated_at`, own })}`

const historyLines = (db: ReadDb, history: SplitPeriod): Sql => {
  const months = sql`closed_month >= ${history.firstMonth}::date and closed_month < ${history.endMonth}::date`
  return sql`
    select stage, count, qualified, negotiated from deal_totals where tenant_id = ${db.tenantId}::uuid
      and stage in ('CLOSED_WON', 'CLOSED_LOST') and ${months}
    union all
    select stage, count, case when qualified_month < ${never} then count else 0 end,
      case when negotiated_month < ${never} then count else 0 end
    from deal_total_changes where tenant_id = ${db.tenantId}::uuid and ${months}
    ${atEdges(
      db,
      history,
      { column: sql`d.closed_at`, own: empty },
      (n) => sql`d.stage, ${n}, case when d.qualified_at is null then 0 else ${n} end,
        case when d.negotiated_at is null then 0 else ${n} end`,
    )}`
}

/** Every number of one answer, as of one moment: rows `Fact`. */
function factsOf(db: ReadDb, { ownerId, period, history, month, today }: Question): Sql {
  const own = ownerId === null ? empty : sql`and d.owner_id = ${ownerId}::uuid`
  const amounts = sql`sum(count)::int as count, sum(value)::text as value, sum(score)::text as score,
    sum(own_value)::text as "ownValue", sum(own_weighted)::text as "ownWeighted", '0' as "cycleSeconds",
    0 as qualified, 0 as negotiated, 0 as won`
  const closings = sql`sum(count)::int, sum(value)::text, '0', '0', '0', sum(cycle_seconds)::text, 0, 0, 0`
  return sql`
    with line as materialized (${lines(db, own)}),
    closed as materialized (
      select stage, currency, owner_id, lead_source, lost_reason, sum(count) as count, sum(value) as value,
        sum(cycle_seconds) as cycle_seconds
      from (${closedLines(db, period, own)}) c group by 1, 2, 3, 4, 5),
    cohort as (${cohortLines(db, period, own)})
    select 'stage' as part, stage::text as stage, currency, '' as key, ${amounts}
      from line group by stage, currency having sum(count) <> 0
    union all
    select case grouping(close_month, owner_id, lead_source) when 3 then 'month' when 5 then 'openOwner' else 'openSource' end,
      stage::text, currency, coalesce(close_month::text, owner_id::text, lead_source), ${amounts}
      from line where ${isOpen} group by stage, currency, grouping sets (close_month, owner_id, lead_source)
      having sum(count) <> 0
    union all
    select 'overdue', d.stage::text, d.currency, '', count(*)::int, sum(d.value)::text, '0',
      coalesce(sum(d.value) filter (where d.probability is not null), 0)::text,
      coalesce(sum(d.value * d.probability) filter (where d.probability is not null), 0)::text, '0', 0, 0, 0
      from deals d where d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null and d.${isOpen}
        and d.expected_close_date >= ${month}::date and d.expected_close_date < ${today}::date ${own}
      group by d.stage, d.currency
    union all
    select case grouping(owner_id, lead_source) when 3 then 'closed' when 1 then 'closedOwner' else 'closedSource' end,
      stage::text, currency, coalesce(owner_id::text, lead_source, ''), ${closings}
      from closed group by stage, currency, grouping sets ((), owner_id, lead_source) having sum(count) <> 0
    union all
    select 'reason', 'CLOSED_LOST', currency, lost_reason, ${closings}
      from closed where stage = 'CLOSED_LOST' and lost_reason in (
        select lost_reason from closed where stage = 'CLOSED_LOST' group by 1 order by sum(count) desc, 1 limit 50)
      group by currency, lost_reason having sum(count) <> 0
    union all
    select 'history', stage::text, '', '', sum(count)::int, '0', '0', '0', '0', '0', sum(qualified)::int,
      sum(negotiated)::int, 0
      from (${historyLines(db, history)}) h group by stage
    union all
    select 'cohort', entered::text, '', lead_source, sum(count)::int, '0', '0', '0', '0', '0', sum(qualified)::int,
      sum(negotiated)::int, sum(won)::int
      from cohort group by entered, lead_source having sum(count) <> 0`
}

const ownersOf = (db: ReadDb): Sql =>
  sql`select id::text as id, name from members where tenant_id = ${db.tenantId}::uuid`

/** Deals that are looked at, a stage: what it costs must not grow with the number of deals. */
const staySample = 200

/** For the latest deals that first came to a stage between the two instants: all the time that they have been in it. */
function staysOf(db: ReadDb, ownerId: string | null, span: { since: Date; until: Date; now: Date }): Sql {
  const own = ownerId === null ? empty : sql`and d.owner_id = ${ownerId}::uuid`
  const stays = (stage: OpenStage, came: Sql) => sql`
    select ${stage} as stage, count(seconds)::int as sample, count(*) < ${staySample} as "isAll",
      round((percentile_cont(0.5) within group (order by seconds) / 86400)::numeric, 1)::float8 as "medianDays",
      round((avg(seconds) / 86400)::numeric, 1)::float8 as "averageDays"
    from (
      select ${secondsIn(stage, span.now)} as seconds from deals d where d.tenant_id = ${db.tenantId}::uuid
        and d.deleted_at is null and ${came} >= ${span.since} and ${came} < ${span.until} ${own}
      order by ${came} desc limit ${staySample}
    ) latest having count(seconds) > 0`
  const entries = [stays('LEAD', sql`d.created_at`), stays('QUALIFIED', sql`d.qualified_at`)]
  return join([...entries, stays('NEGOTIATION', sql`d.negotiated_at`)], ' union all ')
}

interface Owner {
  id: string
  name: string
}

/** Everything that the numbers of a period are made of. The statements are large and read little: their plans are kept. */
export function readAnswers(db: ReadDb, question: Question, span: { since: Date; until: Date; now: Date }) {
  return db.queryWithKeptPlans<[Fact, Stay, Owner]>([
    factsOf(db, question),
    staysOf(db, question.ownerId, span),
    ownersOf(db),
  ])
}

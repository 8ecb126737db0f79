// What an import would make and looks like something that is there, or like what an earlier line makes: by the rule of
// `../duplicates`, over the rows of the plan. Told, not refused: two Smiths can be two people.
import type { ImportDuplicate, ImportReport, RecordKind } from '@throughline/contracts'
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'
import { likelyFrom, sameEmployer } from '../duplicates/index.ts'

/** Names of a file that are compared; the pairs of the others stand in the list of duplicates once they are imported. */
const comparedNames = 10_000
/** Of the records that share a key, so many are weighed: a key that thousands share says little. */
const weighedPerKey = 10
const shownDuplicates = 100

const nobody = sql`null::text as email, '{}'::text[] as other_emails, null::uuid as company_id`

const newCompanies = sql`
  select l.line, 'company' as kind, e.id, e.name, ${nobody} from (
    select id, name from company_of_domain where effect = 'create' union all select id, name from company_of_name where effect = 'create'
  ) e join (select company_id, min(line) as line from linked group by company_id) l on l.company_id = e.id`

const newContacts = sql`
  select l.line, 'contact', e.id, e.name, e.email, '{}'::text[], e.company_id from (
    select id, name, email, company_id from contact_of_email where effect = 'create'
    union all select id, name, null, company_id from contact_of_name where effect = 'create'
  ) e join (select contact_id, min(line) as line from (
    select contact_id, line from planned union all select contact_id, line from planned_people) p group by contact_id
  ) l on l.contact_id = e.id`

/** The companies and contacts that a file would make, its rows themselves or beside them. */
const newcomers: Readonly<Record<RecordKind, Sql>> = {
  DEAL: sql`${newCompanies} union all ${newContacts}`,
  COMPANY: sql`select line, 'company' as kind, id, coalesce(name, domain) as name, ${nobody} from planned where effect = 'create'`,
  CONTACT: sql`${newCompanies} union all
    select line, 'contact', id, coalesce(name, email), email, coalesce(other_emails, '{}'), company_id
    from planned where effect = 'create'`,
}

/** `newcomers`, and their keys as `record_keys` has them. @returns how many names there are, compared or not */
async function gatherNewcomers(db: TenantDb, kind: RecordKind): Promise<number> {
  await db.execute(sql`
    create temporary table newcomers on commit drop as
    select row_number() over (order by line, kind, id) as n, c.*,
      case kind when 'company' then name_core(name, true) else person_core(name) end as core,
      translate(name, translate(name, '0123456789', ''), '') as digits
    from (select g.*, count(*) over () as names from (${newcomers[kind]}) g order by line, kind, id limit ${comparedNames}) c`)
  await db.execute(sql`
    create temporary table newcomer_keys on commit drop as
    select c.n, c.kind, k.key from newcomers c
      cross join lateral unnest(case c.kind when 'company' then name_keys(c.core)
        else contact_keys(c.name, c.email, c.other_emails) end) as k(key)`)
  await db.execute(sql`create unique index on newcomers (n)`)
  await db.execute(sql`create index on newcomer_keys (kind, key, n)`)
  await db.execute(sql`analyze newcomers, newcomer_keys`)
  const first = await db.queryOne<{ names: number }>(sql`select names::int as names from newcomers where n = 1`)
  return first?.names ?? 0
}

/**
 * Cheap, and before the real weighing, which is not: names with other digits are never alike, nor are those with hardly a
 * trigram in common, unless two letters were swapped in a short one.
 */
const maybe = (name: Sql): Sql => sql`translate(${name}, translate(${name}, '0123456789', ''), '') = a.digits
  and (similarity(${name}, a.name) > 0.25 or length(${name}) = length(a.name) and length(a.name) <= 10 and similarity(${name}, a.name) > 0.1)`

/** `candidates`: what shares a key with a newcomer, a record or a newcomer of before, and whether that key is an e-mail. */
async function gatherCandidates(db: TenantDb): Promise<void> {
  const byEmail = sql`bool_or(x.key >= 'e:' and x.key < 'e;') as by_email`
  await db.execute(sql`
    create temporary table candidates on commit drop as
    select x.n, x.kind, r.record_id, null::bigint as earlier, ${byEmail} from newcomer_keys x cross join lateral (
      select record_id from record_keys where tenant_id = ${db.tenantId}::uuid and kind = x.kind and key = x.key
      order by record_id desc limit ${weighedPerKey}) r
    group by x.n, x.kind, r.record_id
    union all
    select x.n, x.kind, null, o.n, ${byEmail} from newcomer_keys x cross join lateral (
      select n from newcomer_keys y where y.kind = x.kind and y.key = x.key and y.n < x.n order by n desc limit ${weighedPerKey}) o
    group by x.n, x.kind, o.n`)
  await db.execute(sql`analyze candidates`)
}

/** Rows `candidates k`, newcomers `a` and what they are compared with `c`, as likeness. */
const weigh = (id: Sql, line: Sql, core: Sql, from: Sql): Sql => sql`
  select a.n, ${id} as id, c.name, ${line} as line, k.by_email, case when k.by_email then 1::real
    when ${maybe(sql`c.name`)} then name_likeness(${core}, a.core) else 0 end as likeness
  from candidates k join newcomers a on a.n = k.n ${from}`
const mayBeOne = sql`(k.by_email or ${sameEmployer(sql`c.company_id`, sql`a.company_id`)})`
const nothing = { id: sql`null::uuid`, line: sql`null::int` }
const weighed = (t: Sql): Sql => sql`
  ${weigh(
    sql`c.id`,
    nothing.line,
    sql`name_core(c.name, true)`,
    sql`join companies c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null where k.kind = 'company'`,
  )} union all ${weigh(
    sql`c.id`,
    nothing.line,
    sql`person_core(c.name)`,
    sql`join contacts c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null
      where k.kind = 'contact' and ${mayBeOne}`,
  )} union all ${weigh(
    nothing.id,
    sql`c.line`,
    sql`c.core`,
    sql`join newcomers c on c.n = k.earlier where c.line < a.line and (k.kind = 'company' or ${mayBeOne})`,
  )}`

/** Open deals of the same title at the same company. Their number is not bounded: equality needs no weighing. */
const likeDeals = (t: Sql): Sql => sql`
  select p.line, p.title as name, 'same_title' as reason, d.id as record_id, d.title as record_name, null::int as other_line,
    1::real as likeness
  from planned p join deals d on d.tenant_id = ${t} and d.deleted_at is null and d.company_id = p.company_id
    and lower(d.title) = lower(p.title) and d.stage not in ('CLOSED_WON', 'CLOSED_LOST')
  where p.effect = 'create'`

const nestedLoops = (wanted: boolean): Sql => sql`select set_config('enable_nestloop', ${wanted ? 'on' : 'off'}, true)`

/** In the transaction of the plan, before it is applied. */
export async function findLookAlikes(db: TenantDb, kind: RecordKind): Promise<ImportReport['duplicates']> {
  const t = sql`${db.tenantId}::uuid`
  const names = await gatherNewcomers(db, kind)
  await gatherCandidates(db)
  if (kind === 'DEAL') {
    await db.execute(sql`create index on planned (company_id, lower(title)) where effect = 'create'`)
    await db.execute(sql`analyze planned`)
  }
  // A firm whose records nobody has counted yet passes for a small one: each candidate would be looked for in all of it.
  await db.execute(nestedLoops(false))
  const rows = await db.query<{ count: number; example: ImportDuplicate }>(sql`
    with weighed as materialized (${weighed(t)}), found as (
      select a.line, a.name, case when w.by_email then 'same_email' when lower(w.name) = lower(a.name) then 'same_name'
          else 'similar_name' end as reason,
        w.id as record_id, w.name as record_name, w.line as other_line, w.likeness
      from weighed w join newcomers a on a.n = w.n where w.likeness >= ${likelyFrom}::real
      ${kind === 'DEAL' ? sql`union all ${likeDeals(t)}` : empty}
    ), alike as materialized (
      select distinct on (line, name) * from found order by line, name, likeness desc, other_line nulls first, record_id
    )
    select (select count(*)::int from alike) as count, json_build_object('line', line, 'name', name, 'reason', reason,
      'record', json_build_object('id', record_id, 'name', record_name), 'otherLine', other_line) as example
    from alike order by line, name limit ${shownDuplicates}`)
  await db.execute(nestedLoops(true))
  const examples = rows.map(({ example }) => example)
  return { count: rows[0]?.count ?? 0, examples, partial: names > comparedNames }
}

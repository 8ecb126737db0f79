// Pairs of records that may be one, looked for in the newest records first, a part at a time: no page costs more than
// the records of its part, however many there are.
import type { DuplicatePair, MergeKind } from '@throughline/contracts'
import { empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { likelyFrom, sameEmployer } from './candidates.repo.ts'

interface PairKind {
  table: Sql
  /** Older records `c` that may be the same as `a`, as id, reason and likeness; `t` is the tenant. */
  like(t: Sql): Sql
  name: Sql
  detail: Sql
  /** The company of a record `c`, `co`; null for companies themselves. */
  companyJoin: Sql
  company: Sql
}

const withKeysOf = (t: Sql, kind: string): Sql => sql`
  select other.record_id, bool_or(other.key >= 'e:' and other.key < 'e;') as by_email
  from record_keys own join record_keys other
    on other.tenant_id = ${t} and other.kind = ${kind} and other.key = own.key and other.record_id < a.id
  where own.tenant_id = ${t} and own.kind = ${kind} and own.record_id = a.id
  group by other.record_id`

const kinds: Readonly<Record<MergeKind, PairKind>> = {
  company: {
    table: sql`companies`,
    like: (
      t,
    ) => sql`select c.id, 'name' as reason, name_likeness(name_core(c.name, true), name_core(a.name, true)) as likeness
      from (${withKeysOf(t, 'company')}) k join companies c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null`,
    name: sql`c.name`,
    detail: sql`c.domain`,
    companyJoin: empty,
    company: sql`null::text`,
  },
  contact: {
    table: sql`contacts`,
    like: (t) => sql`select c.id, case when k.by_email then 'email' else 'name' end as reason,
        case when k.by_email then 1::real else name_likeness(person_core(c.name), person_core(a.name)) end as likeness
      from (${withKeysOf(t, 'contact')}) k join contacts c on c.tenant_id = ${t} and c.id = k.record_id and c.deleted_at is null
      where k.by_email or ${sameEmployer(sql`c.company_id`, sql`a.company_id`)}`,
    name: sql`c.name`,
    detail: sql`c.email`,
    companyJoin: sql`left join companies co on co.tenant_id = c.tenant_id and co.id = c.company_id`,
    company: sql`co.name`,
  },
  deal: {
    table: sql`deals`,
    like: (t) => sql`select c.id, 'title' as reason, 1::real as likeness from deals c
      where c.tenant_id = ${t} and c.company_id = a.company_id and c.title = a.title and c.id < a.id and c.deleted_at is null`,
    name: sql`c.title`,
    detail: sql`c.value::text || ' ' || c.currency`,
    companyJoin: sql`left join companies co on co.tenant_id = c.tenant_id and co.id = c.company_id`,
    company: sql`co.name`,
  },
}

/** Records that one question looks through. */
const partSize = 500

export interface PairsFound {
  pairs: (DuplicatePair & { ids: [string, string] })[]
  /** Last record of the part; null when it was not full, so that nothing is left. */
  nextFrom: string | null
}

/** One pair more than asked for when there are more in this part. @param after the last pair that was shown */
export async function findPairs(
  db: TenantDb,
  kind: MergeKind,
  { limit, after }: { limit: number; after: readonly [string, string] | null },
): Promise<PairsFound> {
  const { table, like, name, detail, companyJoin, company } = kinds[kind]
  const t = sql`${db.tenantId}::uuid`
  const [afterNewer = null, afterOlder = null] = after ?? []
  const summary = (id: Sql): Sql => sql`(
    select json_build_object('id', c.id, 'name', ${name}, 'detail', ${detail}, 'company', ${company}, 'owner', o.name,
      'createdAt', ${instantOf(sql`c.created_at`)})
    from ${table} c ${companyJoin} left join members o on o.tenant_id = c.tenant_id and o.id = c.owner_id
    where c.tenant_id = ${t} and c.id = ${id})`
  const row = await db.queryOne<{ pairs: PairsFound['pairs']; looked: number; last: string | null }>(sql`
    with part as materialized (
      select * from ${table} c where c.tenant_id = ${t} and c.deleted_at is null
        ${afterNewer ? sql`and c.id <= ${afterNewer}::uuid` : empty}
      order by c.id desc limit ${partSize}
    ), pairs as (
      select a.id as newer, p.id as older, p.reason, p.likeness from part a cross join lateral (${like(t)}) p
      where p.likeness >= ${likelyFrom}::real
        ${afterNewer ? sql`and (a.id, p.id) < (${afterNewer}::uuid, ${afterOlder}::uuid)` : empty}
      order by a.id desc, p.id desc limit ${limit + 1}
    )
    select (select count(*)::int from part) as looked, (select id from part order by id limit 1) as last,
      coalesce((
        select json_agg(json_build_object('ids', json_build_array(newer, older), 'reason', reason, 'likeness', likeness,
          'newer', ${summary(sql`newer`)}, 'older', ${summary(sql`older`)}) order by newer desc, older desc)
        from pairs), '[]') as pairs`)
  if (!row) throw new Error('a select without a table always gives one row')
  return { pairs: row.pairs, nextFrom: row.looked === partSize ? row.last : null }
}

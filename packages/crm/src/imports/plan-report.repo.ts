// What a plan says: how many, which rows are refused, and what looks like something that is there.
import type { ImportDuplicate, ImportReport, RecordKind } from '@throughline/contracts'
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

export interface PlanCounts {
  created: number
  updated: number
  unchanged: number
  refused: number
}

export async function countPlan(db: TenantDb): Promise<PlanCounts> {
  const row = await db.queryOne<PlanCounts>(sql`
    select (count(*) filter (where effect = 'create'))::int as created, (count(*) filter (where effect = 'update'))::int as updated,
      (count(*) filter (where effect = 'leave'))::int as unchanged,
      (select count(*)::int from found where reason is not null) as refused from planned`)
  if (!row) throw new Error('a count has no row')
  return row
}

type Related = Pick<ImportReport, 'companies' | 'contacts'>
const none = { created: 0, updated: 0 }

/** Companies and contacts beside the records that the rows are about. */
export async function countRelated(db: TenantDb, kind: RecordKind): Promise<Related> {
  const of = async (domain: Sql, name: Sql) => {
    const row = await db.queryOne<Related['companies']>(sql`
      select (count(*) filter (where effect = 'create'))::int as created,
        (count(*) filter (where effect in ('learn', 'adopt')))::int as updated
      from (select effect from ${domain} union all select effect from ${name}) e`)
    return row ?? none
  }
  return {
    companies: kind === 'COMPANY' ? none : await of(sql`company_of_domain`, sql`company_of_name`),
    contacts: kind === 'DEAL' ? await of(sql`contact_of_email`, sql`contact_of_name`) : none,
  }
}

const shownDuplicates = 20

function lookAlikes(kind: RecordKind, t: Sql): Sql {
  switch (kind) {
    case 'DEAL':
      return sql`select p.line, p.title as name, 'same_title' as reason, d.id, d.title as record_name
        from planned p join deals d on d.tenant_id = ${t} and d.deleted_at is null and d.company_id = p.company_id
          and lower(d.title) = lower(p.title) and d.stage not in ('CLOSED_WON', 'CLOSED_LOST')
        where p.effect = 'create'`
    case 'COMPANY':
      return sql`select p.line, p.name, 'same_name' as reason, c.id, c.name as record_name
        from planned p join companies c on c.tenant_id = ${t} and c.deleted_at is null and lower(c.name) = lower(p.name)
        where p.effect = 'create'`
    case 'CONTACT':
      return sql`select p.line, p.name, 'same_name' as reason, k.id, k.name as record_name
        from planned p join contacts k on k.tenant_id = ${t} and k.deleted_at is null and lower(k.name) = lower(p.name)
          and k.company_id is not distinct from p.company_id
        where p.effect = 'create'`
  }
}

/** Rows that would make a record which looks like one that is there. Told, not refused: two Smiths can be two people. */
export async function findDuplicates(db: TenantDb, kind: RecordKind): Promise<ImportReport['duplicates']> {
  const rows = await db.query<{ count: number; example: ImportDuplicate }>(sql`
    with alike as (select distinct on (line) * from (${lookAlikes(kind, sql`${db.tenantId}::uuid`)}) a order by line, id)
    select (select count(*)::int from alike) as count, jsonb_build_object('line', line, 'name', name, 'reason', reason,
      'record', jsonb_build_object('id', id, 'name', record_name)) as example
    from alike order by line limit ${shownDuplicates}`)
  return { count: rows[0]?.count ?? 0, examples: rows.map(({ example }) => example) }
}

const pageRows = 5_000

/** Refused lines and why, in the order of the file; memory does not grow with them. */
export async function* refusedLines(db: TenantDb): AsyncGenerator<{ line: number; reason: string }> {
  let after = empty
  for (;;) {
    const page = await db.query<{ line: number; reason: string }>(sql`
      select line, reason from found where reason is not null ${after} order by line limit ${pageRows}`)
    yield* page
    const last = page.at(-1)
    if (!last || page.length < pageRows) return
    after = sql`and line > ${last.line}`
  }
}

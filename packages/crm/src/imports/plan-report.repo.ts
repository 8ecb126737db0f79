// What a plan says: how many, and which rows are refused.
import type { ImportReport, RecordKind } from '@throughline/contracts'
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

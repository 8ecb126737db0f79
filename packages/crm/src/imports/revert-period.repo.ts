// What an import was before is remembered for as long as it can be taken back, and then forgotten.
import { rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import { revertDealImportJob } from './imports.jobs.ts'

/** After its end an import can be taken back for this long. */
export const revertDays = 30
/** A revert that was asked for in the last minute finds everything. */
const graceDays = 1
/** One statement each, so that nobody waits for long and none of it is done twice. */
const rowsAtOnce = 1_000

const days = (count: number): Sql => sql`make_interval(days => ${count}::int)`
const endOf = (row: Sql): Sql => sql`coalesce(${row}.finished_at, ${row}.created_at)`

const revertIs = (
  states: Sql,
): Sql => sql`exists (select 1 from jobs j where j.tenant_id = i.tenant_id and j.id = i.job_id
  and j.name = ${revertDealImportJob.name} and j.state in (${states}))`

/** Whether a job is at work to take back an import `i`. */
export const isReverting: Sql = revertIs(sql`'QUEUED', 'RUNNING'`)
/** Also one that stands among the dead letters, from where it can be sent again at any time: it must find everything. */
const mayStillRevert: Sql = revertIs(sql`'QUEUED', 'RUNNING', 'FAILED', 'DEAD'`)

/** Until when an import `i` can be taken back; null when there is nothing to take back, or no time left. */
export const revertibleUntil: Sql = sql`case when i.state = 'SUCCEEDED' and not i.dry_run
  and ${endOf(sql`i`)} + ${days(revertDays)} > now() then ${endOf(sql`i`)} + ${days(revertDays)} end`

/** Forgets what imports were before that cannot be taken back any more. @returns how many records */
export async function forgetImportChanges(db: TenantDb, now: Date): Promise<number> {
  let forgotten = 0
  for (;;) {
    const gone = await db.execute(sql`
      with over as (
        select c.import_id, c.kind, c.record_id
        from deal_imports i join import_changes c on c.tenant_id = i.tenant_id and c.import_id = i.id
        where i.tenant_id = ${db.tenantId}::uuid and not ${mayStillRevert}
          and ${endOf(sql`i`)} < ${now}::timestamptz - ${days(revertDays + graceDays)} limit ${rowLimit(rowsAtOnce)}
      )
      delete from import_changes c using over o
      where c.tenant_id = ${db.tenantId}::uuid and c.import_id = o.import_id and c.kind = o.kind and c.record_id = o.record_id`)
    if (gone === 0) return forgotten
    forgotten += gone
  }
}

// Of what was written off, what payments have to take back.
import { sql, type TenantDb } from '@throughline/db'

export interface TakenWriteOff {
  lineId: string
  investorId: string
  inside: string
  applied: string
  /** What it was. */
  writtenOff: string
  /** That said so, and were not reversed. */
  entryIds: string[]
}

/** Nothing is written off of these lines any more. @returns those of which something was */
export const takeWriteOffs = (
  db: TenantDb,
  fundId: string,
  lineIds: readonly string[],
  now: Date,
): Promise<TakenWriteOff[]> =>
  db.query<TakenWriteOff>(sql`
    update capital_call_lines l set written_off = 0, version = l.version + 1, updated_at = ${now}::timestamptz
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.id = any(${lineIds}::uuid[]) and l.written_off > 0
    returning l.id as "lineId", l.investor_id as "investorId", l.inside, l.applied, old.written_off as "writtenOff",
      array(select e.id from ledger_entries e
        where e.tenant_id = l.tenant_id and e.source_kind = 'capital_call' and e.source_id in (l.id, l.call_id)
          and e.kind = 'written_off'
          and exists(select 1 from ledger_lines b
            where b.tenant_id = e.tenant_id and b.entry_id = e.id and b.investor_id = l.investor_id)
          and not exists(select 1 from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id)
        order by e.number) as "entryIds"`)

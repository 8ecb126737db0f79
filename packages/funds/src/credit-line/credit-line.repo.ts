import { empty, sql, type TenantDb } from '@throughline/db'

export interface LineFlowRow {
  date: string
  /** A decimal: what was drawn less what was repaid. */
  drawn: string
}

/** By day, in the order of days; what was reversed takes its own back. */
export const readLineFlows = (db: TenantDb, fundId: string, through?: string): Promise<LineFlowRow[]> =>
  db.query<LineFlowRow>(sql`select e.effective_on as date, (-sum(l.amount))::text as drawn
    from ledger_entries e join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id and l.account = 'credit_line'
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.source_kind = 'credit_line'
      ${through === undefined ? empty : sql`and e.effective_on <= ${through}::date`}
    group by e.effective_on having sum(l.amount) <> 0 order by e.effective_on`)

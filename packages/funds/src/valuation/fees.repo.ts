import { sql, type TenantDb } from '@throughline/db'

/** What pays a fee was changed by so much on a day; minor units as text. */
export const readCommitmentChanges = (db: TenantDb, fundId: string): Promise<{ on: string; change: string }[]> =>
  db.query(sql`select e.happened_on as on,
      sum((case e.kind when 'decreased' then -1 else 1 end) * (e.data->>'amount')::numeric)::text as change
    from position_events e left join commitments c on c.tenant_id = e.tenant_id and c.id = e.commitment_id
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid
      and e.kind in ('committed', 'increased', 'decreased') and c.fee_free is not true
    group by e.happened_on order by e.happened_on`)

export interface AccruedRow {
  sourceId: string
  entryId: string
  amount: string
}

/** Accruals that were not taken back. */
export const readAccrued = (db: TenantDb, fundId: string, sourceIds: readonly string[]): Promise<AccruedRow[]> =>
  db.query<AccruedRow>(sql`select e.source_id as "sourceId", e.id as "entryId", l.amount::text as amount
    from ledger_entries e
    join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id and l.account = 'management_fee'
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.source_kind = 'fee'
      and e.source_id = any(${[...sourceIds]}::uuid[]) and e.kind = 'fee'
      and not exists (select 1 from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id)`)

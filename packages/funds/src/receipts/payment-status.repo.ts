import { sql, type TenantDb } from '@throughline/db'
import type { Standing } from '../calls/index.ts'

/** What a payment for the line has brought to it, or taken from it. */
export interface LinePayment {
  valueDate: string
  kind: 'received' | 'from_prepaid' | 'taken_back'
  /** A decimal. */
  amount: string
}

export interface StatusRow {
  fundId: string
  reference: string
  dueDate: string
  due: string
  applied: string
  writtenOff: string
  excess: string
  excused: boolean
  notified: boolean
  standing: Standing
  payments: LinePayment[]
}

export const readLineStatus = (db: TenantDb, lineId: string): Promise<StatusRow | undefined> =>
  db.queryOne<StatusRow>(sql`
    select l.fund_id as "fundId", l.reference, l.due_date as "dueDate", l.due, l.applied, l.written_off as "writtenOff", l.excess,
      l.excused, l.notified_at is not null as notified, l.standing::text as standing,
      coalesce((select json_agg(json_build_object('valueDate', p.value_date, 'amount', p.on_line::text,
          'kind', case p.kind when 'RECEIPT' then 'received' when 'PREPAID_APPLIED' then 'from_prepaid' else 'taken_back' end)
          order by p.value_date, p.id)
        from payments p where p.tenant_id = l.tenant_id and p.call_id = l.call_id and p.line_id = l.id and p.on_line > 0), '[]') as payments
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    where l.tenant_id = ${db.tenantId}::uuid and l.id = ${lineId}::uuid and c.state in ('ISSUED', 'CLOSED')`)

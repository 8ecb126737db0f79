// The only SQL that adds payments. They are written once; what takes one back is another row.
import type { PaymentKind } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface PaymentRow {
  id: string
  investorId: string
  kind: PaymentKind
  receiptId: string | null
  callId: string | null
  lineId: string | null
  /** Decimals. */
  amount: string
  onLine: string
  prepaid: string
  owed: string
  moves: unknown
  valueDate: string
  reversesId: string | null
  reason: string | null
  entryId: string
  createdById: string | null
}

export const insertPayments = (
  db: TenantDb,
  fundId: string,
  payments: readonly PaymentRow[],
  now: Date,
): Promise<number> =>
  db.execute(sql`
    insert into payments (tenant_id, id, fund_id, investor_id, kind, receipt_id, call_id, line_id, amount, on_line, prepaid, owed,
      moves, value_date, reverses_id, reason, entry_id, created_by_id, created_at)
    select ${db.tenantId}::uuid, p.id, ${fundId}::uuid, p."investorId", p.kind::"PaymentKind", p."receiptId", p."callId", p."lineId",
      p.amount, p."onLine", p.prepaid, p.owed, p.moves, p."valueDate", p."reversesId", p.reason, p."entryId", p."createdById",
      ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(payments)}::jsonb) as p(id uuid, "investorId" uuid, kind text, "receiptId" uuid,
      "callId" uuid, "lineId" uuid, amount numeric, "onLine" numeric, prepaid numeric, owed numeric, moves jsonb, "valueDate" date,
      "reversesId" uuid, reason text, "entryId" uuid, "createdById" uuid)`)

/** Marks payments as taken back. */
export const markReversed = (db: TenantDb, paymentIds: readonly string[], now: Date): Promise<number> =>
  db.execute(sql`update payments set reversed_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = any(${paymentIds}::uuid[]) and reversed_at is null`)

// What a repair writes: what follows from rows that are written once, and nothing that somebody has typed.
import { sql, type TenantDb } from '@throughline/db'
import { minorPerUnit } from './call-checks.repo.ts'
import type { ComparedFund } from './check.repo.ts'

/** Control accounts and sub-ledgers of a fund that is held, folded anew from its lines. */
export const rebuildBalances = (db: TenantDb, fundId: string): Promise<number> =>
  db.execute(sql`select rebuild_ledger_balances(${fundId}::uuid)`)

/** What a line has of payments is what they have moved there. */
export const refoldLine = (db: TenantDb, fund: ComparedFund, lineId: string, now: Date): Promise<number> =>
  db.execute(sql`
    update capital_call_lines l set applied = m.applied, from_prepaid = m.prepaid, version = l.version + 1, updated_at = ${now}::timestamptz
    from (select coalesce(sum((e.value->>'amount')::numeric), 0) / ${minorPerUnit(fund)} as applied,
        coalesce(sum((e.value->>'amount')::numeric) filter (where e.value->>'from' = 'prepaid'), 0) / ${minorPerUnit(fund)} as prepaid
      from payments p, jsonb_array_elements(p.moves) e
      where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fund.id}::uuid and e.value->>'lineId' = ${lineId}) m
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fund.id}::uuid and l.id = ${lineId}::uuid
      and m.applied + l.written_off <= l.due`)

/** A booking of the bank that is payments of its whole amount is matched; one that is none, and was, is in the inbox again. */
export const restateReceipt = (db: TenantDb, fundId: string, receiptId: string, now: Date): Promise<number> =>
  db.execute(sql`
    update bank_receipts r set state = (case when p.amount = r.amount then 'MATCHED' else 'UNMATCHED' end)::"ReceiptState",
      version = r.version + 1, updated_at = ${now}::timestamptz
    from (select coalesce(sum(amount), 0) as amount from payments
      where tenant_id = ${db.tenantId}::uuid and receipt_id = ${receiptId}::uuid and kind = 'RECEIPT' and reversed_at is null) p
    where r.tenant_id = ${db.tenantId}::uuid and r.fund_id = ${fundId}::uuid and r.id = ${receiptId}::uuid
      and p.amount in (0, r.amount)`)

/** What an investor has prepaid, by the ledger, where payments have moved as much. */
export const restorePrepaid = (db: TenantDb, fund: ComparedFund, investorId: string, now: Date): Promise<number> =>
  db.execute(sql`
    update fund_positions f set prepaid = b.amount, updated_at = ${now}::timestamptz
    from (select coalesce(-sum(amount), 0) as amount from ledger_lines where tenant_id = ${db.tenantId}::uuid
        and fund_id = ${fund.id}::uuid and investor_id = ${investorId}::uuid and account = 'prepaid_capital') b,
      (select coalesce(sum((e.value->>'amount')::numeric), 0) / ${minorPerUnit(fund)} as amount
        from payments p, jsonb_array_elements(p.moves) e where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fund.id}::uuid
          and p.investor_id = ${investorId}::uuid and e.value->>'on' = 'prepaid') m
    where f.tenant_id = ${db.tenantId}::uuid and f.fund_id = ${fund.id}::uuid and f.investor_id = ${investorId}::uuid
      and b.amount = m.amount and b.amount >= 0`)

/** A closed call with something outstanding is an issued one. */
export const reopenCall = (db: TenantDb, fundId: string, callId: string, now: Date): Promise<number> =>
  db.execute(sql`
    update capital_calls set state = 'ISSUED', closed_at = null, version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and id = ${callId}::uuid and state = 'CLOSED'`)

/** The day of a struck net asset value. */
export const readStruckDay = (
  db: TenantDb,
  fundId: string,
  periodId: string,
): Promise<{ asOf: string; kind: 'daily' | 'final' } | undefined> =>
  db.queryOne(sql`select as_of as "asOf", kind from nav_periods
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and id = ${periodId}::uuid`)

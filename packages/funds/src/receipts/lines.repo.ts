// Lines of calls, as receipts are matched with them.
import { sql, type TenantDb } from '@throughline/db'

export interface IssuedLineRow {
  lineId: string
  reference: string
  dueDate: string
  /** A decimal; 0 for what nobody has to pay. */
  outstanding: string
  payerNames: string[]
}

/** Every line that was ever issued in a fund: a paid one may be meant as well. */
export const readIssuedLines = (db: TenantDb, fundId: string): Promise<IssuedLineRow[]> =>
  db.query<IssuedLineRow>(sql`
    select l.id as "lineId", l.reference, l.due_date as "dueDate",
      case when c.state = 'ISSUED' and not l.excused then l.due - l.applied - l.written_off else 0 end::text as outstanding,
      i.payer_names || i.name as "payerNames"
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and c.issued_at is not null
    order by l.due_date, l.id`)

export interface LineToPay {
  lineId: string
  callId: string
  investorId: string
  callTitle: string
  callState: string
}

export const readLinesToPay = (db: TenantDb, fundId: string, lineIds: readonly string[]): Promise<LineToPay[]> =>
  db.query<LineToPay>(sql`
    select l.id as "lineId", l.call_id as "callId", l.investor_id as "investorId", c.title as "callTitle",
      c.state::text as "callState"
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.id = any(${lineIds}::uuid[])`)

/**
 * Funds in whose calls a reference stands, in the currency; when there is none, the oldest open fund of the currency, in whose
 * inbox somebody will look at it.
 */
export const findFundFor = async (
  db: TenantDb,
  { reference, currency }: { reference: string | null; currency: string },
): Promise<string | undefined> => {
  const row = await db.queryOne<{ id: string }>(sql`
    select f.id from funds f
    left join capital_call_lines l on l.tenant_id = f.tenant_id and l.fund_id = f.id and l.reference = ${reference}
    where f.tenant_id = ${db.tenantId}::uuid and f.currency = ${currency} and (l.id is not null or f.state = 'OPEN')
    order by l.id is null, f.created_at, f.id limit 1`)
  return row?.id
}

export interface PaidPart {
  paymentId: string
  entryId: string
  investorId: string
  callId: string | null
  lineId: string | null
  amount: string
  onLine: string
  prepaid: string
  owed: string
}

/** What was made of a receipt and was not taken back, in the order in which it was done. */
export const readPaidParts = (db: TenantDb, receiptId: string): Promise<PaidPart[]> =>
  db.query<PaidPart>(sql`
    select id as "paymentId", entry_id as "entryId", investor_id as "investorId", call_id as "callId", line_id as "lineId", amount,
      on_line as "onLine", prepaid, owed
    from payments where tenant_id = ${db.tenantId}::uuid and receipt_id = ${receiptId}::uuid and kind = 'RECEIPT'
      and reversed_at is null
    order by id`)

/** What investors owe, because money has bounced that was refunded before; decimals. */
export const readOwed = (
  db: TenantDb,
  fundId: string,
  investorIds: readonly string[],
): Promise<{ investorId: string; owed: string }[]> =>
  db.query(sql`select investor_id as "investorId", sum(owed)::text as owed from payments
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and investor_id = any(${investorIds}::uuid[])
    group by investor_id`)

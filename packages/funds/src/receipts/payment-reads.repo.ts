// Payments as they are shown.
import type { ListPayments, PaymentView } from '@throughline/contracts'
import { empty, instantOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

const columns = sql`p.id, p.fund_id as "fundId", p.kind::text as kind, p.investor_id as "investorId", i.name as "investorName",
  p.call_id as "callId", c.title as "callTitle", p.line_id as "lineId", l.reference, p.receipt_id as "receiptId", p.amount,
  f.currency, p.on_line as "onLine", p.prepaid, p.owed, p.value_date as "valueDate", p.reverses_id as "reversesId",
  ${instantOf(sql`p.reversed_at`)} as "reversedAt", p.reason, p.entry_id as "entryId", ${instantOf(sql`p.created_at`)} as "createdAt"`

const tables = sql`payments p join funds f on f.tenant_id = p.tenant_id and f.id = p.fund_id
  join investors i on i.tenant_id = p.tenant_id and i.id = p.investor_id
  left join capital_calls c on c.tenant_id = p.tenant_id and c.id = p.call_id
  left join capital_call_lines l on l.tenant_id = p.tenant_id and l.id = p.line_id`

export const readPayment = (db: TenantDb, paymentId: string): Promise<PaymentView | undefined> =>
  db.queryOne<PaymentView>(
    sql`select ${columns} from ${tables} where p.tenant_id = ${db.tenantId}::uuid and p.id = ${paymentId}::uuid`,
  )

/** What a receipt has become, first of all; not what was taken back. */
export const readFirstPaymentOf = (db: TenantDb, receiptId: string): Promise<PaymentView | undefined> =>
  db.queryOne<PaymentView>(sql`select ${columns} from ${tables}
    where p.tenant_id = ${db.tenantId}::uuid and p.receipt_id = ${receiptId}::uuid and p.kind = 'RECEIPT' and p.reversed_at is null
    order by p.id limit 1`)

/** All that was done with a receipt, newest first. */
export const readPaymentsOf = (db: TenantDb, receiptId: string): Promise<PaymentView[]> =>
  db.query<PaymentView>(sql`select ${columns} from ${tables}
    where p.tenant_id = ${db.tenantId}::uuid and p.receipt_id = ${receiptId}::uuid order by p.id desc`)

const equals = (column: Sql, id: string | undefined): Sql =>
  id === undefined ? empty : sql`and ${column} = ${id}::uuid`

/** Newest first; one more than is shown. */
export const findPayments = (
  db: TenantDb,
  fundId: string,
  { kind, investorId, callId, receiptId, limit, before }: Omit<ListPayments, 'cursor'> & { before: string | undefined },
): Promise<PaymentView[]> =>
  db.query<PaymentView>(sql`select ${columns} from ${tables}
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid ${equals(sql`p.investor_id`, investorId)}
      ${equals(sql`p.call_id`, callId)} ${equals(sql`p.receipt_id`, receiptId)}
      ${kind === undefined ? empty : sql`and p.kind = ${kind}::"PaymentKind"`}
      ${before === undefined ? empty : sql`and p.id < ${before}::uuid`}
    order by p.id desc limit ${rowLimit(limit + 1)}`)

export interface PaymentParts {
  moves: { on: 'line' | 'prepaid'; lineId?: string; from?: 'receipt' | 'prepaid'; amount: string }[]
  /** Of the lines of the moves. */
  lines: { lineId: string; reference: string; callTitle: string }[]
  receipt: { bankReference: string; account: string; payer: string; text: string } | null
  entry: {
    id: string
    number: string
    effectiveOn: string
    lines: { account: string; investorName: string | null; amount: string }[]
  }
}

/** What a payment has moved, where it came from, and what the books say of it. */
export const readPaymentParts = (db: TenantDb, paymentId: string): Promise<PaymentParts | undefined> =>
  db.queryOne<PaymentParts>(sql`
    select p.moves,
      coalesce((select json_agg(json_build_object('lineId', l.id, 'reference', l.reference, 'callTitle', c.title))
        from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
        where l.tenant_id = p.tenant_id
          and l.id in (select (m->>'lineId')::uuid from jsonb_array_elements(p.moves) m where m ? 'lineId')), '[]') as lines,
      (select json_build_object('bankReference', r.bank_reference, 'account', r.account, 'payer', r.payer, 'text', r.text)
        from bank_receipts r where r.tenant_id = p.tenant_id and r.id = p.receipt_id) as receipt,
      (select json_build_object('id', e.id, 'number', e.number::text, 'effectiveOn', e.effective_on, 'lines',
          (select json_agg(json_build_object('account', b.account, 'investorName', i.name, 'amount', b.amount::text)
              order by b.position)
            from ledger_lines b left join investors i on i.tenant_id = b.tenant_id and i.id = b.investor_id
            where b.tenant_id = e.tenant_id and b.entry_id = e.id))
        from ledger_entries e where e.tenant_id = p.tenant_id and e.id = p.entry_id) as entry
    from payments p where p.tenant_id = ${db.tenantId}::uuid and p.id = ${paymentId}::uuid`)

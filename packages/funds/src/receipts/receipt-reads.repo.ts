// Receipts as they are shown, and what money of a fund can go to.
import type {
  ListPayers,
  ListReceipts,
  ListReceivables,
  PayerView,
  ReceiptView,
  ReceivableView,
} from '@throughline/contracts'
import { empty, instantOf, likePattern, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'

export type ReceiptRow = Omit<ReceiptView, 'proposed' | 'ageDays' | 'basis' | 'confidence' | 'currency'> & {
  match: { basis: ReceiptView['basis']; confidence: number; lineIds: string[] } | null
}

const columns = sql`r.id, r.fund_id as "fundId", r.bank_reference as "bankReference", r.account, r.value_date as "valueDate", r.amount,
  r.text, r.payer, r.source, r.state::text as state, r.match, r.note, r.version, ${instantOf(sql`r.created_at`)} as "createdAt",
  (select json_build_object('id', m.id, 'name', m.name) from members m where m.tenant_id = r.tenant_id and m.id = r.owner_id) as owner`

export const readReceiptRow = (db: TenantDb, receiptId: string): Promise<ReceiptRow | undefined> =>
  db.queryOne<ReceiptRow>(
    sql`select ${columns} from bank_receipts r where r.tenant_id = ${db.tenantId}::uuid and r.id = ${receiptId}::uuid`,
  )

const isIn = (state: ListReceipts['state']): Sql => {
  if (state === undefined) return empty
  return state === 'open' ? sql`and r.state in ('UNMATCHED', 'PROPOSED')` : sql`and r.state = ${state}::"ReceiptState"`
}

/** Newest first; one more than is shown. */
export const findReceipts = (
  db: TenantDb,
  fundId: string,
  { state, limit, before }: Pick<ListReceipts, 'state' | 'limit'> & { before: string | undefined },
): Promise<ReceiptRow[]> =>
  db.query<ReceiptRow>(sql`select ${columns} from bank_receipts r
    where r.tenant_id = ${db.tenantId}::uuid and r.fund_id = ${fundId}::uuid ${isIn(state)}
      ${before === undefined ? empty : sql`and r.id < ${before}::uuid`}
    order by r.id desc limit ${rowLimit(limit + 1)}`)

const receivable = sql`l.id as "lineId", l.reference, l.investor_id as "investorId", i.name as "investorName", l.call_id as "callId",
  c.title as "callTitle", l.due_date as "dueDate", l.due, (l.due - l.applied - l.written_off)::text as outstanding`

const linesOfCalls = sql`capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
  join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id`

export const readReceivables = (db: TenantDb, lineIds: readonly string[]): Promise<ReceivableView[]> =>
  db.query<ReceivableView>(sql`select ${receivable} from ${linesOfCalls}
    where l.tenant_id = ${db.tenantId}::uuid and l.id = any(${lineIds}::uuid[]) order by l.due_date, l.id`)

const matching = (search: string | undefined, ...texts: readonly Sql[]): Sql => {
  const [first, second] = texts
  if (!search || !first || !second) return empty
  const pattern = likePattern(search)
  return sql`and (${first} ilike ${pattern} or ${second} ilike ${pattern})`
}

/** Open lines of issued calls, the oldest first; one more than is shown. */
export const findReceivables = (
  db: TenantDb,
  fundId: string,
  { search, limit, after }: Omit<ListReceivables, 'cursor'> & { after: readonly [string, string] | undefined },
): Promise<ReceivableView[]> =>
  db.query<ReceivableView>(sql`select ${receivable} from ${linesOfCalls}
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and c.state = 'ISSUED' and not l.excused
      and l.due > l.applied + l.written_off ${matching(search, sql`i.name`, sql`l.reference`)}
      ${after === undefined ? empty : sql`and (l.due_date, l.id) > (${after[0]}::date, ${after[1]}::uuid)`}
    order by l.due_date, l.id limit ${rowLimit(limit + 1)}`)

const owedBy = sql`coalesce((select sum(b.owed) from payments b
  where b.tenant_id = p.tenant_id and b.fund_id = p.fund_id and b.investor_id = p.investor_id and b.owed <> 0), 0)`

const having = (what: ListPayers['having']): Sql => {
  if (what === undefined) return empty
  return what === 'prepaid' ? sql`and p.prepaid > 0` : sql`and ${owedBy} > 0`
}

/** Investors of a fund by name; one more than is shown. */
export const findPayers = (
  db: TenantDb,
  fundId: string,
  { search, having: what, limit, after }: Omit<ListPayers, 'cursor'> & { after: readonly [string, string] | undefined },
): Promise<PayerView[]> =>
  db.query<PayerView>(sql`
    select i.id as "investorId", i.code, i.name, p.prepaid, ${owedBy}::numeric(18, 2)::text as owed
    from fund_positions p join investors i on i.tenant_id = p.tenant_id and i.id = p.investor_id
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid ${matching(search, sql`i.name`, sql`i.code`)}
      ${having(what)} ${after === undefined ? empty : sql`and (i.name, i.id) > (${after[0]}, ${after[1]}::uuid)`}
    order by i.name, i.id limit ${rowLimit(limit + 1)}`)

// Transfers of commitments as debts follow them, and lines that become somebody else's.
import { sql, type TenantDb } from '@throughline/db'

export interface TransferRow {
  id: string
  commitmentId: string
  from: string
  to: string
  on: string
  /** Minor units as text. */
  amount: string
  before: string
}

/**
 * All transfers in a fund, in the order in which they were written down; none where the investors have never sold anything.
 * The two sides of a transfer are written together, so that the first that goes of a commitment is the first that comes of it.
 */
export const readTransfers = (db: TenantDb, fundId: string, sellers: readonly string[]): Promise<TransferRow[]> =>
  db.query<TransferRow>(sql`
    with happened as (
      select e.id, e.investor_id, e.kind, e.happened_on, e.source_id, c.amount,
        sum(case when e.kind in ('decreased', 'transferred_out') then -c.amount else c.amount end) over (
          partition by e.investor_id order by e.id rows between unbounded preceding and 1 preceding) as before,
        row_number() over (partition by e.source_id, e.kind order by e.id) as place
      from position_events e,
        lateral (select coalesce(e.data->'part'->>'commitment', e.data->>'amount')::numeric as amount) c
      where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid
        and e.kind in ('committed', 'increased', 'decreased', 'transferred_in', 'transferred_out')
        and exists (select from position_events s where s.tenant_id = ${db.tenantId}::uuid and s.fund_id = ${fundId}::uuid
          and s.investor_id = any(${sellers}::uuid[]) and s.kind = 'transferred_out'))
    select o.id, o.source_id as "commitmentId", o.investor_id as "from", i.investor_id as "to", o.happened_on as "on",
      o.amount::text as amount, o.before::text as before
    from happened o join happened i on i.source_id = o.source_id and i.kind = 'transferred_in' and i.place = o.place
    where o.kind = 'transferred_out' order by o.id`)

export interface SettledLineRow {
  lineId: string
  callId: string
  investorId: string
  due: string
  inside: string
  outside: string
  applied: string
  writtenOff: string
  recalled: string
  lateInterest: string
  components: unknown
  /** The event by which it was settled; null for what was never an event. */
  settledAt: string | null
}

/** Lines as they are before payments are taken back. @param paymentIds those */
export const readSettledLines = (
  db: TenantDb,
  fundId: string,
  { lineIds, paymentIds }: { lineIds: readonly string[]; paymentIds: readonly string[] },
): Promise<SettledLineRow[]> =>
  db.query<SettledLineRow>(sql`
    select l.id as "lineId", l.call_id as "callId", l.investor_id as "investorId", l.due, l.inside, l.outside, l.applied,
      l.written_off as "writtenOff", l.recalled, l.late_interest as "lateInterest", l.components,
      (select max(e.id::text) from payments p
        join position_events e on e.tenant_id = p.tenant_id and e.source_kind = 'payment' and e.source_id = p.id and e.kind = 'funded'
        where p.tenant_id = l.tenant_id and p.fund_id = l.fund_id and p.line_id = l.id
          and (p.id = any(${paymentIds}::uuid[]) or p.kind = 'PREPAID_APPLIED')) as "settledAt"
    from capital_call_lines l
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.id = any(${lineIds}::uuid[])
    order by l.id`)

export const readPartsOf = (
  db: TenantDb,
  callId: string,
  investorId: string,
): Promise<{ components: unknown } | undefined> =>
  db.queryOne(sql`select components from capital_call_lines
    where tenant_id = ${db.tenantId}::uuid and call_id = ${callId}::uuid and investor_id = ${investorId}::uuid`)

/** What goes from a line; decimals. */
export interface LinePart {
  inside: string
  outside: string
  recalled: string
  lateInterest: string
  /** Of the line that it goes from, and of the one that it goes to. */
  stay: unknown
  together: unknown
}

/**
 * A part of a line becomes due of somebody else: on the line that this investor has in the call, or on a new one. Its reference is that
 * of the first line behind a mark, so that neither is the beginning of the other.
 */
export async function moveLine(
  db: TenantDb,
  { lineId, to, part, now }: { lineId: string; to: string; part: LinePart; now: Date },
): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  const { inside, outside, recalled, lateInterest, stay, together } = part
  await db.execute(sql`
    insert into capital_call_lines as own (tenant_id, id, call_id, fund_id, investor_id, reference, due_date, due, inside, outside,
      late_interest, interest_through, recalled, components, unfunded_before, updated_at)
    select l.tenant_id, uuidv7(), l.call_id, l.fund_id, ${to}::uuid,
      'T' || (select count(*) from capital_call_lines c where c.tenant_id = l.tenant_id and c.call_id = l.call_id) || l.reference,
      l.due_date, ${inside}::numeric + ${outside}::numeric, ${inside}::numeric, ${outside}::numeric, ${lateInterest}::numeric,
      l.interest_through, ${recalled}::numeric, ${JSON.stringify(together)}::jsonb, ${inside}::numeric, ${now}::timestamptz
    from capital_call_lines l where l.tenant_id = ${t} and l.id = ${lineId}::uuid
    on conflict (tenant_id, call_id, investor_id) do update set due = own.due + excluded.due, inside = own.inside + excluded.inside,
      outside = own.outside + excluded.outside, late_interest = own.late_interest + excluded.late_interest,
      recalled = own.recalled + excluded.recalled, components = excluded.components, excused = false,
      version = own.version + 1, updated_at = excluded.updated_at`)
  await db.execute(sql`
    update capital_call_lines set due = due - ${inside}::numeric - ${outside}::numeric, inside = inside - ${inside}::numeric,
      outside = outside - ${outside}::numeric, late_interest = late_interest - ${lateInterest}::numeric,
      recalled = recalled - ${recalled}::numeric, components = ${JSON.stringify(stay)}::jsonb, version = version + 1,
      updated_at = ${now}::timestamptz
    where tenant_id = ${t} and id = ${lineId}::uuid`)
}

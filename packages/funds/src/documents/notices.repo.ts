// What notices are made of: of the call or distribution once, of its investors a batch at a time.
import { sql, type TenantDb } from '@throughline/db'

export interface CallRow {
  id: string
  fundId: string
  firm: string
  wireSealed: string | null
  state: string
  number: number | null
  title: string
  purpose: string
  noticeDate: string
  dueDate: string
  amount: string
  components: {
    id: string
    kind: 'INVESTMENT' | 'FEE' | 'EXPENSE' | 'OTHER'
    label: string
    amount: string
    inside: boolean
  }[]
  /** Over all lines that ask for something. */
  unfundedBefore: string
}

export const readCall = (db: TenantDb, callId: string): Promise<CallRow | undefined> =>
  db.queryOne<CallRow>(sql`
    select c.id, c.fund_id as "fundId", t.name as firm, f.wire_sealed as "wireSealed", c.state::text as state, c.number, c.title,
      c.purpose, c.notice_date as "noticeDate", c.due_date as "dueDate", c.amount,
      (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind, 'label', k.label, 'amount', k.amount::text,
        'inside', k.inside_commitment) order by k.position), '[]'::jsonb) from call_components k
        where k.tenant_id = c.tenant_id and k.call_id = c.id) as components,
      (select coalesce(sum(l.unfunded_before), 0) from capital_call_lines l
        where l.tenant_id = c.tenant_id and l.call_id = c.id and not l.excused) as "unfundedBefore"
    from capital_calls c join funds f on f.tenant_id = c.tenant_id and f.id = c.fund_id join tenants t on t.id = c.tenant_id
    where c.tenant_id = ${db.tenantId}::uuid and c.id = ${callId}::uuid`)

export interface FundSums {
  commitment: string
  called: string
  contributions: string
  distributions: string
  recallable: string
  /** A decimal: what can be called back as of the day, before the call took some of it. */
  stillRecallable: string
}

/** In minor units, of everything up to and with a day but what one call has called. Transfers cancel out. */
export const readFundSums = (
  db: TenantDb,
  fundId: string,
  { day, exceptCallId, unit }: { day: string; exceptCallId: string; unit: number },
): Promise<FundSums[]> =>
  db.query<FundSums>(sql`
    select coalesce(sum(case kind when 'decreased' then -(data->>'amount')::numeric else (data->>'amount')::numeric end)
        filter (where kind in ('committed', 'increased', 'decreased')), 0)::text as commitment,
      coalesce(sum(case kind when 'called' then (data->>'insideCommitment')::numeric else -(data->>'insideCommitment')::numeric end)
        filter (where kind in ('called', 'call_reversed') and data->>'callId' <> ${exceptCallId}), 0)::text as called,
      coalesce(sum((data->>'insideCommitment')::numeric + (data->>'outsideCommitment')::numeric)
        filter (where kind = 'funded'), 0)::text as contributions,
      coalesce(sum((data->>'amount')::numeric) filter (where kind = 'distributed'), 0)::text as distributions,
      coalesce(sum((data->>'recallable')::numeric) filter (where kind = 'distributed'), 0)::text as recallable,
      (select coalesce(sum((lot->>'amount')::numeric), 0) / ${unit}
        from fund_positions p, jsonb_array_elements(p.recallables->'lots') lot
        where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid
          and coalesce((lot->>'expiresOn')::date >= ${day}::date, true))
        + (select coalesce(sum(l.recalled), 0) from capital_call_lines l
          where l.tenant_id = ${db.tenantId}::uuid and l.call_id = ${exceptCallId}::uuid) as "stillRecallable"
    from position_events where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and happened_on <= ${day}::date`)

/** Investors of the fund who have no line in the call, or one that asks for nothing. */
export const readOutside = (db: TenantDb, fundId: string, callId: string): Promise<{ investorId: string }[]> =>
  db.query(sql`select p.investor_id as "investorId" from fund_positions p
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid and not exists (select 1 from capital_call_lines l
      where l.tenant_id = p.tenant_id and l.call_id = ${callId}::uuid and l.investor_id = p.investor_id
        and not l.excused)`)

export interface NoticeLineRow {
  documentId: string
  investorId: string
  code: string
  investor: string
  reference: string
  due: string
  inside: string
  outside: string
  recalled: string
  fromPrepaid: string
  unfundedBefore: string
  components: unknown
}

/** The lines of documents that are still to be made. */
export const readCallLines = (db: TenantDb, callId: string, documentIds: readonly string[]): Promise<NoticeLineRow[]> =>
  db.query<NoticeLineRow>(sql`
    select d.id as "documentId", l.investor_id as "investorId", i.code, i.name as investor, l.reference, l.due, l.inside, l.outside,
      l.recalled, l.from_prepaid as "fromPrepaid", l.unfunded_before as "unfundedBefore", l.components
    from fund_documents d
    join capital_call_lines l on l.tenant_id = d.tenant_id and l.call_id = ${callId}::uuid and l.investor_id = d.investor_id
    join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
    where d.tenant_id = ${db.tenantId}::uuid and d.id = any(${documentIds}::uuid[]) and d.state = 'PENDING' order by d.id`)

export interface DistributionRow {
  id: string
  fundId: string
  firm: string
  state: string
  number: number | null
  title: string
  distributedOn: string
  expiresOn: string | null
  recyclingCap: string | null
  returnOfCapital: string
  gain: string
  income: string
  recallable: string
  sums: Record<'returnOfCapital' | 'gain' | 'income' | 'withheld' | 'recallable', string>
}

export const readDistribution = (db: TenantDb, distributionId: string): Promise<DistributionRow | undefined> =>
  db.queryOne<DistributionRow>(sql`
    select d.id, d.fund_id as "fundId", t.name as firm, d.state::text as state, d.number, d.title, d.distributed_on as "distributedOn",
      d.expires_on as "expiresOn", trim_scale(d.recycling_cap)::text as "recyclingCap", d.return_of_capital as "returnOfCapital", d.gain, d.income, d.recallable,
      (select jsonb_build_object('returnOfCapital', coalesce(sum(l.return_of_capital), 0)::text, 'gain', coalesce(sum(l.gain), 0)::text,
        'income', coalesce(sum(l.income), 0)::text, 'withheld', coalesce(sum(l.withheld), 0)::text,
        'recallable', coalesce(sum(l.recallable), 0)::text)
        from distribution_lines l where l.tenant_id = d.tenant_id and l.distribution_id = d.id) as sums
    from distributions d join tenants t on t.id = d.tenant_id
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${distributionId}::uuid`)

export interface DistributionLineRow {
  documentId: string
  code: string
  investor: string
  returnOfCapital: string
  gain: string
  income: string
  withheld: string
  recallable: string
  aboveCap: string
}

export const readDistributionLines = (
  db: TenantDb,
  distributionId: string,
  documentIds: readonly string[],
): Promise<DistributionLineRow[]> =>
  db.query<DistributionLineRow>(sql`
    select d.id as "documentId", i.code, i.name as investor, l.return_of_capital as "returnOfCapital", l.gain, l.income, l.withheld,
      l.recallable, l.above_cap as "aboveCap"
    from fund_documents d
    join distribution_lines l on l.tenant_id = d.tenant_id and l.distribution_id = ${distributionId}::uuid
      and l.investor_id = d.investor_id
    join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
    where d.tenant_id = ${db.tenantId}::uuid and d.id = any(${documentIds}::uuid[]) and d.state = 'PENDING' order by d.id`)

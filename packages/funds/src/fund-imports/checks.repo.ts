// Staged rows against what is stored: who and what they mean, and what is there already.
import { sql, type TenantDb } from '@throughline/db'

/** Finds the investors that rows name, by code first; who is not found, or is several, is refused. */
export async function resolveInvestors(db: TenantDb, { unknownToo }: { unknownToo: boolean }): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    update staged s set investor_id = c.id from (select lower(code) as word, min(id::text)::uuid as id from investors
      where tenant_id = ${t} group by 1) c where c.word = lower(s.row->>'investor')`)
  await db.execute(sql`
    with named as (select lower(name) as word, min(id::text)::uuid as id, count(*)::int as n from investors
      where tenant_id = ${t} group by 1),
    several as (insert into refused (line, reason)
      select s.line, n.n || ' investors have the name "' || left(s.row->>'investor', 60) || '": use the code.' from staged s
      join named n on n.word = lower(s.row->>'investor') where s.investor_id is null and n.n > 1)
    update staged s set investor_id = n.id from named n
      where s.investor_id is null and n.n = 1 and n.word = lower(s.row->>'investor')`)
  if (unknownToo) return
  await db.execute(sql`insert into refused (line, reason)
    select s.line, 'Investor "' || left(s.row->>'investor', 60) || '" is not known.' from staged s
    where s.investor_id is null and s.row->>'investor' is not null and not exists (select 1 from refused r where r.line = s.line)`)
}

/** An investor has one commitment a close: in the file, by whatever name, and with those that are there. */
export async function refuseRepeatedCommitments(db: TenantDb, fundId: string): Promise<void> {
  await db.execute(sql`insert into refused (line, reason)
    select line, 'Line ' || first || ' of the file is about the same investor and close.' from
      (select line, min(line) over (partition by investor_id, lower(row->>'closeName')) as first from staged
        where investor_id is not null) s where line <> first`)
  await db.execute(sql`insert into refused (line, reason)
    select s.line, 'This investor has a commitment of ' || c.amount || ' in this close already.' from staged s
    join commitments c on c.tenant_id = ${db.tenantId}::uuid and c.fund_id = ${fundId}::uuid and c.investor_id = s.investor_id
      and lower(c.close_name) = lower(s.row->>'closeName')`)
}

/** Bookings that were recorded before, by this file's bank or otherwise. They are no mistake: statements overlap. */
export async function countKnownReceipts(db: TenantDb, fundId: string): Promise<number> {
  const row = await db.queryOne<{ n: number }>(sql`select count(*)::int as n from staged s
    join bank_receipts b on b.tenant_id = ${db.tenantId}::uuid and b.fund_id = ${fundId}::uuid and b.receipt_key = s.key`)
  return row?.n ?? 0
}

/**
 * For rows on which the bank took money away: the one matched receipt of the same account and amount whose reference, or that of the
 * line that it has paid, the row names. Never by amount alone.
 */
export const findMeantReceipts = (
  db: TenantDb,
  fundId: string,
  rows: readonly object[],
): Promise<{ line: number; bankReference: string; valueDate: string }[]> =>
  db.query(sql`
    select n.line, min(r.bank_reference) as "bankReference", min(r.value_date) as "valueDate"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(line int, "bankReference" text, account text, amount numeric,
        "valueDate" date, text text)
    cross join lateral (select regexp_replace(upper(n.text), '[^A-Z0-9]', '', 'g') as said) t
    join bank_receipts r on r.tenant_id = ${db.tenantId}::uuid and r.fund_id = ${fundId}::uuid and r.state = 'MATCHED'
      and r.account = n.account and r.amount = n.amount and r.value_date <= n."valueDate"
      and (r.bank_reference = n."bankReference" or position(lower(r.bank_reference) in lower(n.text)) > 0
        or exists (select from payments p join capital_call_lines l on l.tenant_id = p.tenant_id and l.id = p.line_id
          where p.tenant_id = r.tenant_id and p.receipt_id = r.id and p.kind = 'RECEIPT' and p.reversed_at is null
            and position(regexp_replace(upper(l.reference), '[^A-Z0-9]', '', 'g') in t.said) > 0))
    group by n.line having count(*) = 1 order by n.line`)

/** What rows call deals: each name once. */
export const readDealWords = async (db: TenantDb, limit: number): Promise<string[]> =>
  (
    await db.query<{ word: string }>(
      sql`select distinct lower(row->>'deal') as word from staged order by 1 limit ${limit + 1}`,
    )
  ).map(({ word }) => word)

/** Says which deals are meant. What is not among them, or is several, is refused. */
export async function writeDeals(
  db: TenantDb,
  found: readonly { word: string; dealId: string | null; reason: string | null }[],
): Promise<void> {
  const deals = sql`jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as d(word text, "dealId" uuid, reason text)`
  await db.execute(sql`update staged s set deal_id = d."dealId" from ${deals} where d.word = lower(s.row->>'deal')`)
  await db.execute(sql`insert into refused (line, reason) select s.line, d.reason from staged s
    join ${deals} on d.word = lower(s.row->>'deal') where d.reason is not null`)
}

/** The same holding on the same day, or the same place of a deal, by whatever name. */
export const refuseRepeatedDeals = (db: TenantDb): Promise<number> =>
  db.execute(sql`insert into refused (line, reason)
    select line, 'Line ' || first || ' of the file is about the same.' from
      (select line, min(line) over (partition by deal_id, investor_id, row->>'markedOn', row->>'tranche') as first from staged
        where deal_id is not null) s where line <> first`)

export const refuseStoredAllocations = (db: TenantDb, fundId: string): Promise<number> =>
  db.execute(sql`insert into refused (line, reason)
    select s.line, case when a.external_ref = s.row->>'externalRef' then 'An allocation has this reference already.'
      else 'This deal is allocated in this tranche already.' end
    from staged s join allocations a on a.tenant_id = ${db.tenantId}::uuid and a.fund_id = ${fundId}::uuid
      and (a.external_ref = s.row->>'externalRef' or a.state = 'ACTIVE' and a.deal_id = s.deal_id
        and a.investor_id is not distinct from s.investor_id and a.tranche = (s.row->>'tranche')::int)`)

export const refuseStoredMarks = (db: TenantDb, fundId: string): Promise<number> =>
  db.execute(sql`insert into refused (line, reason)
    select distinct s.line, 'This holding has a mark of ' || m.value || ' on this day already.' from staged s
    join nav_marks m on m.tenant_id = ${db.tenantId}::uuid and m.fund_id = ${fundId}::uuid and m.deal_id = s.deal_id
      and m.marked_on = (s.row->>'markedOn')::date`)

/** What each deal's rows have in per cent, in ten thousandths. */
export const readShares = (
  db: TenantDb,
): Promise<{ dealId: string; deal: string; lines: number[]; shares: string[] }[]> =>
  db.query(sql`select deal_id as "dealId", min(row->>'deal') as deal, array_agg(line order by line) as lines,
      array_agg(row->>'percent' order by line) as shares
    from staged where row->>'percent' is not null and deal_id is not null group by deal_id order by min(line)`)

export const refuseLines = (db: TenantDb, lines: readonly number[], reason: string): Promise<number> =>
  db.execute(sql`insert into refused (line, reason) select l, ${reason} from unnest(${lines}::int[]) l`)

/** @returns the investor of a code or name; nothing where there is none, or several */
export async function findInvestorNamed(db: TenantDb, word: string): Promise<string | undefined> {
  const rows = await db.query<{ id: string }>(sql`select id from investors where tenant_id = ${db.tenantId}::uuid
    and (lower(code) = lower(${word}) or lower(name) = lower(${word})) limit 2`)
  return rows.length === 1 ? rows[0]?.id : undefined
}

// Lines of distributions that were declared, and who would have lines of one that is not.
import { instantOf, sql, type TenantDb } from '@throughline/db'

export interface LineRow {
  investorId: string
  /** Decimals. */
  returnOfCapital: string
  gain: string
  income: string
  carry: string
  withheld: string
  recallable: string
  aboveCap: string
}

export const insertLines = (
  db: TenantDb,
  { distributionId, fundId }: { distributionId: string; fundId: string },
  lines: readonly LineRow[],
): Promise<number> =>
  db.execute(sql`
    insert into distribution_lines (tenant_id, id, distribution_id, fund_id, investor_id, return_of_capital, gain, income, carry,
      withheld, recallable, above_cap)
    select ${db.tenantId}::uuid, uuidv7(), ${distributionId}::uuid, ${fundId}::uuid, l."investorId", l."returnOfCapital", l.gain,
      l.income, l.carry, l.withheld, l.recallable, l."aboveCap"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l("investorId" uuid, "returnOfCapital" numeric, gain numeric,
      income numeric, carry numeric, withheld numeric, recallable numeric, "aboveCap" numeric)`)

export type StoredLine = LineRow & { paidAt: string | null }

/** In the order of investors. */
export const readLines = (db: TenantDb, distributionId: string): Promise<StoredLine[]> =>
  db.query<StoredLine>(sql`select l.investor_id as "investorId", l.return_of_capital::text as "returnOfCapital",
      l.gain::text as gain, l.income::text as income, l.carry::text as carry, l.withheld::text as withheld,
      l.recallable::text as recallable, l.above_cap::text as "aboveCap", ${instantOf(sql`l.paid_at`)} as "paidAt"
    from distribution_lines l where l.tenant_id = ${db.tenantId}::uuid and l.distribution_id = ${distributionId}::uuid
    order by l.investor_id`)

export const markPaid = (
  db: TenantDb,
  distributionId: string,
  investorIds: readonly string[],
  now: Date,
): Promise<number> =>
  db.execute(sql`update distribution_lines set paid_at = ${now}::timestamptz where tenant_id = ${db.tenantId}::uuid
    and distribution_id = ${distributionId}::uuid and investor_id = any(${[...investorIds]}::uuid[]) and paid_at is null`)

export interface PartyRow {
  investorId: string
  commitment: string
  /** Of all distributions so far. */
  recallable: string
  taxCountry: string | null
}

/** Everybody with a position in the fund. */
export const readParties = (db: TenantDb, fundId: string): Promise<PartyRow[]> =>
  db.query<PartyRow>(sql`select p.investor_id as "investorId", p.commitment::text as commitment, p.recallable::text as recallable,
      i.tax_country as "taxCountry"
    from fund_positions p join investors i on i.tenant_id = p.tenant_id and i.id = p.investor_id
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid order by p.investor_id`)

/** The entry by which a distribution was declared. */
export async function readDeclaredEntry(db: TenantDb, distributionId: string): Promise<string> {
  const row = await db.queryOne<{
    id: string
  }>(sql`select e.id from ledger_entries e where e.tenant_id = ${db.tenantId}::uuid
    and e.source_kind = 'distribution' and e.source_id = ${distributionId}::uuid and e.kind = 'distribution_declared'`)
  if (!row) throw new Error('a distribution was declared without an entry')
  return row.id
}

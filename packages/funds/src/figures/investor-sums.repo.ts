// Where one investor stands in all of its funds: one question, whatever their number.
import { sql, type TenantDb } from '@throughline/db'
import type { RecallablePolicy } from '../performance/index.ts'
import { type SumRow, sums } from './figures.repo.ts'

export type InvestorSumRow = SumRow & {
  fundId: string
  fundName: string
  currency: string
  policy: RecallablePolicy
  /** Which day it is in the zone of the fund. */
  day: string
}

/** By the name of the fund. */
export const readSumsOfInvestor = (db: TenantDb, investorId: string, now: Date): Promise<InvestorSumRow[]> =>
  db.query<InvestorSumRow>(sql`
    select f.id as "fundId", f.name as "fundName", f.currency, coalesce(f.terms->>'recallablePolicy', 'gips') as policy, f.day, s.*
    from (select *, (${now}::timestamptz at time zone time_zone)::date::text as day from funds
      where tenant_id = ${db.tenantId}::uuid) f
    cross join lateral (select ${sums(sql`f.day`)} from fund_positions p
      where p.tenant_id = f.tenant_id and p.fund_id = f.id and p.investor_id = ${investorId}::uuid) s
    where s.investors > 0 order by f.name`)

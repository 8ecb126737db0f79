// Investors and commitments as a file brings them: a statement each for all rows.
import { type Ctx, sql } from '@throughline/db'

/** Makes the investors that no row could be given, by the code of the row. */
export async function createInvestors(ctx: Ctx): Promise<number> {
  const t = sql`${ctx.tenantId}::uuid`
  const made = await ctx.db.execute(sql`
    insert into investors (tenant_id, id, code, name, kind, tax_country)
    select distinct on (lower(row->>'investor')) ${t}, uuidv7(), row->>'investor', row->>'name', (row->>'kind')::"InvestorKind",
      row->>'taxCountry'
    from staged where investor_id is null order by lower(row->>'investor'), line`)
  await ctx.db.execute(sql`update staged s set investor_id = i.id from investors i
    where i.tenant_id = ${t} and s.investor_id is null and lower(i.code) = lower(s.row->>'investor')`)
  return made
}

export interface NewCommitment {
  id: string
  investorId: string
  closeName: string
  closeDate: string
  amount: string
  feeFree: boolean
}

export const insertCommitments = (ctx: Ctx, fundId: string, rows: readonly NewCommitment[]): Promise<number> =>
  ctx.db.execute(sql`insert into commitments (tenant_id, id, fund_id, investor_id, close_name, close_date, amount, fee_free, created_at)
    select ${ctx.tenantId}::uuid, c.id, ${fundId}::uuid, c."investorId", c."closeName", c."closeDate", c.amount, c."feeFree",
      ${ctx.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id uuid, "investorId" uuid, "closeName" text, "closeDate" date,
      amount numeric, "feeFree" boolean)`)

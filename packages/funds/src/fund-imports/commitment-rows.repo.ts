// Investors as a file of commitments brings them: a statement for all rows.
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

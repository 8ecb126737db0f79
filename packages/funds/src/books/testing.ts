// A fund with investors, as tests of all modules need one: made by SQL, so that a test of one module does not hang on another.
import { fundTerms } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { toMinor } from '../minor-units.ts'
import { happen } from './positions.ts'
import { holdFund } from './post.ts'

export interface TestFund {
  id: string
  currency: string
  /** In the order of the commitments. */
  investors: { id: string; commitmentId: string; commitment: bigint }[]
}

/** @param commitments of one investor each, as decimals */
export async function makeTestFund(
  ctx: Ctx,
  commitments: readonly string[],
  {
    name = 'Fund I',
    currency = 'EUR',
    closeDate = '2025-01-01',
    terms = {},
  }: { name?: string; currency?: string; closeDate?: string; terms?: object } = {},
): Promise<TestFund> {
  return ctx.db.transaction(async () => {
    const t = sql`${ctx.tenantId}::uuid`
    const fund = await ctx.db.queryOne<{ id: string }>(sql`
      insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
      values (${t}, uuidv7(), ${name}, ${`${name} SCSp`}, ${currency}, 'Europe/Berlin', 2025,
        ${JSON.stringify(fundTerms.parse(terms))}::jsonb) returning id`)
    if (!fund) throw new Error('an insert that succeeds returns its row')
    const investors = await ctx.db.query<{ id: string }>(sql`
      insert into investors (tenant_id, id, code, name, kind)
      select ${t}, uuidv7(), 'LP-' || right(${fund.id}, 8) || '-' || n, 'Investor ' || n || ' of ' || ${name}, 'ENTITY'
      from generate_series(1, ${commitments.length}) n returning id`)
    const made = investors.map(({ id }, index) => ({ id, amount: commitments[index] ?? '0' }))
    const stored = await ctx.db.query<{ id: string; investorId: string }>(sql`
      insert into commitments (tenant_id, id, fund_id, investor_id, close_name, close_date, amount)
      select ${t}, uuidv7(), ${fund.id}::uuid, c.id, 'First close', ${closeDate}::date, c.amount
      from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as c(id uuid, amount numeric)
      returning id, investor_id as "investorId"`)
    const commitmentOf = new Map(stored.map(({ id, investorId }) => [investorId, id]))
    const all = made.map(({ id, amount }) => ({
      id,
      commitmentId: commitmentOf.get(id) ?? '',
      commitment: toMinor(amount, currency),
    }))
    await happen(
      ctx,
      await holdFund(ctx, fund.id),
      all.map(({ id, commitmentId, commitment }) => ({
        investorId: id,
        commitmentId,
        event: { kind: 'committed', date: closeDate, amount: commitment },
        source: { kind: 'commitment', id: commitmentId },
      })),
    )
    return { id: fund.id, currency, investors: all }
  })
}

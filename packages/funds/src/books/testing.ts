// A fund with investors, as tests of all modules need one: made by SQL, so that a test of one module does not hang on another.
import { randomUUID } from 'node:crypto'
import { fundTerms } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { callIssued, receiptTaken } from '../ledger/index.ts'
import { toMinor } from '../minor-units.ts'
import { happen } from './positions.ts'
import { holdFund, post } from './post.ts'

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

/** Calls one part in `parts` of every commitment on a day and receives it the same day, as calls and payments would book it. */
export function receiveFrom(ctx: Ctx, fund: TestFund, on: string, parts: bigint): Promise<void> {
  const lines = fund.investors.map(({ id, commitment }) => ({ investorId: id, amount: commitment / parts }))
  const source = { kind: 'capital_call', id: randomUUID() } as const
  return ctx.db.transaction(async () => {
    const held = await holdFund(ctx, fund.id)
    const issued = callIssued(
      lines.map(({ investorId, amount }) => ({ investorId, insideCommitment: amount, outsideCommitment: 0n })),
    )
    const receipts = lines.map(({ investorId, amount }) =>
      receiptTaken(investorId, [{ on: 'line', lineId: source.id, from: 'receipt', amount }]),
    )
    await post(
      ctx,
      held,
      [issued, ...receipts].map((entry) => ({ entry, effectiveOn: on, source })),
    )
    const inside = (amount: bigint) => ({ date: on, insideCommitment: amount, outsideCommitment: 0n })
    await happen(
      ctx,
      held,
      lines.flatMap(({ investorId, amount }) => [
        { investorId, source, event: { kind: 'called', callId: source.id, recalled: 0n, ...inside(amount) } as const },
        { investorId, source, event: { kind: 'funded', ...inside(amount) } as const },
      ]),
    )
  })
}

// However large the ledger, a balance as of a day reads kept months and the lines of half a month.
import { sql } from '@throughline/db'
import { analyse, createTestWorld, explain, rowsLookedAt, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { explainFigure, fundFiguresOn } from '../figures/index.ts'
import { strikeNav } from '../valuation/index.ts'
import { listEntries, trialBalanceAsOf } from './index.ts'

/** Of twelve lines each. */
const entries = 10_000
const linesOfEntry = 12
const entriesAtOnce = 500
let world: TestWorld
let acme: TestTenant
let fund: TestFund

/** Spread over five years up to the end of 2025. */
async function fill(tenant: TestTenant, { id, investors }: TestFund, count: number): Promise<void> {
  const { db } = tenant.systemCtx()
  const investorId = investors[0]?.id ?? ''
  for (let from = 1; from <= count; from += entriesAtOnce)
    await db.execute(sql`with e as (
        insert into ledger_entries (tenant_id, id, fund_id, number, kind, effective_on, source_kind, source_id, posted_in)
        select ${tenant.id}::uuid, uuidv7(), ${id}::uuid, n, 'call_issued', date '2021-01-01' + (n % 1826), 'capital_call', uuidv7(), ''
        from generate_series(${from}::int, ${from + entriesAtOnce - 1}::int) n returning tenant_id, id, fund_id, effective_on)
      insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
      select tenant_id, id, p, fund_id, case p % 2 when 0 then 'call_receivable' else 'contributed_capital' end,
        ${investorId}::uuid, effective_on, case p % 2 when 0 then 10 else -10 end from e, generate_series(1, ${linesOfEntry}::int) p`)
}

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  const globex = await world.tenant('Globex')
  fund = await makeTestFund(acme.ctx('owner'), ['1000000000.00'])
  await fill(acme, fund, entries)
  await fill(globex, await makeTestFund(globex.ctx('owner'), ['1000.00']), 500)
  await analyse(world.ownerUrl)
}, 180_000)
afterAll(() => world.close())

const partitions = async (work: Parameters<typeof explain>[1]): Promise<string[]> => {
  const plans: string[] = []
  const ctx = acme.ctx('viewer')
  const asked: Parameters<typeof ctx.db.query>[0][] = []
  await work({
    ...ctx,
    db: new Proxy(ctx.db, {
      get(target, key, receiver) {
        if (key !== 'query') return Reflect.get(target, key, receiver)
        return (statement: Parameters<typeof ctx.db.query>[0]) => {
          asked.push(statement)
          return target.query(statement)
        }
      },
    }),
  })
  for (const statement of asked) {
    const rows = await ctx.db.query<{ 'QUERY PLAN': string }>(sql`explain ${statement}`)
    plans.push(...rows.map((row) => row['QUERY PLAN']))
  }
  return [...new Set(plans.join('\n').match(/ledger_(?:lines|entries)_\d/g) ?? [])]
}

describe('a ledger of 120,000 lines', () => {
  const days = ['2023-06-10', '2023-06-20', '2023-06-30', '2025-12-31']

  it('is summed as of a day from kept months and the lines of half a month', async () => {
    for (const day of days) {
      const balance = (ctx: ReturnType<typeof acme.ctx>) => trialBalanceAsOf(ctx, fund.id, day)
      const questions = await explain(acme.ctx('viewer'), balance)
      expect(questions.flatMap(({ scanned }) => scanned)).toEqual([])
      expect(await rowsLookedAt(acme.ctx('viewer'), balance)).toBeLessThan(1_500)
      expect((await partitions(balance)).filter((name) => name.startsWith('ledger_lines'))).toHaveLength(1)
    }
    const { debit, credit } = await trialBalanceAsOf(acme.ctx('viewer'), fund.id)
    expect([debit, credit]).toEqual([`${entries * 60}.00`, `${entries * 60}.00`])
  })

  it('agrees with the sum of all lines on any day', async () => {
    for (const day of days) {
      const row = await acme
        .systemCtx()
        .db.queryOne<{ sum: string }>(sql`select sum(amount)::text as sum from ledger_lines
        where fund_id = ${fund.id}::uuid and account = 'call_receivable' and effective_on <= ${day}::date`)
      const { debit } = await trialBalanceAsOf(acme.ctx('viewer'), fund.id, day)
      expect(debit).toBe(row?.sum)
    }
  })

  it('is listed, explained and valued without reading it from end to end', async () => {
    const works: ((ctx: ReturnType<typeof acme.ctx>) => Promise<unknown>)[] = [
      (ctx) => listEntries(ctx, fund.id, { limit: 25 }),
      (ctx) => listEntries(ctx, fund.id, { limit: 25, account: 'call_receivable' }),
      (ctx) => explainFigure(ctx, { fundId: fund.id, figure: 'called' }, { limit: 25 }),
      (ctx) => fundFiguresOn(ctx, fund.id),
    ]
    for (const work of works) {
      const questions = await explain(acme.ctx('viewer'), work)
      expect(questions.flatMap(({ scanned }) => scanned)).toEqual([])
      expect(await rowsLookedAt(acme.ctx('viewer'), work)).toBeLessThan(2_500)
    }
    await expect(strikeNav(acme.ctx('owner'), fund.id, '2025-12-31', 'daily')).resolves.toMatchObject({ nav: '0.00' })
  })
})

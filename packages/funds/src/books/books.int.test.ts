import { randomUUID } from 'node:crypto'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { standing } from '../commitments/index.ts'
import { callIssued, feeAccrued } from '../ledger/index.ts'
import { happen, holdFund, type Posting, post, readHappenings, readPositions, reverse } from './index.ts'
import { makeTestFund, type TestFund } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

let funds = 0
const aFund = (tenant = acme, commitments = ['1000000.00', '500000.00']) => {
  funds += 1
  return makeTestFund(tenant.ctx('manager'), commitments, { name: `Fund ${funds}` })
}
const source = { kind: 'capital_call', id: randomUUID() } as const
const issued = ({ investors }: TestFund, amount: bigint): Posting => ({
  entry: callIssued(investors.map(({ id }) => ({ investorId: id, insideCommitment: amount, outsideCommitment: 0n }))),
  effectiveOn: '2026-02-28',
  source,
})
const posted = (fund: TestFund, postings: Posting[], ctx = acme.ctx('manager')) =>
  ctx.db.transaction(async () => post(ctx, await holdFund(ctx, fund.id), postings))
const one = <Row extends object>(statement: ReturnType<typeof sql>, tenant = acme) =>
  tenant.systemCtx().db.queryOne<Row>(statement)

describe('entries', () => {
  it('are numbered without gaps, and kept as control accounts and sub-ledgers by the month', async () => {
    const fund = await aFund()
    await posted(fund, [issued(fund, 10_000n), { ...issued(fund, 1n), effectiveOn: '2026-03-01' }])
    await expect(
      acme
        .systemCtx()
        .db.query(sql`select number::text, kind from ledger_entries where fund_id = ${fund.id}::uuid order by 1`),
    ).resolves.toEqual([
      { number: '1', kind: 'call_issued' },
      { number: '2', kind: 'call_issued' },
    ])
    await expect(
      acme
        .systemCtx()
        .db.query(
          sql`select account, month, amount from ledger_balances where fund_id = ${fund.id}::uuid order by 1, 2`,
        ),
    ).resolves.toEqual([
      { account: 'call_receivable', month: '2026-02-01', amount: '200.00' },
      { account: 'call_receivable', month: '2026-03-01', amount: '0.02' },
      { account: 'contributed_capital', month: '2026-02-01', amount: '-200.00' },
      { account: 'contributed_capital', month: '2026-03-01', amount: '-0.02' },
    ])
    expect(
      await one(
        sql`select sum(amount)::text as sum, count(*)::int as count from investor_balances where fund_id = ${fund.id}::uuid`,
      ),
    ).toEqual({ sum: '0.00', count: 8 })
  })

  it('are two statements and the number, however many lines they have', async () => {
    const fund = await aFund(
      acme,
      Array.from({ length: 40 }, () => '1000.00'),
    )
    const recorded = recordStatements()
    await posted(fund, [issued(fund, 100n)])
    recorded.stop()
    expect(recorded.take().filter((text) => /into ledger_|update funds/.test(text))).toHaveLength(3)
  })

  it('that do not balance are refused with the whole transaction', async () => {
    const fund = await aFund()
    const ctx = acme.ctx('manager')
    const half = ctx.db.transaction(async () => {
      const [id] = await post(ctx, await holdFund(ctx, fund.id), [issued(fund, 100n)])
      await ctx.db.execute(sql`insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
        select tenant_id, id, 99, fund_id, 'cash', '00000000-0000-0000-0000-000000000000', effective_on, 5 from ledger_entries
        where id = ${id ?? ''}::uuid`)
    })
    await expect(half).rejects.toThrow(/does not balance/)
    expect(await one(sql`select count(*)::int as n from ledger_lines where fund_id = ${fund.id}::uuid`)).toEqual({
      n: 0,
    })
  })

  it('get no lines later, and are neither changed nor deleted', async () => {
    const fund = await aFund()
    const [id = ''] = await posted(fund, [issued(fund, 100n)])
    const { db } = acme.ctx('owner')
    for (const statement of [
      sql`insert into ledger_lines (tenant_id, entry_id, position, fund_id, account, investor_id, effective_on, amount)
        select tenant_id, id, n, fund_id, 'cash', '00000000-0000-0000-0000-000000000000', effective_on, case n when 8 then 5 else -5 end
        from ledger_entries, generate_series(8, 9) n where id = ${id}::uuid`,
      sql`update ledger_entries set effective_on = '2020-01-01' where id = ${id}::uuid`,
      sql`update ledger_lines set amount = 1 where entry_id = ${id}::uuid`,
      sql`delete from ledger_lines where entry_id = ${id}::uuid`,
      sql`delete from ledger_entries where id = ${id}::uuid`,
      sql`update ledger_balances set amount = 0 where fund_id = ${fund.id}::uuid`,
      sql`delete from position_events where fund_id = ${fund.id}::uuid`,
    ])
      await expect(db.execute(statement)).rejects.toThrow(/permission denied|lines from the transaction/)
  })

  it('are corrected by their opposite, once, with a reason', async () => {
    const fund = await aFund()
    const [id = ''] = await posted(fund, [issued(fund, 100n)])
    const ctx = acme.ctx('manager')
    const back = () =>
      ctx.db.transaction(async () =>
        reverse(ctx, await holdFund(ctx, fund.id), id, { reason: 'Wrong fund', effectiveOn: '2026-03-05' }),
      )
    const reversal = await back()
    expect(
      await one(sql`select kind, reverses_id as "of", reason from ledger_entries where id = ${reversal}::uuid`),
    ).toEqual({
      kind: 'reversal',
      of: id,
      reason: 'Wrong fund',
    })
    expect(
      await one(
        sql`select sum(amount)::text as sum from ledger_balances where fund_id = ${fund.id}::uuid and account = 'call_receivable'`,
      ),
    ).toEqual({
      sum: '0.00',
    })
    await expect(back()).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are refused in a locked period and in the fund of another firm', async () => {
    const fund = await aFund()
    const theirs = await aFund(globex)
    await acme.systemCtx().db.execute(sql`update funds set locked_through = '2026-02-28' where id = ${fund.id}::uuid`)
    await expect(posted(fund, [issued(fund, 100n)])).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(posted(fund, [{ ...issued(fund, 100n), effectiveOn: '2026-03-01' }])).resolves.toHaveLength(1)
    await expect(posted(theirs, [issued(theirs, 100n)])).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      posted(fund, [
        { entry: feeAccrued('fund_expense', 5n), effectiveOn: '2026-04-01', source: { kind: 'fee', id: fund.id } },
      ]),
    ).resolves.toHaveLength(1)
  })

  it('of one fund come one after another when many post at once', async () => {
    const fund = await aFund()
    await Promise.all(Array.from({ length: 20 }, () => posted(fund, [issued(fund, 1n)])))
    expect(
      await one(
        sql`select count(*)::int as count, max(number)::int as last from ledger_entries where fund_id = ${fund.id}::uuid`,
      ),
    ).toEqual({ count: 20, last: 20 })
    expect(
      await one(
        sql`select sum(amount)::text as sum from ledger_balances where fund_id = ${fund.id}::uuid and account = 'call_receivable'`,
      ),
    ).toEqual({
      sum: '0.40',
    })
  })
})

describe('positions', () => {
  const called = (date: string, amount: bigint, recalled = 0n) =>
    ({ kind: 'called', date, callId: source.id, insideCommitment: amount, outsideCommitment: 0n, recalled }) as const
  const happened = (fund: TestFund, events: Parameters<typeof happen>[2]) => {
    const ctx = acme.ctx('manager')
    return ctx.db.transaction(async () => happen(ctx, await holdFund(ctx, fund.id), events))
  }
  const first = ({ investors }: TestFund) => investors[0]?.id ?? ''

  it('start with the commitment and are kept with every event', async () => {
    const fund = await aFund()
    const investorId = first(fund)
    await happened(fund, [{ investorId, event: called('2026-01-10', 25_000_00n), source }])
    const [position] = await readPositions(acme.ctx('manager'), fund, [investorId])
    if (!position) throw new Error('no position')
    expect(standing(position, '2026-06-01')).toMatchObject({
      commitment: 1_000_000_00n,
      called: 25_000_00n,
      uncalled: 975_000_00n,
    })
    expect(position.lastEventOn).toBe('2026-01-10')
  })

  it('are folded anew when something is dated back, so that a recall finds what was distributed before it', async () => {
    const fund = await aFund()
    const investorId = first(fund)
    const distribution = { kind: 'distribution', id: randomUUID() } as const
    await happened(fund, [{ investorId, event: called('2026-05-01', 10_000n), source }])
    await happened(fund, [
      {
        investorId,
        event: { kind: 'distributed', date: '2026-02-01', amount: 500n, recallable: 300n, expiresOn: '2026-12-31' },
        source: distribution,
      },
      { investorId, event: called('2026-03-01', 300n, 300n), source },
    ])
    const [position] = await readPositions(acme.ctx('manager'), fund, [investorId])
    expect(position).toMatchObject({ called: 10_300n, distributed: 500n, lastEventOn: '2026-05-01' })
    expect(position && standing(position, '2026-06-01')).toMatchObject({ recalled: 300n, stillRecallable: 0n })
    expect((await readHappenings(acme.ctx('manager'), fund.id)).get(investorId)).toHaveLength(4)
  })

  it('that would contradict themselves are refused, and nothing is written', async () => {
    const fund = await aFund()
    const before = await readPositions(acme.ctx('manager'), fund)
    await expect(
      happened(fund, [{ investorId: first(fund), event: called('2026-03-01', 300n, 300n), source }]),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    expect(await readPositions(acme.ctx('manager'), fund)).toEqual(before)
    expect(await readPositions(globex.ctx('manager'), fund)).toEqual([])
  })
})

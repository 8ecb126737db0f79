// All funds of a firm together, and one investor in all of its funds: on real Postgres, with a second firm present.
import { randomUUID } from 'node:crypto'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../books/testing.ts'
import { createCommitment } from '../commitment-changes/index.ts'
import { book, listAllHoldings, listNavSharesOfInvestor, markHolding, strikeNav } from '../valuation/index.ts'
import { investorFiguresNow, investorFiguresOn, portfolioFiguresNow, portfolioFundsNow } from './index.ts'

let world: TestWorld
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const cents = (decimals: readonly string[]) => decimals.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n)

async function aDeal(tenant: TestTenant, title: string): Promise<string> {
  const row = await tenant.systemCtx().db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${tenant.id}::uuid, uuidv7(), ${title}, 1000, 'EUR', 'CLOSED_WON', now()) returning id`)
  return row?.id ?? ''
}

/** A fund whose investors have paid half of what they promised, and that put a tenth of it into a deal. */
async function aFund(tenant: TestTenant, name: string, dealId: string, currency = 'EUR'): Promise<TestFund> {
  const ctx = tenant.ctx('owner')
  const fund = await makeTestFund(ctx, ['600.00', '400.00'], { name, currency })
  await receiveFrom(ctx, fund, '2025-02-01', 2n)
  await book(ctx, fund.id, { kind: 'investment', dealId, on: '2025-03-01', amount: '100.00', note: '' })
  return fund
}

/** How many statements each of some reads takes. */
async function statementsOf(reads: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const recorded = recordStatements()
  const counts: number[] = []
  for (const read of reads) {
    recorded.take()
    await read()
    counts.push(recorded.take().length)
  }
  recorded.stop()
  return counts
}

describe('the portfolio', () => {
  it('is the sum of its funds, of which each names its part, by currency and page by page', async () => {
    const acme = await world.tenant('Sums')
    const dealId = await aDeal(acme, 'Northwind')
    for (const name of ['C', 'A', 'B']) await aFund(acme, name, dealId)
    await aFund(acme, 'Dollars', dealId, 'USD')
    const empty = await makeTestFund(acme.ctx('owner'), [], { name: 'D, without investors' })
    const viewer = acme.ctx('viewer')
    const { data, asOf } = await portfolioFiguresNow(viewer)
    const first = await portfolioFundsNow(viewer, { currency: 'EUR', limit: 3 })
    expect(first.data.map(({ name }) => name)).toEqual(['A', 'B', 'C'])
    const cursor = first.page.nextCursor ?? ''
    const second = await portfolioFundsNow(viewer, { currency: 'EUR', limit: 3, cursor })
    expect(second).toMatchObject({ asOf, data: [{ fundId: empty.id, nav: '0.00', dpi: { value: null } }] })
    expect(second.page.nextCursor).toBeNull()
    const rows = [...first.data, ...second.data]
    const euros = data.find(({ currency }) => currency === 'EUR')
    expect(euros).toMatchObject({ funds: 4, commitment: '3000.00', called: '1500.00', nav: '1500.00' })
    for (const figure of ['commitment', 'called', 'paidIn', 'uncalled', 'distributed', 'nav', 'prepaid'] as const)
      expect(cents(rows.map((row) => row[figure]))).toBe(cents([euros?.[figure] ?? '']))
    expect((await portfolioFundsNow(viewer, { currency: 'USD', limit: 10 })).data).toHaveLength(1)
    expect((await portfolioFundsNow(viewer, { currency: 'CHF', limit: 10 })).data).toEqual([])
  })

  it('has a line for what each fund holds of a deal, the newest deals first', async () => {
    const acme = await world.tenant('Holdings')
    const old = await aDeal(acme, 'Old')
    const one = await aFund(acme, 'One', old)
    const two = await aFund(acme, 'Two', old)
    const young = await aDeal(acme, 'Young')
    const owner = acme.ctx('owner')
    await book(owner, one.id, { kind: 'investment', dealId: young, on: '2025-04-01', amount: '50.00', note: '' })
    await markHolding(owner, two.id, { dealId: old, on: '2025-06-30', value: '150.00', reason: 'Last round' })
    await book(owner, two.id, { kind: 'income', dealId: old, on: '2025-07-01', amount: '10.00', note: '' })
    const viewer = acme.ctx('viewer')
    const first = await listAllHoldings(viewer, { limit: 2 })
    const rest = await listAllHoldings(viewer, { limit: 2, cursor: first.page.nextCursor ?? '' })
    expect(rest.page.nextCursor).toBeNull()
    expect([...first.data, ...rest.data]).toMatchObject([
      { dealTitle: 'Young', fundName: 'One', cost: '50.00', value: '50.00', realised: '0.00', markedOn: null },
      {
        ...{ dealTitle: 'Old', fundName: 'Two', cost: '100.00', value: '150.00', realised: '10.00' },
        ...{ moic: '1.6000', markedOn: '2025-06-30' },
      },
      { dealTitle: 'Old', fundName: 'One', cost: '100.00', value: '100.00', moic: '1.0000' },
    ])
    await expect(listAllHoldings(viewer, { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('has nothing of another firm', async () => {
    const viewer = globex.ctx('viewer')
    expect((await portfolioFiguresNow(viewer)).data).toEqual([])
    expect((await portfolioFundsNow(viewer, { currency: 'EUR', limit: 10 })).data).toEqual([])
    expect((await listAllHoldings(viewer, { limit: 10 })).data).toEqual([])
  })

  it('takes as many statements for ten funds as for two', async () => {
    const acme = await world.tenant('Counted')
    const dealId = await aDeal(acme, 'Northwind')
    const viewer = acme.ctx('viewer')
    const reads = [
      () => portfolioFiguresNow(viewer),
      () => portfolioFundsNow(viewer, { currency: 'EUR', limit: 100 }),
      () => listAllHoldings(viewer, { limit: 100 }),
    ]
    for (const name of ['1', '2']) await aFund(acme, name, dealId)
    const few = await statementsOf(reads)
    for (const name of ['3', '4', '5', '6', '7', '8', '9', '10']) await aFund(acme, name, dealId)
    expect(await statementsOf(reads)).toEqual(few)
    expect(few).toEqual([3, 1, 4])
  })
})

describe('an investor', () => {
  /** A fund with what it holds, and the first of its investors. */
  async function invested(tenant: TestTenant, name = 'One') {
    const dealId = await aDeal(tenant, 'Northwind')
    const fund = await aFund(tenant, name, dealId)
    return { ctx: tenant.ctx('owner'), fund, dealId, investorId: fund.investors[0]?.id ?? '' }
  }
  /** Promises something in one more fund. */
  async function promise(tenant: TestTenant, investorId: string, name: string) {
    const ctx = tenant.ctx('owner')
    const { id } = await makeTestFund(ctx, [], { name, terms: { recallablePolicy: 'net' } })
    const close = { closeName: 'First close', closeDate: '2025-01-01', feeFree: false }
    await createCommitment(ctx, id, { investorId, amount: '50.00', ...close })
    return id
  }

  it('has the same figures among all funds as in each of them', async () => {
    const acme = await world.tenant('Figures')
    const { ctx, fund, dealId, investorId } = await invested(acme)
    await strikeNav(ctx, fund.id, '2025-06-30', 'final')
    await markHolding(ctx, fund.id, { dealId, on: '2025-09-30', value: '200.00', reason: 'Round' })
    await strikeNav(ctx, fund.id, '2025-09-30', 'final')
    const second = await promise(acme, investorId, 'Two')
    const viewer = acme.ctx('viewer')
    const { data } = await investorFiguresNow(viewer, investorId)
    expect(data).toEqual([
      { ...(await investorFiguresOn(viewer, { fundId: fund.id, investorId })), fundName: 'One' },
      { ...(await investorFiguresOn(viewer, { fundId: second, investorId })), fundName: 'Two' },
    ])
    expect(data).toMatchObject([
      { commitment: '600.00', paidIn: '300.00', nav: '348.00', navAsOf: '2025-09-30', tvpi: { value: '1.1600' } },
      { commitment: '50.00', paidIn: '0.00', navAsOf: null, policy: 'net', irr: { rate: null, reason: 'one_sided' } },
    ])
  })

  it('takes as many statements in ten funds as in two', async () => {
    const acme = await world.tenant('Counted too')
    const { investorId } = await invested(acme)
    const reads = [() => investorFiguresNow(acme.ctx('viewer'), investorId)]
    await promise(acme, investorId, '2')
    const few = await statementsOf(reads)
    for (const name of ['3', '4', '5', '6', '7', '8', '9', '10']) await promise(acme, investorId, name)
    expect(await statementsOf(reads)).toEqual(few)
    expect(few).toEqual([4])
  })

  it('has a part of each struck NAV, the latest first, and it sums to the fund’s with the others’', async () => {
    const acme = await world.tenant('Shares')
    const { ctx, fund, dealId, investorId } = await invested(acme)
    await strikeNav(ctx, fund.id, '2025-02-28', 'final')
    await markHolding(ctx, fund.id, { dealId, on: '2025-06-30', value: '200.00', reason: 'Round' })
    await strikeNav(ctx, fund.id, '2025-06-30', 'final')
    const viewer = acme.ctx('viewer')
    const first = await listNavSharesOfInvestor(viewer, { fundId: fund.id, investorId }, { limit: 1 })
    const cursor = first.page.nextCursor ?? ''
    const rest = await listNavSharesOfInvestor(viewer, { fundId: fund.id, investorId }, { limit: 1, cursor })
    expect([...first.data, ...rest.data]).toMatchObject([
      {
        asOf: '2025-06-30',
        nav: '600.00',
        beginning: '300.00',
        unrealised: '60.00',
        carry: '-12.00',
        ending: '348.00',
      },
      { asOf: '2025-02-28', nav: '500.00', beginning: '0.00', contributions: '300.00', ending: '300.00' },
    ])
    expect(rest.page.nextCursor).toBeNull()
  })

  it('is not there for another firm, and neither is one that does not exist', async () => {
    const acme = await world.tenant('Closed')
    const { fund, investorId } = await invested(acme)
    const fundId = fund.id
    for (const [ctx, id] of [
      [globex.ctx('viewer'), investorId],
      [acme.ctx('viewer'), randomUUID()],
    ] as const) {
      await expect(investorFiguresNow(ctx, id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(listNavSharesOfInvestor(ctx, { fundId, investorId: id }, { limit: 5 })).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })
})

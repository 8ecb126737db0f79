// The demo's funds, as people will see them.
import { createEncryption } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { listCalls } from './capital-calls/index.ts'
import { makeWonDeal } from './capital-calls/testing.ts'
import { fundFiguresOn, jCurveOf } from './figures/index.ts'
import { getFund, listFunds, revealFundWire } from './funds/index.ts'
import { listReceipts } from './receipts/index.ts'
import { getReconciliation, listReconciliations, reconcileFund } from './reconciliation/index.ts'
import { type SeedFunds, seedFunds } from './seed.ts'
import { ranHere } from './testing.ts'
import { trialBalanceAsOf } from './trial-balance/index.ts'

const now = new Date()
let world: TestWorld
let acme: TestTenant
let again: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  acme = await tenantWithDeals('Acme')
  again = await tenantWithDeals('Again')
  globex = await tenantWithDeals('Globex')
  await seed(acme, 'three-years')
  await seed(acme, 'three-years')
  await seed(again, 'three-years')
  await seed(globex, 'first-year')
})
afterAll(() => world.close())

async function tenantWithDeals(name: string): Promise<TestTenant> {
  const tenant = await world.tenant(name.replaceAll(/[^A-Za-z]+/g, '-'))
  for (const [index, title] of ['Alder', 'Birch', 'Cobalt', 'Delta', 'Elm'].entries())
    await makeWonDeal(tenant.ctx('owner'), { title, value: `${600 + index * 50}000.00` })
  return tenant
}

const seed = (tenant: TestTenant, story: SeedFunds['story'], today = now) =>
  seedFunds({
    as: (who, at) => ({ ...tenant.ctx(who === 'writer' ? 'manager' : 'admin'), now: () => at }),
    ...{ today, story, currency: 'EUR', encryption: createEncryption(world.config.encryption) },
  })

async function theFund(tenant: TestTenant) {
  const ctx = tenant.ctx('owner')
  const { data } = await listFunds(ctx, { limit: 10 })
  expect(data).toHaveLength(1)
  return { ctx, id: data[0]?.id ?? '' }
}
const amount = (decimal: string) => Number(decimal)

it('a second seeding adds nothing, and another tenant of the same deals gets the same figures', async () => {
  const [one, other] = [await theFund(acme), await theFund(again)]
  const { fundId: _one, ...figures } = await fundFiguresOn(one.ctx, one.id)
  const { fundId: _other, ...same } = await fundFiguresOn(other.ctx, other.id)
  expect(same).toEqual(figures)
  expect(figures).toMatchObject({
    investors: 12,
    dpi: { reason: null },
    tvpi: { reason: null },
    irr: { net: { reason: null } },
  })
  expect(amount(figures.tvpi.value ?? '0')).toBeGreaterThan(1)
})

it('has used its subscription line once, so that the net rate is another without it', async () => {
  const { ctx, id } = await theFund(acme)
  const { irr, subscriptionLine } = await fundFiguresOn(ctx, id)
  if (subscriptionLine === 'none_recorded') throw new Error('the line was used')
  const { drawn, netIrrWithout } = subscriptionLine
  expect(drawn).toBe('0.00')
  expect(netIrrWithout.rate ?? 0).toBeGreaterThan(0.03)
  expect((irr.net.rate ?? 0) - (netIrrWithout.rate ?? 0)).toBeGreaterThan(0.001)
  const young = await theFund(globex)
  await expect(fundFiguresOn(young.ctx, young.id)).resolves.toMatchObject({ subscriptionLine: 'none_recorded' })
})

it('can be seeded at any hour: while it is another day in the zone of the fund, and at the turn of a month or year', async () => {
  for (const hour of ['2026-03-01T02:30:00Z', '2025-12-31T23:30:00Z']) {
    const tenant = await tenantWithDeals(`At ${hour}`)
    await seed(tenant, 'three-years', new Date(hour))
    expect((await theFund(tenant)).id).toBeTruthy()
  }
})

it.each([
  ['three years', () => acme],
  ['the first year', () => globex],
])('the books of %s balance and agree with everything', async (_story, tenant) => {
  const { ctx, id } = await theFund(tenant())
  const { debit, credit, data } = await trialBalanceAsOf(ctx, id)
  expect(debit).toBe(credit)
  expect(data.find(({ account }) => account === 'cash')?.credit).toBe('0.00')
  const [run] = (await listReconciliations(ctx, id, { limit: 1 })).data
  await ranHere(ctx, { runId: run?.id ?? '' }, reconcileFund)
  expect(await getReconciliation(ctx, run?.id ?? '')).toMatchObject({ state: 'CLEAN' })
})

it('the curve goes down first and comes up later', async () => {
  const { ctx, id } = await theFund(acme)
  const { data } = await jCurveOf(ctx, id)
  const gains = data.map(({ nav, netCashFlow }) => amount(nav) + amount(netCashFlow))
  const trough = Math.min(...gains)
  expect(trough).toBeLessThan(-50_000)
  expect(gains.at(-1)).toBeGreaterThan(300_000)
  const flows = data.map(({ netCashFlow }) => amount(netCashFlow))
  const deepest = flows.indexOf(Math.min(...flows))
  expect(Math.max(...flows.slice(deepest))).toBeGreaterThan(Math.min(...flows) + 500_000)
})

it('there is something to do: calls in every state of the work, money that nobody has placed, an account to pay to', async () => {
  const { ctx, id } = await theFund(acme)
  const calls = (await listCalls(ctx, id, { limit: 50, state: [] })).data
  expect(calls.map(({ state }) => state).toSorted()).toEqual([
    ...Array.from({ length: 6 }, () => 'CLOSED'),
    ...['DRAFT', 'IN_REVIEW', 'PARTIALLY_FUNDED'],
  ])
  expect(calls.find(({ state }) => state === 'PARTIALLY_FUNDED')?.overdueDays).toBeGreaterThan(0)
  const inbox = (await listReceipts(ctx, id, { limit: 50, state: 'open' })).data
  expect(inbox.map(({ state }) => state).toSorted()).toEqual(['PROPOSED', 'UNMATCHED'])
  const { totals, wireMask } = await getFund(ctx, id)
  expect(totals.prepaid).toBe('12000.00')
  expect(wireMask).toBe('•••• 0173')
  const account = await revealFundWire(ctx, createEncryption(world.config.encryption), id)
  expect(account?.holder).toBe('Acme Growth Fund II, L.P.')
})

it('statements of the last quarter are asked for, which the first worker renders', async () => {
  const { ctx, id } = await theFund(acme)
  const jobs = await ctx.db.query<{ name: string }>(
    sql`select name from jobs where name = 'documents__fund-statements' and payload->>'fundId' = ${id}`,
  )
  expect(jobs).toHaveLength(1)
})

it('says which deals the fund needs to be won by when, at each seeding', async () => {
  const taken = await seed(acme, 'three-years')
  expect(taken).toHaveLength(5)
  const oldest = taken.map(({ before }) => before).toSorted()[0] ?? ''
  expect(oldest < `${now.getUTCFullYear() - 1}`).toBe(true)
})

it('every step is a row of the audit log and an event, by two people', async () => {
  const { ctx } = await theFund(acme)
  const rows = await ctx.db.query<{ n: number }>(
    sql`select count(*)::int as n from audit_entries where action in ('capital_call.issued', 'capital_call.approved') group by actor_id order by 1`,
  )
  expect(rows.map(({ n }) => n)).toEqual([7, 7])
  const events = await ctx.db.queryOne<{ n: number }>(
    sql`select count(*)::int as n from events where type = 'capital_call.changed'`,
  )
  expect(events?.n).toBeGreaterThan(20)
})

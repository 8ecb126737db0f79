import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDeal, readDeal } from './deals/testing.ts'
import { seedDeals, seedDetails, seedWonBefore } from './index.ts'
import { listViews } from './views/index.ts'

let world: TestWorld
let demo: TestTenant
let other: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  demo = await world.tenant('Demo')
  other = await world.tenant('Other')
  await makeDeal(other.ctx('manager'))
  const { db } = demo.systemCtx()
  const ownerIds = [demo.members.owner.id, demo.members.member.id] as const
  await db.transaction(async () => {
    await seedDeals(db, { count: 90, ownerIds, currency: 'EUR', today: new Date() })
    await seedDetails(db, { ownerIds })
  })
})
afterAll(() => world.close())

const count = async (statement: ReturnType<typeof sql>) =>
  (await demo.systemCtx().db.queryOne<{ n: number }>(sql`select count(*)::int as n from (${statement}) s`))?.n

it('every deal of the demo has come in as a lead and is where its history ends', async () => {
  expect(await count(sql`select from deals`)).toBe(90)
  expect(
    await count(sql`select from deals d where d.stage is distinct from
      (select to_stage from stage_changes s where s.deal_id = d.id order by id desc limit 1)`),
  ).toBe(0)
  expect(
    await count(sql`select distinct deal_id from stage_changes where from_stage is null and to_stage = 'LEAD'`),
  ).toBe(90)
  expect(
    await count(sql`select from deals where stage = 'CLOSED_WON' and (qualified_at is null or negotiated_at is null)`),
  ).toBe(0)
})

it('each deal is scored by its company and its contact as they are', async () => {
  expect(
    await count(sql`select from deals d join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id
      where company_is_large(c.size) <> (d.score_reasons @> '[{"reason":"company_is_large"}]')`),
  ).toBe(0)
  expect(await count(sql`select from deals where score_reasons @> '[{"reason":"decision_maker"}]'`)).toBeGreaterThan(10)
})

it('scores, timelines, fields and a shared view are there to look at', async () => {
  expect(await count(sql`select from deals where engagement > 0`)).toBeGreaterThan(10)
  expect(await count(sql`select from timeline_entries where happened_at > now()`)).toBe(0)
  const row = await demo.systemCtx().db.queryOne<{ id: string }>(sql`select id from deals where engagement > 0 limit 1`)
  const deal = await readDeal(demo.ctx('viewer'), row?.id ?? '')
  expect(deal.scoreReasons.some(({ at }) => at !== undefined)).toBe(true)
  expect(Object.keys(deal.custom).toSorted()).toEqual(['region', 'renewal', 'seats'])
  expect(await listViews(demo.ctx('viewer'))).toMatchObject([{ name: 'Hot negotiations', warnings: [] }])
})

it('deals that something older is built on were won before it, with all that led there; others stay as they were', async () => {
  const firm = await world.tenant('Older')
  const { db } = firm.systemCtx()
  const ownerIds = [firm.members.owner.id] as const
  const counted = async (where: ReturnType<typeof sql>) =>
    (await db.queryOne<{ n: number }>(sql`select count(*)::int as n from deals d where ${where}`))?.n
  const older = sql`d.closed_at = '2024-01-08' and d.created_at <= d.qualified_at and d.negotiated_at <= d.closed_at
    and (select s.created_at from stage_changes s where s.deal_id = d.id and s.to_stage = 'CLOSED_WON') = d.closed_at
    and not exists (select 1 from timeline_entries e where e.deal_id = d.id and e.happened_at > d.closed_at)`
  await db.transaction(async () => {
    await seedDeals(db, { count: 90, ownerIds, currency: 'EUR', today: new Date() })
    const won = await db.query<{ dealId: string }>(
      sql`select id as "dealId" from deals where stage = 'CLOSED_WON' order by id limit 2`,
    )
    const deals = won.map(({ dealId }) => ({ dealId, before: '2024-01-20' }))
    await seedWonBefore(db, deals)
    await seedWonBefore(db, deals)
    await seedDetails(db, { ownerIds })
  })
  expect(await counted(older)).toBe(2)
  const asLead = sql`extract(epoch from d.qualified_at - d.created_at)`
  expect(await counted(sql`d.stage = 'CLOSED_WON' and abs(d.lead_seconds - ${asLead}) < 1`)).toBe(
    await counted(sql`d.stage = 'CLOSED_WON'`),
  )
  expect(await counted(sql`d.created_at < now() - interval '400 days'`)).toBe(2)
})

import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDeal, readDeal } from './deals/testing.ts'
import { seedDeals, seedDetails } from './index.ts'
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

it('scores, timelines, fields and a shared view are there to look at', async () => {
  expect(await count(sql`select from deals where engagement > 0`)).toBeGreaterThan(10)
  expect(await count(sql`select from timeline_entries where happened_at > now()`)).toBe(0)
  const row = await demo.systemCtx().db.queryOne<{ id: string }>(sql`select id from deals where engagement > 0 limit 1`)
  const deal = await readDeal(demo.ctx('viewer'), row?.id ?? '')
  expect(deal.scoreReasons.some(({ at }) => at !== undefined)).toBe(true)
  expect(Object.keys(deal.custom).toSorted()).toEqual(['region', 'renewal', 'seats'])
  expect(await listViews(demo.ctx('viewer'))).toMatchObject([{ name: 'Hot negotiations', warnings: [] }])
})

// Engagement cools down by itself; the score that lists sort by is written once a day.
import { createDatabase, type Database, sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDeal } from '../records.testing.ts'
import { dealStatistics } from '../statistics/index.ts'
import { coolEngagement } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let owner: Database
const now = new Date()
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  const { database } = world.config
  owner = createDatabase({ database: { ...database, platformUrl: world.ownerUrl } }, world.log)
  await owner.platform.execute(sql`alter table deals no force row level security`)
})
afterAll(async () => {
  await owner?.close()
  await world?.close()
})

/** As a deal is that had 40 points a month ago and was not touched since: the trigger would write what it is now. */
const coolSinceAMonth = (dealIds: string[]) =>
  owner.platform.transaction(async () => {
    await owner.platform.execute(sql`alter table deals disable trigger user`)
    await owner.platform.execute(sql`update deals set engagement = 40, engagement_at = now() - interval '30 days',
      lead_score = 40, updated_at = now() - interval '30 days' where id = any(${dealIds}::uuid[])`)
    await owner.platform.execute(sql`alter table deals enable trigger user`)
  })

const read = (tenant: TestTenant, id: string) =>
  tenant
    .systemCtx()
    .db.queryOne<{ score: number; version: number; updatedAt: Date; engagement: string }>(
      sql`select lead_score as score, version, updated_at as "updatedAt", engagement from deals where id = ${id}::uuid`,
    )

it('lowers the scores of open deals and nothing else of them; closed and deleted ones and other firms are left alone', async () => {
  const open = await aDeal(acme, { stage: 'QUALIFIED' })
  const closed = await aDeal(acme, { stage: 'CLOSED_WON' })
  const deleted = await aDeal(acme)
  const foreign = await aDeal(globex)
  const ids = [open, closed, deleted, foreign]
  await acme.systemCtx().db.execute(sql`update deals set deleted_at = now() where id = ${deleted}::uuid`)
  await coolSinceAMonth(ids)
  const before = await read(acme, open)
  expect(before).toMatchObject({ score: 40 })
  expect(await coolEngagement(acme.systemCtx())).toBe(1)
  expect(await read(acme, open)).toEqual({ ...before, score: 20 })
  expect(await read(acme, closed)).toMatchObject({ score: 40 })
  expect(await read(globex, foreign)).toMatchObject({ score: 40 })
  expect(await coolEngagement(acme.systemCtx())).toBe(0)
})

it('is seen in statistics that were asked for before', async () => {
  const initech = await world.tenant('Initech')
  await coolSinceAMonth([await aDeal(initech)])
  const ctx = { ...initech.ctx('manager'), now: () => now }
  const before = await dealStatistics(ctx, { mine: false })
  await coolEngagement(initech.systemCtx())
  const fresh = await dealStatistics({ ...ctx, answers: undefined }, { mine: false })
  expect(fresh).not.toBe(before)
  expect(await dealStatistics(ctx, { mine: false })).toBe(fresh)
})

it('goes through all of a firm’s deals in batches of a bounded size', async () => {
  const { db } = globex.systemCtx()
  await db.execute(sql`insert into deals (tenant_id, id, title, currency)
    select ${globex.id}::uuid, uuidv7(), 'A deal', 'EUR' from generate_series(1, 1200)`)
  const rows = await db.query<{ id: string }>(sql`select id from deals where tenant_id = ${globex.id}::uuid`)
  await coolSinceAMonth(rows.map(({ id }) => id))
  const recorder = recordStatements()
  expect(await coolEngagement(globex.systemCtx())).toBe(rows.length)
  expect(recorder.take().filter((statement) => /deals/.test(statement))).toHaveLength(Math.ceil(rows.length / 500) + 1)
  recorder.stop()
  const [wrong] = await db.query<{ n: number }>(
    sql`select count(*)::int as n from deals where tenant_id = ${globex.id}::uuid and lead_score <> 20`,
  )
  expect(wrong?.n).toBe(0)
})

it('finds them by their own small index', async () => {
  const plan = await acme.systemCtx().db.query<Record<string, string>>(sql`explain select id from deals
    where tenant_id = ${acme.id}::uuid and engagement > 0 and deleted_at is null
      and stage in ('LEAD', 'QUALIFIED', 'NEGOTIATION') and id > ${acme.id}::uuid order by id limit 500`)
  const text = plan.map((line) => line['QUERY PLAN']).join('\n')
  expect(text).toContain('deals_that_cool_down')
  expect(text).not.toContain('Seq Scan')
})

// However many deals a firm has, its statistics are not read from the deals one by one.
import { type StatisticsQuery, statisticsQuery } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { analyse, createTestWorld, explain, rowsLookedAt, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dealStatistics, foldDealTotals } from './index.ts'

let world: TestWorld
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  const globex = await world.tenant('Globex')
  for (const [tenant, deals] of [
    [acme, 20_000],
    [globex, 2_000],
  ] as const)
    await tenant.systemCtx().db.execute(sql`
      insert into deals (tenant_id, id, title, value, currency, stage, owner_id, lead_source, created_at, expected_close_date,
        closed_at, lost_reason, qualified_at, negotiated_at)
      select ${tenant.id}::uuid, uuidv7(), 'Deal ' || n, n % 1000 * 10, 'EUR', s.stage::"DealStage", ${tenant.members.manager.id}::uuid,
        'Source ' || n % 9, at, current_date + n % 400 - 100, case when s.stage like 'CLOSED%' then at + interval '9 days' end,
        case when s.stage = 'CLOSED_LOST' then 'price' end, case when n % 2 = 0 then at + interval '2 days' end,
        case when n % 4 = 0 then at + interval '4 days' end
      from generate_series(1, ${deals}::int) n, lateral (select now() - make_interval(mins => n * 40) as at,
        (array['LEAD','QUALIFIED','NEGOTIATION','CLOSED_WON','CLOSED_LOST'])[1 + n % 5] as stage) s`)
  await foldDealTotals(world.database.platform)
  await analyse(world.ownerUrl)
})
afterAll(() => world?.close())

/** Totals are few by nature, whatever the number of deals. */
const small = ['tenants', 'members', 'pipeline_stages', 'deal_totals', 'deal_total_changes', 'deal_cohorts']

it.each<[string, Partial<StatisticsQuery>]>([
  ['of this quarter', {}],
  ['of a period that begins and ends in the middle of a month', { from: '2026-03-16', to: '2026-09-15' }],
  ["of one's own deals", { mine: true }],
])('no deal table is read from end to end for statistics %s', async (_name, given) => {
  const query = { ...statisticsQuery.parse({}), ...given }
  const asked = await explain(acme.ctx('manager'), (ctx) => dealStatistics(ctx, query), small)
  expect(asked).toHaveLength(4)
  expect(asked.flatMap(({ scanned }) => scanned)).toEqual([])
  // Months are read from the totals, and their broken ends from the deals: less than half of them, whatever is asked.
  const uncached = { ...acme.ctx('manager'), answers: undefined }
  expect(await rowsLookedAt(uncached, (ctx) => dealStatistics(ctx, query))).toBeLessThan(10_000)
})

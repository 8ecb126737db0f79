// Firms that were there before the totals, and before the times in stages, get them by the migrations, which are bound by row-level
// security like anybody.
import { randomBytes } from 'node:crypto'
import type { Sql } from '@throughline/db'
import { migrate, readMigrations } from '@throughline/db/admin'
import { loadTestServices } from '@throughline/testing/services'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { countedTotals, keptTotals } from './testing/fresh-totals.ts'

const { adminUrl } = loadTestServices()
const name = `tl_test_${randomBytes(6).toString('hex')}`
const admin = new pg.Client({ connectionString: adminUrl })
const inside = new URL(adminUrl)
inside.pathname = `/${name}`
const client = new pg.Client({ connectionString: inside.href })
const asked = {
  query: async <Row extends object>({ text, values }: Sql) => (await client.query<Row>({ text, values })).rows,
}

beforeAll(async () => {
  await admin.connect()
  await admin.query(`create database ${name} owner app_owner`)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.end()
})

it('counts the deals of every firm, none that are in the trash, and how long each was in the stages that it left', async () => {
  const owner = new URL(inside)
  owner.searchParams.set('options', '-c role=app_owner')
  const migrations = readMigrations()
  const totals = migrations.findIndex((migration) => migration.name.endsWith('_deal_totals'))
  await migrate(owner.href, { migrations: migrations.slice(0, totals) })
  const { rows: tenants } = await client.query<{ id: string }>(`
    insert into tenants (id, name, slug, currency) select uuidv7(), 'Firm ' || n, 'firm-' || n, 'EUR' from generate_series(1, 2) n
    returning id`)
  await client.query(`
    insert into deals (tenant_id, id, title, value, currency, stage, probability, lead_source, created_at, closed_at, lost_reason,
      expected_close_date, deleted_at)
    select t.id, uuidv7(), 'Deal ' || n, n * 1.11, (array['EUR', 'USD'])[1 + n % 2], s.stage::"DealStage", case when n % 3 = 0 then n end,
      case when n % 4 > 0 then 'Source ' || n % 4 end, now() - n * interval '9 days', case when s.stage like 'CLOSED%' then now() end,
      case when s.stage = 'CLOSED_LOST' then 'Price' end, current_date + n, case when n % 7 = 0 then now() end
    from tenants t, generate_series(1, 60) n,
      lateral (select (array['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'])[1 + n % 5] as stage) s`)
  // Closed deals were a lead for a day, qualified for two, and a lead again for an hour.
  await client.query(`
    insert into stage_changes (tenant_id, id, deal_id, to_stage, created_at)
    select d.tenant_id, uuidv7(), d.id, s.stage::"DealStage", d.created_at + make_interval(hours => s.hours)
    from (select * from deals where closed_at is not null order by id) d,
      lateral (values ('LEAD', 0), ('QUALIFIED', 24), ('LEAD', 72), (d.stage::text, 73)) as s(stage, hours)`)
  expect(await migrate(owner.href, { migrations })).toEqual(migrations.slice(totals).map((migration) => migration.name))
  for (const { id } of tenants) {
    const kept = await keptTotals(asked, id)
    expect(kept.totals.length).toBeGreaterThan(20)
    expect(kept).toEqual(await countedTotals(asked, id))
  }
  const { rows: left } = await client.query(`
    select closed_at is not null as closed, lead_seconds as lead, qualified_seconds as qualified, negotiation_seconds as negotiation,
      count(*)::int as deals from deals group by 1, 2, 3, 4 order by 1`)
  expect(left).toEqual([
    { closed: false, lead: null, qualified: null, negotiation: null, deals: 72 },
    { closed: true, lead: 25 * 3600, qualified: 48 * 3600, negotiation: null, deals: 48 },
  ])
})

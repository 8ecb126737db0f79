import {
  dealPage,
  dealStatistics as dealStatisticsView,
  listDeals as listDealsQuery,
  statisticsQuery,
} from '@throughline/contracts'
import { createDatabase, sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDeals } from '../deals/index.ts'
import { seedDeals } from '../seed.ts'
import { dealStatistics, foldDealTotals } from './index.ts'

let world: TestWorld
let globex: TestTenant
const now = new Date('2026-11-21T15:00:00Z')

/** A deal as a row, each column that matters named; the trigger `deal_kept` fills in what follows from it. */
async function insert(tenant: TestTenant, deal: Record<string, unknown>): Promise<string> {
  const row = {
    title: 'A deal',
    value: '100.00',
    currency: 'EUR',
    stage: 'LEAD',
    created_at: '2026-10-10T12:00:00Z',
    ...deal,
  }
  const ctx = tenant.systemCtx()
  const inserted = await ctx.db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, probability, lead_source, owner_id, expected_close_date,
      closed_at, lost_reason, qualified_at, negotiated_at, created_at, updated_at)
    select ${tenant.id}::uuid, uuidv7(), d.title, d.value, d.currency, d.stage, d.probability, d.lead_source, d.owner_id,
      d.expected_close_date, d.closed_at, d.lost_reason, d.qualified_at, d.negotiated_at, d.created_at, d.created_at
    from jsonb_populate_record(null::deals, ${JSON.stringify(row)}::jsonb) d returning id::text`)
  return inserted?.id ?? ''
}
const won = (closed_at: string, deal: object = {}) => ({ stage: 'CLOSED_WON', closed_at, ...deal })
const lost = (closed_at: string, deal: object = {}) => ({
  stage: 'CLOSED_LOST',
  closed_at,
  lost_reason: 'Price',
  ...deal,
})

const at = (ctx: ReturnType<TestTenant['ctx']>) => ({ ...ctx, now: () => now })
async function ask(tenant: TestTenant, query: object = {}, role: 'manager' | 'member' = 'manager') {
  const text = await dealStatistics(at(tenant.ctx(role)), statisticsQuery.parse(query))
  return dealStatisticsView.parse(JSON.parse(text))
}

beforeAll(async () => {
  world = await createTestWorld()
  globex = await world.tenant('Globex')
  await insert(globex, { value: '999999.99' })
  await insert(globex, won('2026-11-01T12:00:00Z', { value: '999999.99' }))
})
afterAll(() => world?.close())

describe('the pipeline', () => {
  it('is empty, with no rate at all, for a firm without deals', async () => {
    const answer = await ask(await world.tenant('Empty'))
    expect(answer.open).toEqual({ count: 0, deals: expect.any(String), sums: [], weighted: [] })
    expect(answer.closed).toMatchObject({ winRate: null, winRateByValue: [] })
    expect(answer.cohort.conversion).toBeNull()
    expect(answer.conversions.every(({ rate }) => rate === null)).toBe(true)
    expect([answer.velocity, answer.sources, answer.owners, answer.lostReasons]).toEqual([[], [], [], []])
    expect(answer.byStage.map(({ averageScore }) => averageScore)).toEqual([null, null, null, null, null])
  })

  it("weights open deals by their own probability or their stage's, honours 0, and keeps currencies apart", async () => {
    const tenant = await world.tenant('Weights')
    await insert(tenant, { value: '0.15' })
    await insert(tenant, { value: '0.30' })
    await insert(tenant, { value: '1000.00', probability: 0 })
    await insert(tenant, { value: '1000.00', stage: 'NEGOTIATION', probability: 55 })
    await insert(tenant, { value: '200.00', currency: 'USD', stage: 'QUALIFIED' })
    await insert(tenant, lost('2026-11-01T12:00:00Z', { value: '9000.00', probability: 90 }))
    await insert(tenant, won('2026-11-01T12:00:00Z', { value: '500.00', probability: 90 }))
    const { open, forecast } = await ask(tenant)
    // 0.045 of two deals is rounded once.
    expect(open.weighted).toEqual([
      { currency: 'EUR', value: '550.05' },
      { currency: 'USD', value: '60.00' },
    ])
    expect(open.sums).toEqual([
      { currency: 'EUR', count: 4, value: '2000.45' },
      { currency: 'USD', count: 1, value: '200.00' },
    ])
    expect(forecast.undated).toMatchObject({ count: 5, weighted: open.weighted })
  })

  it('takes the odds from history when it is long enough, else from the settings, else the usual, and says which', async () => {
    const tenant = await world.tenant('Odds')
    const { db } = tenant.systemCtx()
    await db.execute(sql`insert into pipeline_stages (tenant_id, stage, name, position, probability, updated_at)
      values (${tenant.id}::uuid, 'QUALIFIED', 'Qualified', 1, 0, now())`)
    const twentyNine = Array.from({ length: 29 }, (_, index) => index)
    for (const n of twentyNine)
      await insert(
        tenant,
        n < 10
          ? won('2026-06-01T12:00:00Z', { created_at: '2026-01-01T12:00:00Z' })
          : lost('2026-06-01T12:00:00Z', { created_at: '2026-01-01T12:00:00Z' }),
      )
    await insert(tenant, { stage: 'QUALIFIED', value: '100.00' })
    const before = await ask(tenant)
    expect(before.probabilities).toMatchObject([
      { stage: 'LEAD', percent: 10, source: 'default', sample: 29, won: 10 },
      { stage: 'QUALIFIED', percent: 0, source: 'configured', sample: 10, won: 10 },
      { stage: 'NEGOTIATION', percent: 70, source: 'default', sample: 10 },
    ])
    expect(before.open.weighted).toEqual([{ currency: 'EUR', value: '0.00' }])
    // Too long ago to count, and one that does.
    await insert(tenant, lost('2025-11-21T12:00:00Z', { created_at: '2025-01-01T12:00:00Z' }))
    expect((await ask(tenant, { from: '2026-11-01', to: '2026-11-02' })).probabilities[0]).toMatchObject({ sample: 29 })
    await insert(tenant, lost('2025-11-22T12:00:00Z', { created_at: '2025-01-01T12:00:00Z' }))
    expect((await ask(tenant, { from: '2026-11-01', to: '2026-11-03' })).probabilities[0]).toMatchObject({
      stage: 'LEAD',
      percent: 33.3,
      source: 'history',
      sample: 30,
      won: 10,
    })
  })

  it('forecasts by month of the firm, with what is overdue and what has no date apart, and nothing that is lost', async () => {
    const tenant = await world.tenant('Forecast')
    // In Auckland the 22nd has begun.
    await world.database.platform.execute(
      sql`update tenants set timezone = 'Pacific/Auckland' where id = ${tenant.id}::uuid`,
    )
    for (const [expected_close_date, value] of [
      ['2026-09-30', '1.00'],
      ['2026-11-21', '2.00'],
      ['2026-11-22', '4.00'],
      ['2026-11-30', '8.00'],
      ['2027-02-01', '16.00'],
      [null, '32.00'],
    ])
      await insert(tenant, { expected_close_date, value })
    await insert(tenant, lost('2026-11-01T12:00:00Z', { expected_close_date: '2026-11-30', value: '900.00' }))
    const { forecast, period } = await ask(tenant)
    expect(period).toMatchObject({
      today: '2026-11-22',
      timezone: 'Pacific/Auckland',
      from: '2026-09-01',
      to: '2026-11-22',
    })
    const told = ({ count, sums }: { count: number; sums: { value: string }[] }) => [count, sums[0]?.value]
    expect(told(forecast.overdue)).toEqual([2, '3.00'])
    expect(forecast.months.map((month) => [month.month, ...told(month)])).toEqual([
      ['2026-11', 2, '12.00'],
      ['2027-02', 1, '16.00'],
    ])
    expect(told(forecast.undated)).toEqual([1, '32.00'])
    expect(forecast.months[0]?.weighted).toEqual([{ currency: 'EUR', value: '1.20' }])
  })
})

describe('a period', () => {
  it('is whole days of the firm, whichever month of UTC they fall into', async () => {
    const tenant = await world.tenant('Zones')
    await world.database.platform.execute(
      sql`update tenants set timezone = 'America/New_York' where id = ${tenant.id}::uuid`,
    )
    for (const closed of [
      '2026-10-01T03:59:59Z',
      '2026-10-01T04:00:00Z',
      '2026-11-01T03:59:59Z',
      '2026-11-01T04:00:00Z',
    ])
      await insert(tenant, won(closed, { created_at: '2026-09-01T12:00:00Z' }))
    const wins = async (from: string, to: string) => (await ask(tenant, { from, to })).closed.won.count
    expect(await wins('2026-10-01', '2026-10-31')).toBe(2)
    expect(await wins('2026-09-01', '2026-09-30')).toBe(1)
    expect(await wins('2026-11-01', '2026-11-01')).toBe(1)
    expect(await wins('2026-09-20', '2026-11-10')).toBe(4)
    await foldDealTotals(world.database.platform)
    expect(await wins('2026-10-02', '2026-10-30')).toBe(0)
    expect(await wins('2026-10-01', '2026-11-12')).toBe(3)
    expect(await wins('2026-09-10', '2026-10-20')).toBe(2)
  })

  it('keeps the win rate of what closed in it apart from the conversion of what was created in it', async () => {
    const tenant = await world.tenant('Rates')
    const long = { created_at: '2026-01-01T12:00:00Z' }
    for (let n = 0; n < 3; n++) await insert(tenant, won('2026-10-05T12:00:00Z', { ...long, value: '700.00' }))
    for (let n = 0; n < 7; n++) await insert(tenant, lost('2026-10-06T12:00:00Z', { ...long, value: '100.00' }))
    for (let n = 0; n < 9; n++) await insert(tenant, {})
    await insert(tenant, won('2026-11-01T12:00:00Z', { created_at: '2026-10-22T12:00:00Z' }))
    const { closed, cohort, velocity } = await ask(tenant, { from: '2026-10-01', to: '2026-10-31' })
    expect(closed).toMatchObject({ won: { count: 3 }, lost: { count: 7 }, winRate: 0.3 })
    expect(closed.winRateByValue).toEqual([{ currency: 'EUR', rate: 0.75 }])
    expect(cohort).toMatchObject({ created: { count: 10 }, won: { count: 1 }, conversion: 0.1 })
    // 9 open x 0.3 x 700 / 277 days
    expect(velocity).toEqual([
      { currency: 'EUR', open: 9, winRate: 0.3, averageWon: '700.00', averageCycleDays: 277, perDay: '6.82' },
    ])
  })

  it('counts each deal once per stage it came to: skipped stages, re-entries and later losses included', async () => {
    const tenant = await world.tenant('Stages')
    const entries = { qualified_at: '2026-10-12T12:00:00Z' }
    await insert(tenant, {})
    await insert(tenant, { stage: 'QUALIFIED', ...entries })
    // Back in LEAD, and lost after a negotiation: both have been where they were.
    await insert(tenant, entries)
    await insert(tenant, lost('2026-11-01T12:00:00Z', { ...entries, negotiated_at: '2026-10-20T12:00:00Z' }))
    // Straight from LEAD to won.
    await insert(tenant, won('2026-11-02T12:00:00Z'))
    const { conversions } = await ask(tenant, { from: '2026-10-01', to: '2026-11-21' })
    expect(conversions.map(({ from, to, entered, reached }) => [from, to, entered, reached])).toEqual([
      ['LEAD', 'QUALIFIED', 5, 4],
      ['LEAD', 'NEGOTIATION', 5, 2],
      ['LEAD', 'CLOSED_WON', 5, 1],
      ['QUALIFIED', 'NEGOTIATION', 4, 2],
      ['QUALIFIED', 'CLOSED_WON', 4, 1],
      ['NEGOTIATION', 'CLOSED_WON', 2, 1],
    ])
  })

  it('sums all the time that a deal was in a stage, and lets an open stay end now', async () => {
    const tenant = await world.tenant('Stays')
    const ctx = tenant.systemCtx()
    const move = (dealId: string, stage: string, at: string) =>
      ctx.db.execute(sql`update deals set stage = ${stage}::"DealStage", updated_at = ${at}::timestamptz
        where tenant_id = ${tenant.id}::uuid and id = ${dealId}::uuid`)
    const back = await insert(tenant, { created_at: '2026-11-01T15:00:00Z' })
    await move(back, 'QUALIFIED', '2026-11-03T15:00:00Z')
    await move(back, 'LEAD', '2026-11-04T15:00:00Z')
    for (const created_at of ['2026-11-19T15:00:00Z', '2026-11-20T15:00:00Z']) await insert(tenant, { created_at })
    const { timeInStage } = await ask(tenant, { from: '2026-11-01', to: '2026-11-21' })
    expect(timeInStage).toMatchObject([
      { stage: 'LEAD', sample: 3, medianDays: 2, averageDays: 7.3 },
      { stage: 'QUALIFIED', sample: 1, medianDays: 1, averageDays: 1 },
      { stage: 'NEGOTIATION', sample: 0, medianDays: null, averageDays: null },
    ])
  })

  it.each([
    [{ from: '2026-11-02', to: '2026-11-01' }, 'must not be before'],
    [{ from: '2026-11-02' }, 'a first and a last day'],
    [{ from: '1990-01-01', to: '2026-11-01' }, 'ten years'],
    [{ from: '2026-02-30', to: '2026-11-01' }, 'Invalid'],
    [{ period: 'always' }, 'Unrecognized'],
  ])('refuses %j', (query, message) => {
    const parsed = statisticsQuery.safeParse(query)
    expect(parsed.success ? '' : parsed.error.message).toContain(message)
  })
})

/** Links, and the numbers that they open. */
const linkNames = [
  ['deals', 'count'],
  ['deals', 'sample'],
  ['enteredDeals', 'entered'],
  ['reachedDeals', 'reached'],
  ['sampleDeals', 'sample'],
  ['wonDeals', 'won'],
] as const

/** Every number with a link in an answer: where it stands, how many deals, what they come to. */
function linksIn(value: unknown, path = ''): { path: string; deals: string; count: number; sums: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.entries(value).flatMap(([key, child]) => linksIn(child, `${path}.${key}`))
  const links = linkNames.flatMap(([link, number]) => {
    const [deals, count] = [Reflect.get(value, link), Reflect.get(value, number)]
    if (typeof deals !== 'string' || typeof count !== 'number') return []
    return [{ path: `${path}.${link}`, deals, count, sums: Reflect.get(value, 'sums') }]
  })
  return [...links, ...inside]
}

/** Where numbers stand that open nothing, but for the firm's own history, which is not told to all. */
const withoutLink = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, child]) => withoutLink(child, `${path}.${key}`))
    : value === null && /(deals|enteredDeals|reachedDeals)$/.test(path)
      ? [path]
      : []

async function followed(ctx: ReturnType<TestTenant['ctx']>, deals: string) {
  const found = []
  let cursor: string | null = null
  do {
    const query = new URLSearchParams(deals)
    const given = Object.fromEntries(
      [...new Set(query.keys())].map((key) => [key, query.getAll(key).length > 1 ? query.getAll(key) : query.get(key)]),
    )
    const page = dealPage.parse(
      JSON.parse(await listDeals(ctx, listDealsQuery.parse({ ...given, limit: '100', ...(cursor && { cursor }) }))),
    )
    found.push(...page.data)
    cursor = page.page.nextCursor
  } while (cursor)
  return found
}

const cents = (deals: { value: string }[]) => deals.reduce((sum, { value }) => sum + BigInt(value.replace('.', '')), 0n)

describe('the filter of a number', () => {
  let seeded: TestTenant
  beforeAll(async () => {
    seeded = await world.tenant('Seeded')
    const { manager, member } = seeded.members
    await world.database.platform.execute(
      sql`update tenants set timezone = 'America/Los_Angeles' where id = ${seeded.id}::uuid`,
    )
    await seedDeals(seeded.systemCtx().db, {
      count: 140,
      ownerIds: [manager.id, member.id],
      currency: 'EUR',
      today: now,
    })
    await insert(seeded, { owner_id: null, lead_source: ' odd' })
    await insert(seeded, { owner_id: member.id, lead_source: 'x'.repeat(81), expected_close_date: null })
    // Told apart by their first 120 characters, wherever those end.
    for (const ending of ['one', 'another'])
      await insert(
        seeded,
        lost('2026-10-02T12:00:00Z', { owner_id: member.id, lost_reason: `${'💸'.repeat(119)} ${ending}` }),
      )
    await insert(
      seeded,
      lost('2026-10-03T12:00:00Z', { negotiated_at: '2026-09-20T12:00:00Z', qualified_at: '2026-09-20T12:00:00Z' }),
    )
    // Of a deal that skipped a stage there is no stay in it.
    await seeded.systemCtx().db.execute(sql`
      update deals d set qualified_seconds = case when n % 2 = 0 then 7200 end, lead_seconds = case when n % 2 > 0 then 3600 end
      from (select id, row_number() over (order by id) as n from deals where qualified_at is not null) s
      where s.id = d.id and s.n % 5 > 0`)
    await insert(
      seeded,
      won('2026-10-01T06:59:00Z', { owner_id: member.id, currency: 'USD', value: '7.00', lead_source: 'Fair & Expo' }),
    )
  })

  it.each([
    ['all deals', {}, 'manager'],
    ['all deals of a period that begins and ends within a month', { from: '2026-07-13', to: '2026-11-17' }, 'manager'],
    ["a manager's own", { mine: 'true' }, 'manager'],
    ["a member's own", {}, 'member'],
  ] as const)('opens exactly the deals behind it: %s', async (name, query, role) => {
    await world.database.platform.execute(
      sql`update tenants set members_see_all = ${name !== "a member's own"} where id = ${seeded.id}::uuid`,
    )
    const ctx = seeded.ctx(role)
    const answer = await ask(seeded, query, role)
    const links = linksIn(answer)
    expect(links.length).toBeGreaterThan(70)
    // A source that nobody can have typed: it is longer than any that is taken.
    const untyped = answer.sources.flatMap(({ source }, index) => (source === 'x'.repeat(81) ? [index] : []))
    const parts = ['created', 'createdAndWon', 'open', 'won', 'lost']
    expect(withoutLink(answer)).toEqual(untyped.flatMap((n) => parts.map((part) => `.sources.${n}.${part}.deals`)))
    expect(answer.open.count).toBeGreaterThan(10)
    for (const { path, deals, count, sums } of links) {
      const found = await followed(ctx, deals)
      expect([path, found.length]).toEqual([path, count])
      if (!Array.isArray(sums)) continue
      for (const { currency, count: some, value } of sums) {
        const ofCurrency = await followed(ctx, `${deals}&currency=${currency}`)
        expect([path, currency, ofCurrency.length, cents(ofCurrency)]).toEqual([
          path,
          currency,
          some,
          BigInt(value.replace('.', '')),
        ])
      }
    }
  })

  it('is left out where more deals came to a stage than are looked at', async () => {
    const many = await world.tenant('Many')
    await many.systemCtx().db.execute(sql`
      insert into deals (tenant_id, id, title, currency, created_at)
      select ${many.id}::uuid, uuidv7(), 'Deal ' || n, 'EUR', '2026-11-01' from generate_series(1, 200) n`)
    expect((await ask(many)).timeInStage[0]).toMatchObject({ sample: 200, deals: null })
  })

  it('a member who sees their own deals only gets numbers of those only, and no sample of the firm', async () => {
    await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${seeded.id}::uuid`)
    const answer = await ask(seeded, { from: '2026-01-01', to: '2026-11-21' }, 'member')
    expect(answer.scope).toBe('own')
    expect(answer.owners.map(({ owner }) => owner?.id)).toEqual([seeded.members.member.id])
    expect(answer.probabilities.map(({ sample, won: wins }) => [sample, wins])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ])
    const own = await world.database.platform.queryOne<{ n: number }>(sql`select count(*)::int as n from deals
      where tenant_id = ${seeded.id}::uuid and owner_id = ${seeded.members.member.id}::uuid and deleted_at is null`)
    expect(answer.byStage.reduce((sum, { count }) => sum + count, 0)).toBe(own?.n)
  })

  it('is asked for with four statements, however many deals there are', async () => {
    const recorded = recordStatements()
    await ask(seeded, { from: '2026-03-02', to: '2026-11-09' })
    expect(recorded.take()).toHaveLength(4)
    await ask(seeded, { from: '2026-03-02', to: '2026-11-09' })
    expect(recorded.take()).toEqual([])
    recorded.stop()
  })
})

it('are asked of the replica that has every write, and of nothing else', async () => {
  const acme = await world.tenant('Of the primary')
  await insert(acme, { title: 'On the primary' })
  // Another database stands in for the replica: what it says cannot have come from the primary.
  const there = await createTestWorld()
  await there.database.platform.execute(
    sql`insert into tenants (id, name, slug, currency) values (${acme.id}::uuid, 'Of the replica', 'replica', 'EUR')`,
  )
  const database = createDatabase(
    { database: { ...world.config.database, readUrl: there.config.database.tenantUrl } },
    world.log,
  )
  try {
    for (const title of ['One', 'Another'])
      await there.database.tenant(acme.id).execute(sql`insert into deals (tenant_id, id, title, currency)
        values (${acme.id}::uuid, uuidv7(), ${title}, 'EUR')`)
    const ctx = { ...at(acme.ctx('manager')), db: database.tenant(acme.id), answers: undefined }
    const text = await dealStatistics(ctx, statisticsQuery.parse({}))
    expect(dealStatisticsView.parse(JSON.parse(text)).open.count).toBe(2)
    expect((await ask(acme)).open.count).toBe(1)
  } finally {
    await database.close()
    await there.close()
  }
})

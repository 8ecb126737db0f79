// However many deals a firm has, no question that is asked often reads a table from end to end.
import { boardQuery, dealSorts, listDeals as listDealsQuery } from '@throughline/contracts'
import { type Ctx, createDatabase, encodeCursor, sql } from '@throughline/db'
import {
  analyse,
  createTestWorld,
  explain,
  recording,
  rowsLookedAt,
  type TestTenant,
  type TestWorld,
} from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldDealTotals } from '../statistics/index.ts'
import { bulkUpdateDeals, dealBoard, dealCalendar, getDeal, listDeals, moveDeal, updateDeal } from './index.ts'
import { filterOf, makeDeal } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let ctx: Ctx
let dealId: string

/** Twenty thousand deals in one firm and some in another, with companies and contacts in proportion. */
async function fill(tenant: TestTenant, deals: number): Promise<void> {
  const { db } = tenant.systemCtx()
  const t = sql`${tenant.id}::uuid`
  await db.execute(sql`insert into companies (tenant_id, id, name, domain)
    select ${t}, uuidv7(), 'Company ' || g, 'c' || g || '.test' from generate_series(1, ${deals / 20}) g`)
  await db.execute(sql`insert into contacts (tenant_id, id, name, email, company_id)
    select ${t}, uuidv7(), 'Contact of ' || name, 'x@' || domain, id from companies where tenant_id = ${t}`)
  await db.execute(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, company_id, contact_id, owner_id, created_at,
      expected_close_date, closed_at, lost_reason, tags)
    select ${t}, uuidv7(), 'Deal ' || n, n % 1000 * 10, 'EUR', s.stage::"DealStage", k.company_id, k.id,
      (${Object.values(tenant.members).map(({ id }) => id)}::uuid[])[1 + n % 5], now() - make_interval(mins => n),
      case when n % 3 > 0 then current_date + n % 200 end, case when s.stage like 'CLOSED%' then now() end,
      case when s.stage = 'CLOSED_LOST' then 'price' end, array['tag ' || n % 50]
    from (select id, company_id, row_number() over () as rn from contacts where tenant_id = ${t}) k,
      generate_series(1, ${deals}) n,
      lateral (select (array['LEAD','QUALIFIED','NEGOTIATION','CLOSED_WON','CLOSED_LOST'])[1 + n % 5] as stage) s
    where k.rn = 1 + n % (${deals}::int / 20)`)
  await db.execute(sql`insert into stage_changes (tenant_id, id, deal_id, to_stage)
    select tenant_id, uuidv7(), id, stage from deals where tenant_id = ${t}`)
  await db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    select tenant_id, id, contact_id, 'champion' from deals where tenant_id = ${t}`)
  await db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
    select tenant_id, id, 'capital_call', uuidv7(), 'Capital call' from deals where tenant_id = ${t} and stage = 'CLOSED_WON'`)
}

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await fill(acme, 20_000)
  await fill(await world.tenant('Globex'), 2_000)
  ctx = acme.ctx('manager')
  dealId = (await makeDeal(ctx, { title: 'The one' })).id
  await foldDealTotals(world.database.platform)
  await analyse(world.ownerUrl)
})
afterAll(() => world.close())

const list = (query: object) => (asked: Ctx) => listDeals(asked, listDealsQuery.parse(query))
/** The page that goes on from here in an order by close date. */
const behind = (order: 'closeDate' | 'closeDate-', date: string | null) => {
  const cursor = encodeCursor([order, date, '019aa000-0000-7000-8000-000000000000'])
  return list({ sort: 'closeDate', reverse: String(order === 'closeDate-'), cursor })
}
const owner = () => acme.members.manager.id

const hot: [string, (asked: Ctx) => Promise<unknown>][] = [
  ...dealSorts.map((sort) => [`the list by ${sort}`, list({ sort })] as [string, (asked: Ctx) => Promise<unknown>]),
  ...dealSorts.map(
    (sort) => [`a stage by ${sort}`, list({ sort, stage: 'QUALIFIED' })] as [string, (asked: Ctx) => Promise<unknown>],
  ),
  ['the list by close date, the last first', list({ sort: 'closeDate', reverse: 'true' })],
  ['the page behind a close date', behind('closeDate', '2026-12-01')],
  ['the page before a close date', behind('closeDate-', '2026-12-01')],
  ['the page behind a deal without a close date', behind('closeDate', null)],
  ['the page before a deal without a close date', behind('closeDate-', null)],
  ['the deals of an owner', (asked) => list({ ownerId: owner() })(asked)],
  ['the deals with a tag', list({ tag: 'tag 7' })],
  ['a month of closing', list({ closeFrom: '2026-12-01', closeTo: '2026-12-31', sort: 'closeDate' })],
  ['deals without a close date', list({ undated: 'true' })],
  ['deals whose source is not known', list({ unsourced: 'true', sort: 'value' })],
  ['a month of coming to a stage', list({ qualifiedFrom: '2026-11-01', qualifiedTo: '2026-11-30' })],
  ['what came so far', list({ reached: 'NEGOTIATION', createdFrom: '2026-11-01', createdTo: '2026-11-30' })],
  ['what was in a stage', list({ wasIn: 'QUALIFIED', negotiatedFrom: '2026-11-01', negotiatedTo: '2026-11-30' })],
  ['what was lost for a reason', list({ lostReason: 'price', closedFrom: '2026-11-01', closedTo: '2026-11-30' })],
  ['the trash', list({ deleted: 'true' })],
  ['a word in the trash', list({ deleted: 'true', q: '4711' })],
  ['a phrase', list({ q: '"deal 4711"' })],
  ['a rare word', list({ q: '4711' })],
  ['a word that all have, by value', list({ q: 'deal', sort: 'value' })],
  ['the board', (asked) => dealBoard(asked, boardQuery.parse({}))],
  ['one deal', (asked) => getDeal(asked, dealId)],
  [
    'a month of the calendar',
    (asked) => dealCalendar(asked, filterOf({ closeFrom: '2026-12-01', closeTo: '2026-12-31' })),
  ],
  ['a move', (asked) => moveDeal(asked, dealId, { stage: 'QUALIFIED' })],
  ['an edit', (asked) => updateDeal(asked, dealId, { title: 'Another title' })],
  [
    'a bulk change',
    (asked) => bulkUpdateDeals(asked, { ids: [dealId], change: { action: 'prioritise', priority: 'URGENT' } }),
  ],
]

/** Of two firms they hold a few rows; the totals stay few however many deals there are. */
const small = ['tenants', 'members', 'deal_totals', 'deal_total_changes']

describe('no table is read from end to end for', () => {
  it.each(hot)('%s', async (_what, work) => {
    const asked = await explain(ctx, work, small)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ scanned }) => scanned.length > 0)).toEqual([])
  })
})

/** Rows that a question may look at: some pages' worth, whatever the firm has, but for those that are named here. */
const usual = 400
const more: Readonly<Record<string, number>> = {
  // What has the tag is sorted.
  'the deals with a tag': 2_000,
  // A month's deals, of which these have a great many, counted and summed.
  'a month of the calendar': 6_000,
  // Links of reports: all that the filter matches, and for a stage the history of each.
  'a month of coming to a stage': 15_000,
  'what was in a stage': 20_000,
  'what was lost for a reason': 10_000,
  // Each deal has these words: counted as far as it pays to name them; behind a phrase the rows as well.
  'a phrase': 25_000,
  'a word that all have, by value': 5_000,
}

describe('a bounded number of rows is looked at for', () => {
  it.each(hot)('%s', async (what, work) => {
    expect(await rowsLookedAt(ctx, work)).toBeLessThan(more[what] ?? usual)
  })
})

/** What the connection of the open transaction has planned for a question that was asked again and again. */
const plansOf = (asked: Ctx) =>
  asked.db.query<{ kept: boolean; anew: number }>(sql`
    select generic_plans > 0 as kept, custom_plans::int as anew from pg_prepared_statements
    where statement like '%from deals d%' and custom_plans > 4`)

describe('is planned for once, however often it is asked', () => {
  const asked = hot.filter(([what]) => /^(the list|a stage) by|^the board|^one deal|^a rare word/.test(what))
  it.each(asked)('%s', async (_what, work) => {
    const fresh = createDatabase(world.config, world.log)
    try {
      const own: Ctx = { ...ctx, db: fresh.tenant(acme.id) }
      const plans = await own.db.transaction(async () => {
        for (let time = 0; time < 9; time++) await work(own)
        return plansOf(own)
      })
      expect(plans.length).toBeGreaterThan(0)
      expect(plans.filter(({ kept, anew }) => !kept || anew > 5)).toEqual([])
    } finally {
      await fresh.close()
    }
  })
})

describe('the number of questions', () => {
  it.each<[string, number, (asked: Ctx) => Promise<unknown>]>([
    ['a list', 1, list({ limit: 50 })],
    ['a list by close date, on the page where the dates end', 1, behind('closeDate', '2100-01-01')],
    ['a board', 1, (asked) => dealBoard(asked, boardQuery.parse({}))],
    ['one deal', 1, (asked) => getDeal(asked, dealId)],
  ])('of %s is %i', async (_what, count, work) => {
    const recorded = recording(ctx)
    await work(recorded.ctx)
    expect(recorded.asked).toHaveLength(count)
  })
})

// What a wish about many deals asks of the database: as much as it changes, and nothing for what it leaves alone.
import type { BulkChange } from '@throughline/contracts'
import { type Ctx, type Sql, sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bulkDeleteDeals, bulkUpdateDeals, undoBatch } from './index.ts'
import { readDeal } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let ctx: Ctx
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  ctx = acme.ctx('manager')
  await fill(globex, 50)
})
afterAll(() => world.close())

/** Deals by SQL, each with a priority, tags and notes of its own. @returns their ids */
async function fill(tenant: TestTenant, deals: number): Promise<string[]> {
  const rows = await tenant.systemCtx().db.query<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, priority, owner_id, tags, notes, expected_close_date)
    select ${tenant.id}::uuid, uuidv7(), 'Deal ' || n, n, 'EUR', (array['LOW', 'MEDIUM', 'URGENT'])[1 + n % 3]::"DealPriority",
      ${tenant.members.manager.id}::uuid, case when n % 2 = 0 then array['tag ' || n] else '{}' end, 'a secret note ' || n,
      current_date + n
    from generate_series(1, ${deals}::int) n returning id::text as id`)
  return rows.map(({ id }) => id)
}

const urgent: BulkChange = { action: 'prioritise', priority: 'HIGH' }
const wishes = (): [string, BulkChange][] => [
  ['a priority', urgent],
  ['a stage', { action: 'move', stage: 'CLOSED_LOST', lostReason: 'price' }],
  ['an owner', { action: 'assign', ownerId: acme.members.owner.id }],
  ['a date', { action: 'expect', expectedCloseDate: '2031-03-01' }],
  ['a tag', { action: 'tag', add: ['spring'], remove: [] }],
]

async function heardOf(ids: string[], change: BulkChange): Promise<string[]> {
  const recorder = recordStatements()
  try {
    const { updated } = await bulkUpdateDeals(ctx, { ids, change })
    expect(updated).toHaveLength(ids.length)
    return recorder.take()
  } finally {
    recorder.stop()
  }
}

describe('a wish about many deals', () => {
  it('is eight statements at most, BEGIN and COMMIT included, for two deals and for five hundred', async () => {
    for (const [what, change] of wishes()) {
      const [few, many] = [await heardOf(await fill(acme, 2), change), await heardOf(await fill(acme, 500), change)]
      expect(many, what).toEqual(few)
      expect(many.length, what).toBeLessThanOrEqual(change.action === 'assign' ? 9 : 8)
    }
  })

  it('writes the columns that it is about, and no others', async () => {
    const heard = await heardOf(await fill(acme, 3), urgent)
    const [update = '', ...more] = heard.filter((text) => text.includes('update deals'))
    expect(more).toEqual([])
    expect(update).toMatch(
      /set priority = \$\d+::"DealPriority",\s?version = d\.version \+ 1,\s?updated_at = \$\d+\s+where/,
    )
  })

  it('gives each deal back what was its own, whether they were alike or not', async () => {
    const ids = await fill(acme, 6)
    const deals = () => Promise.all(ids.map((id) => readDeal(ctx, id)))
    const kept = async () =>
      (await deals()).map(({ priority, tags, stage, owner, expectedCloseDate, lostReason, notes, deletedAt }) => {
        return { priority, tags, stage, owner, expectedCloseDate, lostReason, notes, deletedAt }
      })
    const before = await kept()
    for (const [what, change] of wishes()) {
      const { batchId } = await bulkUpdateDeals(ctx, { ids, change })
      expect(await kept(), what).not.toEqual(before)
      await undoBatch(ctx, batchId ?? '')
      expect(await kept(), what).toEqual(before)
    }
    const { batchId } = await bulkDeleteDeals(ctx, { ids })
    await undoBatch(ctx, batchId ?? '')
    expect(await kept()).toEqual(before)
    expect((await deals()).map(({ version }) => version)).toEqual(ids.map(() => 13))
  })
})

/** How often each trigger of `deals` is called by a statement, which is then taken back. */
async function callsOf(statement: Sql): Promise<Record<string, number>> {
  const taken = new Error('taken back')
  let calls: Record<string, number> = {}
  const work = ctx.db.transaction(async () => {
    const row = await ctx.db.queryOne<{ 'QUERY PLAN': [{ Triggers: { 'Trigger Name': string; Calls: number }[] }] }>(
      sql`explain (analyze, format json) ${statement}`,
    )
    const triggers = row?.['QUERY PLAN'][0].Triggers ?? []
    calls = Object.fromEntries(triggers.map((trigger) => [trigger['Trigger Name'], trigger.Calls]))
    throw taken
  })
  await expect(work).rejects.toBe(taken)
  return calls
}

describe('the score', () => {
  const setting = (ids: string[], what: Sql) =>
    sql`update deals set ${what} where tenant_id = ${acme.id}::uuid and id = any(${ids}::uuid[])`

  it('is asked for where a deal changes in what it is made of, and only there', async () => {
    const ids = await fill(acme, 40)
    const owner = acme.members.owner.id
    for (const what of [
      sql`owner_id = ${owner}::uuid`,
      sql`title = 'New'`,
      sql`notes = 'New'`,
      sql`version = version + 1`,
    ])
      expect((await callsOf(setting(ids, what))).deal_kept ?? 0).toBe(0)
    for (const what of [sql`priority = 'HIGH'`, sql`value = value + 1`, sql`tags = '{x}'`, sql`stage = 'QUALIFIED'`])
      expect((await callsOf(setting(ids, what))).deal_kept).toBe(40)
  })

  it('is put right when it is written past the rule, and cools down with any write', async () => {
    const [first = '', warm = ''] = await fill(acme, 2)
    const read = (id: string) =>
      ctx.db.queryOne<object>(
        sql`select lead_score, fit_score, score_reasons from deals where tenant_id = ${acme.id}::uuid and id = ${id}::uuid`,
      )
    const before = await read(first)
    for (const what of [sql`lead_score = 99`, sql`fit_score = 49`, sql`score_reasons = '[]'`]) {
      await ctx.db.execute(setting([first], what))
      expect(await read(first)).toEqual(before)
    }
    await ctx.db.execute(setting([warm], sql`engagement = 40, engagement_at = now() - interval '30 days'`))
    expect((await callsOf(setting([warm], sql`title = 'New'`))).deal_kept).toBe(1)
  })
})

it('no document of the search is written for what nobody searches by, and no word for a new owner', async () => {
  const ids = await fill(acme, 30)
  const written = (table: Sql) =>
    ctx.db.query<{ by: string }>(sql`select d.xmin::text as by, d.* from ${table} d
      where tenant_id = ${acme.id}::uuid and kind = 'deal' and id = any(${ids}::uuid[]) order by d::text`)
  const [documents, words] = [sql`search_documents`, sql`search_words`]
  const before = { documents: await written(documents), words: await written(words) }
  expect(before.documents).toHaveLength(30)
  for (const [what, change] of wishes())
    if (change.action !== 'assign') {
      await bulkUpdateDeals(ctx, { ids, change })
      expect(await written(documents), what).toEqual(before.documents)
    }
  const ownerId = acme.members.owner.id
  await bulkUpdateDeals(ctx, { ids, change: { action: 'assign', ownerId } })
  expect(await written(documents)).toEqual(
    before.documents.map((row) => ({
      ...row,
      by: expect.any(String),
      owner_id: ownerId,
      updated_at: expect.any(Date),
    })),
  )
  expect(await written(words)).toEqual(before.words)
})

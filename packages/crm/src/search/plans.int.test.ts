// The statements as Postgres plans and runs them for the role of tenant work, whose row-level security keeps most
// operators out of every index: nothing is read from one end of a table to the other, however frequent the words.
import { searchKinds, searchQuery } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import {
  analyse,
  createTestWorld,
  expectEventually,
  explain,
  rowsLookedAt,
  type TestTenant,
  type TestWorld,
} from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { search, searchCondition } from './index.ts'
import { addCompany } from './records.testing.ts'

let world: TestWorld
let firm: TestTenant
const deals = 8000
beforeAll(async () => {
  world = await createTestWorld()
  firm = await world.tenant('Plans')
  const { db, ...ctx } = firm.ctx('manager')
  const t = sql`${firm.id}::uuid`
  const company = await addCompany({ db, ...ctx }, { name: 'Everywhere', domain: null })
  await db.execute(sql`insert into companies (tenant_id, id, name)
    select ${t}, uuidv7(), 'Company ' || g from generate_series(1, 1000) g`)
  await db.execute(sql`insert into deals (tenant_id, id, title, currency, company_id, owner_id)
    select ${t}, uuidv7(), 'Everywhere deal ' || g, 'EUR', ${company}::uuid, ${firm.members.member.id}::uuid
    from generate_series(1, ${deals}::int) g`)
  await db.execute(sql`insert into timeline_entries (tenant_id, id, kind, body, deal_id)
    select ${t}, uuidv7(), 'NOTE', 'everywhere note ' || row_number() over (), id from deals limit 3000`)
  await db.execute(sql`insert into contacts (tenant_id, id, name)
    select ${t}, uuidv7(), 'Everywhere ' || g from generate_series(1, 3000) g`)
  await db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    select ${t}, d.id, c.id, 'champion' from (select id, row_number() over () n from deals) d
    join (select id, row_number() over () n from contacts) c on c.n = d.n`)
  await db.execute(sql`insert into activities (tenant_id, id, agent, title, topic, audience, keywords, brand_voice, requested_by_id)
    select ${t}, uuidv7(), 'blog-writer', 'Everywhere post ' || g, 'Everywhere', 'Founders', '{}', '', ${firm.members.member.id}::uuid
    from generate_series(1, 3000) g`)
  // What autovacuum is looking at just now keeps vacuum from telling that pages are visible to all, and plans from
  // reading an index alone.
  await expectEventually(async () => {
    await analyse(world.ownerUrl)
    const hidden = await world.database.platform.query(sql`select relname from pg_class
      where relname in ('deals', 'activities', 'search_documents', 'search_words', 'deal_contacts') and relallvisible < relpages * 0.9`)
    expect(hidden).toEqual([])
  })
})
afterAll(() => world.close())

const asking = (q: string) => (ctx: Ctx) => search(ctx, searchQuery.parse({ q, kinds: [...searchKinds] }))

const questions = [
  'everywhere',
  'e',
  'everywhere deal',
  'everywhere deal 77',
  'everywhere note',
  'everywhere post 77',
  'deal 1 everywhere note company',
  'nowhere',
  'evrywhere',
  '',
]

describe('a search', () => {
  it.each(questions)('for "%s" looks at a bounded part of the firm, by indexes', async (q) => {
    const ctx = firm.ctx('viewer')
    const asked = await explain(ctx, asking(q))
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(({ scanned }) => scanned.length > 0)).toEqual([])
    expect(await rowsLookedAt(ctx, asking(q))).toBeLessThan(deals)
  })

  it('of a member who sees their own deals only is bounded too', async () => {
    await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${firm.id}::uuid`)
    const ctx = firm.ctx('member')
    for (const q of questions) {
      expect((await explain(ctx, asking(q))).filter(({ scanned }) => scanned.length > 0)).toEqual([])
      expect(await rowsLookedAt(ctx, asking(q))).toBeLessThan(2 * deals)
    }
  })
})

describe('a list with a q', () => {
  const listing =
    (q: string) =>
    async ({ db, tenantId }: Ctx) => {
      const condition = await searchCondition(db, { kind: 'deal', q, row: sql`d` })
      await db.query(sql`select d.id from deals d where d.tenant_id = ${tenantId}::uuid and d.deleted_at is null
        and ${condition} order by d.created_at desc, d.id desc limit 51`)
    }

  it.each([
    ['everywhere', 3],
    ['everywhere deal', 3],
    ['deal 77', 2],
    ['4711', 2],
    ['nowhere', 2],
  ])('for "%s" reads no table from end to end, and asks %i questions', async (q, questions) => {
    const asked = await explain(firm.ctx('viewer'), listing(q))
    expect(asked).toHaveLength(questions)
    expect(asked.filter(({ scanned }) => scanned.length > 0)).toEqual([])
  })

  it('counts a frequent word no further than it matters, and passes by what came since it was last written', async () => {
    const ctx = (await world.tenant('Frequent')).ctx('manager')
    await ctx.db.execute(sql`insert into deals (tenant_id, id, title, currency, created_at)
      select ${ctx.tenantId}::uuid, uuidv7(), case when g <= 5000 then 'Common ' else 'Since ' end || g, 'EUR', clock_timestamp()
      from generate_series(1, 10000) g`)
    await analyse(world.ownerUrl)
    expect(await rowsLookedAt(ctx, listing('common'))).toBeLessThan(4000)
  })
})

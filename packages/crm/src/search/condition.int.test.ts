// The `q` of lists is exact where a search looks at a part: compared with a look at every record.
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchCondition } from './condition.repo.ts'
import type { ListedKind } from './counted.repo.ts'
import { addCompany, addContact, addDeal } from './records.testing.ts'

let world: TestWorld
let firm: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  firm = await world.tenant('Lists')
  const ctx = firm.ctx('manager')
  const { db, tenantId } = ctx
  const acme = await addCompany(ctx, { name: 'Acme', domain: 'acme.com' })
  const grace = await addContact(ctx, { name: 'Grace Weber', email: 'grace@acme.com', companyId: acme })
  await addDeal(ctx, { title: 'Growth plan', companyId: acme })
  await addDeal(ctx, { title: 'Roof', contactId: grace, notes: 'growth of the roof' })
  const shared = await addDeal(ctx, { title: 'Bridge' })
  await db.execute(sql`insert into deal_contacts (tenant_id, deal_id, contact_id, role)
    values (${tenantId}::uuid, ${shared}::uuid, ${grace}::uuid, 'champion')`)
  // More than a list of ids would name: the list goes along its own index then.
  await db.execute(sql`insert into deals (tenant_id, id, title, currency, company_id)
    select ${tenantId}::uuid, uuidv7(), 'Frequent ' || g || case when g % 9000 = 0 then ' rare' else '' end, 'EUR',
      case when g % 7000 = 0 then ${acme}::uuid end from generate_series(1, 21000) g`)
  const other = (await world.tenant('Others')).ctx('manager')
  await addDeal(other, {
    title: 'Growth of others',
    companyId: await addCompany(other, { name: 'Acme', domain: 'acme.com' }),
  })
})
afterAll(() => world.close())

const listed = async (kind: ListedKind, q: string): Promise<string[]> => {
  const { db, tenantId } = firm.ctx('viewer')
  const condition = await searchCondition(db, { kind, q, row: sql`d` })
  const table = { deal: sql`deals`, company: sql`companies`, contact: sql`contacts` }[kind]
  const title = kind === 'deal' ? sql`title` : sql`name`
  const rows = await db.query<{ title: string }>(
    sql`select ${title} as title from ${table} d where d.tenant_id = ${tenantId}::uuid and ${condition} order by 1`,
  )
  return rows.map((row) => row.title)
}

it.each([
  ['a word', 'growth', ['Growth plan', 'Roof']],
  [
    'a word of the company',
    'acme',
    ['Bridge', 'Frequent 14000', 'Frequent 21000', 'Frequent 7000', 'Growth plan', 'Roof'],
  ],
  ['words of deal and company', 'acme plan', ['Growth plan']],
  ['the main contact and other people', 'grace web', ['Bridge', 'Roof']],
  ['an e-mail', 'grace@acme.com', ['Bridge', 'Roof']],
  ['a frequent word and a rare one', 'frequent rare', ['Frequent 18000 rare', 'Frequent 9000 rare']],
  ['a frequent word and one of the company', 'frequent acme', ['Frequent 14000', 'Frequent 21000', 'Frequent 7000']],
  ['nothing that is a word', '%', []],
  ['a word that nobody wrote', 'nowhere', []],
])('lists the deals that have %s', async (_what, q, titles) => {
  expect(await listed('deal', q)).toEqual(titles)
})

it('leaves none out of what is everywhere', async () => {
  expect(await listed('deal', 'freq')).toHaveLength(21_000)
})

it('lists companies and contacts by their own words', async () => {
  expect(await listed('company', '@acme.com')).toEqual(['Acme'])
  expect(await listed('contact', 'web gra')).toEqual(['Grace Weber'])
  expect(await listed('contact', 'acme.com')).toEqual(['Grace Weber'])
})

describe('a frequent word that nobody has written for a while', () => {
  let ctx: ReturnType<TestTenant['ctx']>
  const newestFirst = async (q: string, limit: number): Promise<string[]> => {
    const condition = await searchCondition(ctx.db, { kind: 'deal', q, row: sql`d` })
    const rows = await ctx.db.query<{ title: string }>(sql`select title from deals d
      where d.tenant_id = ${ctx.tenantId}::uuid and ${condition} order by d.created_at desc, d.id desc limit ${limit}`)
    return rows.map(({ title }) => title)
  }
  const addMany = (word: string, count: number) =>
    ctx.db.execute(sql`insert into deals (tenant_id, id, title, currency, created_at)
      select ${ctx.tenantId}::uuid, uuidv7(), ${word} || ' ' || g, 'EUR', clock_timestamp() from generate_series(1, ${count}::int) g`)

  beforeAll(async () => {
    ctx = (await world.tenant('For a while')).ctx('manager')
    await addMany('Common', 1500)
    await addMany('Recent', 300)
  })

  it('is found behind all that came since, to the last', async () => {
    expect(await newestFirst('common', 2)).toEqual(['Common 1500', 'Common 1499'])
    expect(await newestFirst('common', 9999)).toHaveLength(1500)
  })

  it('is found where it is written again, and in an old deal that gets a new title', async () => {
    await addDeal(ctx, { title: 'Common again' })
    await ctx.db.execute(
      sql`update deals set title = 'Renamed to common' where tenant_id = ${ctx.tenantId}::uuid and title = 'Recent 7'`,
    )
    const found = await newestFirst('common', 3)
    expect(found).toEqual(['Common again', 'Renamed to common', 'Common 1500'])
    expect(await newestFirst('common', 9999)).toHaveLength(1502)
  })

  it('is found at a company, or a person, of a deal that came since', async () => {
    const companyId = await addCompany(ctx, { name: 'Common House', domain: null })
    await addDeal(ctx, { title: 'By its company', companyId })
    const contactId = await addContact(ctx, { name: 'Ada Common', email: null })
    await addDeal(ctx, { title: 'By its contact', contactId })
    expect(await newestFirst('common', 2)).toEqual(['By its contact', 'By its company'])
  })
})

it('lists the deals of a company also where more companies than are named have its word', async () => {
  const ctx = (await world.tenant('Holdings')).ctx('manager')
  const withDeal = async (name: string) => {
    await addDeal(ctx, {
      title: `Deal of ${name}`,
      companyId: await addCompany(ctx, { name: `Holding ${name}`, domain: null }),
    })
  }
  await withDeal('the first')
  await ctx.db.execute(sql`insert into companies (tenant_id, id, name)
    select ${ctx.tenantId}::uuid, uuidv7(), 'Holding ' || g from generate_series(1, 20001) g`)
  await withDeal('the last')
  const condition = await searchCondition(ctx.db, { kind: 'deal', q: 'holding', row: sql`d` })
  expect(
    await ctx.db.query(
      sql`select title from deals d where d.tenant_id = ${ctx.tenantId}::uuid and ${condition} order by id`,
    ),
  ).toEqual([{ title: 'Deal of the first' }, { title: 'Deal of the last' }])
})

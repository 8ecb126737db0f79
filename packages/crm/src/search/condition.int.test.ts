// The `q` of lists is exact where a search looks at a part: compared with a look at every record.
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ListedKind, searchCondition } from './condition.repo.ts'
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

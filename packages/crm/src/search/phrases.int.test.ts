// Words in quotation marks stand next to each other, in that order; and what is in the trash is found as it was before.
import { type SearchKind, searchQuery } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { searchCondition } from './condition.repo.ts'
import type { ListedKind } from './counted.repo.ts'
import { search } from './index.ts'
import { addCompany, addContact, addDeal } from './records.testing.ts'

let world: TestWorld
let firm: TestTenant

async function fill(tenant: TestTenant): Promise<void> {
  const ctx = tenant.ctx('manager')
  const steel = await addCompany(ctx, { name: 'Bridge Red Steel', domain: 'red-steel.test' })
  const york = await addCompany(ctx, { name: 'New York Crédit', domain: 'nyc.test' })
  const grace = await addContact(ctx, { name: 'Grace Van Dyke', email: 'grace@nyc.test', companyId: york })
  await addDeal(ctx, { title: 'The Red Bridge' })
  await addDeal(ctx, { title: 'Red bridges', notes: 'Painted' })
  await addDeal(ctx, { title: 'A red, new bridge' })
  await addDeal(ctx, { title: 'Paint', notes: 'The old\nRED (bridge), please.' })
  await addDeal(ctx, { title: 'Painted red', notes: 'bridge of others', companyId: steel })
  await addDeal(ctx, { title: 'Roof', contactId: grace, companyId: york })
  await addDeal(ctx, { title: '東京タワー計画' })
}

beforeAll(async () => {
  world = await createTestWorld()
  firm = await world.tenant('Phrases')
  await fill(firm)
  await fill(await world.tenant('Others'))
})
afterAll(() => world.close())

const tables = { deal: sql`deals`, company: sql`companies`, contact: sql`contacts` }

/** Names of the records that a list shows for these words. */
async function listed(kind: ListedKind, q: string, deleted = false): Promise<string[]> {
  const { db, tenantId } = firm.ctx('viewer')
  const condition = await searchCondition(db, { kind, q, row: sql`d`, deleted })
  const rows = await db.query<{ name: string }>(sql`
    select ${kind === 'deal' ? sql`d.title` : sql`d.name`} as name from ${tables[kind]} d
    where d.tenant_id = ${tenantId}::uuid and d.deleted_at is ${deleted ? sql`not null` : sql`null`} and ${condition} order by 1`)
  return rows.map(({ name }) => name)
}

const found = async (q: string, kinds: SearchKind[] = ['deal']): Promise<string[]> =>
  (await search(firm.ctx('viewer'), searchQuery.parse({ q, kinds }))).data
    .map(({ title }) => title.map(({ text }) => text).join(''))
    .toSorted()

const adjacent = ['Paint', 'The Red Bridge']
const phrases: [ListedKind, string, string[]][] = [
  ['deal', 'red bridge', ['A red, new bridge', 'Paint', 'Painted red', 'Red bridges', 'The Red Bridge']],
  ['deal', '"red bridge"', adjacent],
  ['deal', '“Red  BRIDGE!”', adjacent],
  ['deal', '"red bridge" paint', ['Paint']],
  ['deal', '"red bridges"', ['Red bridges']],
  ['deal', '"bridge red"', ['Painted red']],
  ['deal', '"bridge"', ['A red, new bridge', 'Paint', 'Painted red', 'The Red Bridge']],
  ['deal', '"new york" roof', ['Roof']],
  ['deal', '"van dyke" "new york"', ['Roof']],
  ['deal', '"york new"', []],
  ['deal', '"タワー計"', ['東京タワー計画']],
  ['deal', 'red "" bridge "', ['A red, new bridge', 'Paint', 'Painted red', 'Red bridges', 'The Red Bridge']],
  ['company', '"york credit"', ['New York Crédit']],
  ['company', '"york cred"', []],
  ['company', '"red-steel.test"', ['Bridge Red Steel']],
  ['contact', '"grace van"', ['Grace Van Dyke']],
]

describe('what stands in quotation marks', () => {
  it.each(phrases)('a list of each %s with %s', async (kind, q, names) => {
    expect(await listed(kind, q)).toEqual(names)
  })

  it.each(phrases)('a search for each %s with %s', async (kind, q, names) => {
    expect(await found(q, [kind])).toEqual(names)
  })

  it('is not looked for in another spelling', async () => {
    expect(await found('gracw', ['contact'])).not.toEqual([])
    expect(await found('"gracw"', ['contact'])).toEqual([])
  })
})

describe('in the trash', () => {
  const words: [ListedKind, string][] = [
    ['deal', 'bridg'],
    ['deal', 'york roof'],
    ['deal', 'grace@nyc.test'],
    ['deal', 'old paint'],
    ['deal', '%'],
    ['company', 'credit new'],
    ['company', '@nyc.test'],
    ['company', 'steel'],
    ['contact', 'dyke gra'],
    ['contact', 'nyc.test'],
    ['contact', 'nobody'],
  ]
  it('a record is found by what it was found by before', async () => {
    const asked = [...words, ...phrases.map(([kind, q]): [ListedKind, string] => [kind, q])]
    const before = await Promise.all(asked.map(([kind, q]) => listed(kind, q)))
    expect(await listed('deal', 'red', true)).toEqual([])
    const ctx = firm.systemCtx()
    await ctx.db.execute(sql`update deals set deleted_at = now() where tenant_id = ${firm.id}::uuid`)
    const deals = asked.flatMap(([kind, q], index) => (kind === 'deal' ? [{ q, names: before[index] }] : []))
    for (const { q, names } of deals) expect([q, await listed('deal', q, true)]).toEqual([q, names])
    // A deal is found by its company and people as long as these are there.
    await ctx.db.execute(sql`update companies set deleted_at = now() where tenant_id = ${firm.id}::uuid`)
    await ctx.db.execute(sql`update contacts set deleted_at = now() where tenant_id = ${firm.id}::uuid`)
    for (const [index, [kind, q]] of asked.entries())
      if (kind !== 'deal') expect([q, await listed(kind, q, true)]).toEqual([q, before[index]])
    expect(await listed('deal', '"red bridge"')).toEqual([])
  })
})

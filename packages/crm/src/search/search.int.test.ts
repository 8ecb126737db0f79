import { type SearchHit, type SearchPage, searchPage, searchQuery } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import {
  createTestWorld,
  naughtyStrings,
  recordStatements,
  type TestTenant,
  type TestWorld,
} from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { search } from './index.ts'
import { addActivity, addCompany, addContact, addDeal, addNote } from './records.testing.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world.close())

const ask = async (ctx: Ctx, q: string, more: object = {}): Promise<SearchPage> =>
  searchPage.parse(await search(ctx, searchQuery.parse({ q, ...more })))
const textOf = (pieces: SearchHit['title']) => pieces.map(({ text }) => text).join('')
const titles = async (tenant: TestTenant, q: string, more: object = {}) =>
  (await ask(tenant.ctx('viewer'), q, more)).data.map(({ title }) => textOf(title))

describe('what finds what', () => {
  let firm: TestTenant
  beforeAll(async () => {
    firm = await world.tenant('Words')
    const ctx = firm.ctx('manager')
    const muller = await addCompany(ctx, { name: 'Müller-Lüdenscheidt GmbH', domain: 'mueller-bau.de' })
    const acme = await addCompany(ctx, { name: 'Acme Corp.', domain: 'acme.com' })
    const brien = await addContact(ctx, { name: 'Fiona O’Brien', email: 'fiona.obrien@acme.com', companyId: acme })
    await addCompany(ctx, { name: '株式会社アクメ商事', domain: null })
    await addCompany(ctx, { name: 'Компания Ёлка', domain: null })
    await addCompany(ctx, { name: 'شركة النور', domain: null })
    await addDeal(ctx, { title: 'Growth programme', companyId: acme, notes: 'They asked for a phased offer, 50% off.' })
    await addDeal(ctx, { title: 'Roof', companyId: muller, contactId: brien })
    await addDeal(ctx, { title: 'Node.js training 🚀 (v1.2)' })
    const crane = await addDeal(ctx, { title: 'Crane lease' })
    await addNote(ctx, { dealId: crane, body: 'Called the harbour master.\nWants a second quotation.' })
  })

  it.each([
    ['a word', 'growth', 'Growth programme'],
    ['the beginning of a word', 'acm', 'Acme Corp.'],
    ['words in another order', 'programme growth', 'Growth programme'],
    ['beginnings of several words', 'gro prog', 'Growth programme'],
    ['a name without its accents', 'muller', 'Müller-Lüdenscheidt GmbH'],
    ['a name with its accents', 'Müller', 'Müller-Lüdenscheidt GmbH'],
    ['a name in capitals', 'MULLER', 'Müller-Lüdenscheidt GmbH'],
    ['an accent written as a second character', 'Mu\u0308ller', 'Müller-Lüdenscheidt GmbH'],
    ['a part behind a hyphen', 'ludenscheidt', 'Müller-Lüdenscheidt GmbH'],
    ['a hyphen', 'müller-lüdenscheidt', 'Müller-Lüdenscheidt GmbH'],
    ['a name without its hyphen', 'mullerludenscheidt', 'Müller-Lüdenscheidt GmbH'],
    ['an apostrophe', "o'brien", 'Fiona O’Brien'],
    ['a typographic apostrophe', 'o’brien', 'Fiona O’Brien'],
    ['no apostrophe', 'obrien', 'Fiona O’Brien'],
    ['what stands behind an apostrophe', 'brien', 'Fiona O’Brien'],
    ['a whole e-mail', 'fiona.obrien@acme.com', 'Fiona O’Brien'],
    ['an e-mail in capitals', 'Fiona.OBrien@ACME.com', 'Fiona O’Brien'],
    ['the part before the @', 'fiona.obrien', 'Fiona O’Brien'],
    ['an @ and a domain', '@acme.com', 'Fiona O’Brien'],
    ['an @ and the beginning of a domain', '@acm', 'Fiona O’Brien'],
    ['a domain', 'acme.com', 'Acme Corp.'],
    ['a domain with a hyphen', 'mueller-bau.de', 'Müller-Lüdenscheidt GmbH'],
    ['words of notes', 'phased offer', 'Growth programme'],
    ['the company of a deal', 'ludenscheidt', 'Roof'],
    ['the person of a deal', "o'brien", 'Roof'],
    ['a word of a deal with one of its company', 'acme growth', 'Growth programme'],
    ['company and person of a deal', 'müller fiona', 'Roof'],
    ['a note', 'quotation', 'Called the harbour master.'],
    ['Japanese from its middle', 'アクメ', '株式会社アクメ商事'],
    ['Japanese from its beginning', '株式会社', '株式会社アクメ商事'],
    ['Cyrillic', 'елка', 'Компания Ёлка'],
    ['Arabic', 'النور', 'شركة النور'],
    ['an emoji', '🚀', 'Node.js training 🚀 (v1.2)'],
    ['a name with a point', 'node.js', 'Node.js training 🚀 (v1.2)'],
    ['signs between words', '(v1.2)', 'Node.js training 🚀 (v1.2)'],
    ['wide letters', 'ＡＣＭＥ', 'Acme Corp.'],
    ['what cannot be seen', 'ac\u200bme', 'Acme Corp.'],
  ])('finds by %s', async (_how, q, title) => {
    expect(await titles(firm, q)).toContain(title)
  })

  it.each([
    'cme',
    'growth nothing',
    'acme.org',
    '@fiona',
    '%',
    '_',
    '50%25',
    "'",
    '"',
    '\\',
    '&',
    '!',
    ':*',
    '()',
    '-',
    '.',
    '@',
    "''",
  ])('finds nothing by %s', async (q) => {
    expect(await titles(firm, q)).toEqual([])
  })

  it.each(['grwoth', 'growht', 'growwth', 'grwth', 'growzh'])(
    'finds growth by the misspelled %s, and says so',
    async (q) => {
      const page = await ask(firm.ctx('viewer'), q)
      expect(page.data.map(({ match, title }) => [match, textOf(title)])).toContainEqual(['alike', 'Growth programme'])
      expect(page.instead).toEqual(['growth'])
    },
  )

  it('says what was looked for in pieces, without markup', async () => {
    const [hit] = (await ask(firm.ctx('viewer'), 'mull')).data
    expect(hit?.title).toEqual([
      { text: 'Müll', hit: true },
      { text: 'er-Lüdenscheidt GmbH', hit: false },
    ])
    const [note] = (await ask(firm.ctx('viewer'), 'quotation')).data
    expect(note).toMatchObject({ kind: 'note', parent: { kind: 'deal', title: 'Crane lease' } })
    expect(note?.snippet).toContainEqual({ text: 'quotation', hit: true })
  })

  it('answers with what was changed last when nothing is asked', async () => {
    const page = await ask(firm.ctx('viewer'), '  ')
    expect(page.data.length).toBeGreaterThan(5)
    expect(page.data.every(({ match }) => match === 'recent')).toBe(true)
    expect(page.data.some(({ kind }) => kind === 'note')).toBe(false)
  })

  it('looks for the kinds that are asked for only, and at most so many of each', async () => {
    expect(
      new Set((await ask(firm.ctx('viewer'), 'acme', { kinds: ['contact'] })).data.map(({ kind }) => kind)),
    ).toEqual(new Set(['contact']))
    const kinds = (await ask(firm.ctx('viewer'), 'acme', { each: 1 })).data.map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['company', 'contact', 'deal'])
  })

  it('asks the database two questions', async () => {
    const ctx = firm.ctx('viewer')
    await ask(ctx, 'acme')
    const heard = recordStatements()
    await ask(ctx, 'acme')
    const statements = heard.take()
    heard.stop()
    expect(statements).toHaveLength(2)
  })

  it('takes every naughty string as a question', async () => {
    for (const q of naughtyStrings.filter((text) => !text.includes('\0') && text.isWellFormed()))
      await ask(firm.ctx('viewer'), q.slice(0, 200).toWellFormed().replaceAll('\ufffd', ''))
  })
})

describe('the order', () => {
  let firm: TestTenant
  beforeAll(async () => {
    firm = await world.tenant('Order')
    const ctx = firm.ctx('manager')
    const delta = await addCompany(ctx, { name: 'Delta', domain: null })
    await addDeal(ctx, { title: 'Notes only', notes: 'about delta' })
    await addDeal(ctx, { title: 'With the company only', companyId: delta })
    await addDeal(ctx, { title: 'The delta plan' })
    await addDeal(ctx, { title: 'Deltamarin refit' })
    await addDeal(ctx, { title: 'delta' })
    for (let n = 0; n < 60; n++) await addDeal(ctx, { title: `Round ${n} of the gamma series` })
  })

  it('has the whole title first, then its beginning, words of it, words of the notes, the company', async () => {
    expect(await titles(firm, 'Delta', { kinds: ['deal'] })).toEqual([
      'delta',
      'Deltamarin refit',
      'The delta plan',
      'Notes only',
      'With the company only',
    ])
  })

  it('goes on over pages without a gap or a repetition, newest first among equals', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await ask(firm.ctx('viewer'), 'gamma series', { limit: 7, cursor })
      seen.push(...page.data.map(({ title }) => textOf(title)))
      cursor = page.page.nextCursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => `Round ${59 - n} of the gamma series`))
  })

  it('refuses a cursor that it has not made', async () => {
    await expect(ask(firm.ctx('viewer'), 'gamma', { cursor: 'WzEwMDAsMV0' })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })
})

describe('who finds what', () => {
  it('never finds what another firm has, whatever it is called', async () => {
    const [acme, globex] = [await world.tenant('Acme'), await world.tenant('Globex')]
    for (const firm of [acme, globex]) {
      const ctx = firm.ctx('manager')
      const company = await addCompany(ctx, { name: 'Shared name', domain: 'shared.test' })
      await addContact(ctx, { name: 'Shared person', email: 'person@shared.test', companyId: company })
      await addDeal(ctx, { title: `Shared deal of ${firm.name}`, companyId: company })
    }
    for (const q of ['shared', 'person@shared.test', 'shraed', 'shared deal', '']) {
      const page = await ask(acme.ctx('owner'), q)
      expect(page.data.length).toBeGreaterThan(0)
      expect(JSON.stringify(page)).not.toContain('Globex')
    }
    expect(await titles(acme, 'globex')).toEqual([])
  })

  it('shows members their own deals only, and notes on them, when the firm wants it so', async () => {
    const firm = await world.tenant('Private')
    await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${firm.id}::uuid`)
    const ctx = firm.ctx('manager')
    const company = await addCompany(ctx, { name: 'Tempest', domain: null })
    for (const role of ['member', 'manager'] as const) {
      const ownerId = firm.members[role].id
      const deal = await addDeal(ctx, { title: `Tempest of the ${role}`, ownerId, companyId: company })
      await addNote(ctx, { dealId: deal, body: `Tempest note on the deal of the ${role}` })
      await addDeal(ctx, { title: `Other of the ${role}`, ownerId, companyId: company })
    }
    await addNote(ctx, { companyId: company, body: 'Tempest note on the company' })
    for (let n = 0; n < 300; n++) await addDeal(ctx, { title: `Tempest ${n}`, ownerId: firm.members.manager.id })
    const seen = (await ask(firm.ctx('member'), 'tempest')).data.map(({ title }) => textOf(title)).sort()
    expect(seen).toEqual([
      'Other of the member',
      'Tempest',
      'Tempest note on the company',
      'Tempest note on the deal of the member',
      'Tempest of the member',
    ])
    expect((await ask(firm.ctx('viewer'), 'tempest', { limit: 100 })).data.length).toBeGreaterThan(80)
    const recent = (await ask(firm.ctx('member'), '', { kinds: ['deal'] })).data
      .map(({ title }) => textOf(title))
      .sort()
    expect(recent).toEqual(['Other of the member', 'Tempest of the member'])
  })

  it('finds only kinds that the caller may read', async () => {
    const firm = await world.tenant('Keys')
    await addCompany(firm.ctx('manager'), { name: 'Vault', domain: null })
    await addDeal(firm.ctx('manager'), { title: 'Vault' })
    const key = { ...firm.ctx('viewer'), permissions: new Set(['deal:read'] as const) }
    expect((await ask(key, 'vault')).data.map(({ kind }) => kind)).toEqual(['deal'])
  })
})

describe('content', () => {
  let firm: TestTenant
  let content: string
  beforeAll(async () => {
    firm = await world.tenant('Content')
    const ctx = firm.ctx('manager')
    content = await addActivity(ctx, {
      topic: 'Heat pumps in old houses',
      title: 'Warm without a boiler',
      audience: 'Landlords',
      keywords: ['retrofit', 'grant money'],
    })
    await addDeal(ctx, { title: 'Warm welcome' })
    const other = await world.tenant('Other content')
    await addActivity(other.ctx('manager'), { topic: 'Warm without a boiler, as others see it' })
  })

  it.each([
    ['the title of its draft', 'warm boiler'],
    ['its topic', 'heat pumps'],
    ['whom it is for', 'landlords'],
    ['a keyword', 'retrofit'],
    ['a phrase of its brief', '"grant money"'],
    ['a misspelled word', 'landlrods'],
  ])('is found by %s, of one firm', async (_what, q) => {
    const { data } = await ask(firm.ctx('viewer'), q, { kinds: ['activity'] })
    expect(data.map(({ kind, id, title, subtitle }) => [kind, id, textOf(title), textOf(subtitle)])).toEqual([
      ['activity', content, 'Warm without a boiler', 'Heat pumps in old houses'],
    ])
  })

  it('stands among the records of the other desks, and not among those that changed last', async () => {
    const of = async (q: string) => (await ask(firm.ctx('viewer'), q)).data.map(({ kind }) => kind)
    expect((await of('warm')).sort()).toEqual(['activity', 'deal'])
    expect(await of('')).toEqual(['deal'])
    expect((await ask(firm.ctx('viewer'), '', { kinds: ['activity', 'note'] })).data).toEqual([])
  })

  it('is found by those who may read content only', async () => {
    const key = { ...firm.ctx('viewer'), permissions: new Set(['deal:read', 'company:read', 'contact:read'] as const) }
    expect((await ask(key, 'warm')).data.map(({ kind }) => kind)).toEqual(['deal'])
    expect((await ask(key, 'warm', { kinds: ['activity'] })).data).toEqual([])
    expect((await ask(key, 'landlrods')).instead).toEqual([])
  })

  it('is written into the index again for a new title, and not for a step of its review', async () => {
    const { db } = firm.ctx('manager')
    const read = () => db.query(sql`select xmin::text, ctid::text from search_documents where id = ${content}::uuid`)
    const before = await read()
    await db.execute(
      sql`update activities set state = 'PENDING_REVIEW', version = version + 1 where id = ${content}::uuid`,
    )
    expect(await read()).toEqual(before)
    await db.execute(sql`update activities set title = 'Warm, at last' where id = ${content}::uuid`)
    expect(await titles(firm, 'last')).toEqual(['Warm, at last'])
    expect(await titles(firm, 'boiler')).toEqual([])
  })
})

describe('what changes', () => {
  it('leaves the index with a soft delete and comes back with the undo, notes with their deal', async () => {
    const firm = await world.tenant('Undo')
    const ctx = firm.ctx('manager')
    const deal = await addDeal(ctx, { title: 'Comet' })
    await addNote(ctx, { dealId: deal, body: 'Comet seen again' })
    const set = (deletedAt: string | null) =>
      ctx.db.execute(sql`update deals set deleted_at = ${deletedAt}::timestamptz where id = ${deal}::uuid`)
    expect((await titles(firm, 'comet')).sort()).toEqual(['Comet', 'Comet seen again'])
    await set('2026-01-01T00:00:00Z')
    expect(await titles(firm, 'comet')).toEqual([])
    await set(null)
    expect((await titles(firm, 'comet')).sort()).toEqual(['Comet', 'Comet seen again'])
    await ctx.db.execute(sql`delete from deals where id = ${deal}::uuid`)
    expect(await titles(firm, 'comet')).toEqual([])
    expect(await ctx.db.query(sql`select kind from search_words where tenant_id = ${firm.id}::uuid`)).toEqual([])
  })

  it('finds the deals of a renamed company by its new name and not by the old, and touches none of them', async () => {
    const firm = await world.tenant('Rename')
    const ctx = firm.ctx('manager')
    const company = await addCompany(ctx, { name: 'Oldname', domain: null })
    for (let n = 0; n < 50; n++) await addDeal(ctx, { title: `Deal ${n}`, companyId: company })
    const versions = () =>
      ctx.db.query(sql`select id, xmin::text, ctid::text from search_documents where kind = 'deal' order by 1`)
    const before = await versions()
    await ctx.db.execute(sql`update companies set name = 'Newname' where id = ${company}::uuid`)
    expect(await titles(firm, 'oldname')).toEqual([])
    expect((await titles(firm, 'newname', { kinds: ['deal'] })).length).toBeGreaterThan(9)
    expect(await titles(firm, 'newname', { kinds: ['company'] })).toEqual(['Newname'])
    expect(await versions()).toEqual(before)
  })

  it('writes nothing into the index for a change that says nothing new', async () => {
    const firm = await world.tenant('Quiet')
    const ctx = firm.ctx('manager')
    const deal = await addDeal(ctx, { title: 'Still' })
    const read = () => ctx.db.query(sql`select xmin::text, ctid::text from search_documents where id = ${deal}::uuid`)
    const before = await read()
    await ctx.db.execute(
      sql`update deals set value = 5, stage = 'QUALIFIED', version = version + 1 where id = ${deal}::uuid`,
    )
    expect(await read()).toEqual(before)
  })
})

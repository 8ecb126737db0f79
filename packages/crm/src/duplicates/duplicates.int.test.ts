import type { CreateContact, DuplicatePair, MergeKind } from '@throughline/contracts'
import { type Ctx, type Sql, sql } from '@throughline/db'
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
import { createCompany, getCompany, listCompanies, updateCompany } from '../companies/index.ts'
import { createContact, getContact, listContacts, updateContact } from '../contacts/index.ts'
import { deleteRecord } from '../trash/index.ts'
import { listDuplicates } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const company = (tenant: TestTenant, name: string, input: object = {}) =>
  createCompany(tenant.ctx('manager'), { name, domain: null, ...input })
const contact = (tenant: TestTenant, name: string, input: Partial<CreateContact> = {}) =>
  createContact(tenant.ctx('manager'), { name, email: null, companyId: null, ...input })
const likeness = async (one: string, other: string, ofCompany = true) =>
  (
    await acme
      .systemCtx()
      .db.queryOne<{ value: number }>(
        ofCompany
          ? sql`select name_likeness(name_core(${one}, true), name_core(${other}, true)) as value`
          : sql`select name_likeness(person_core(${one}), person_core(${other})) as value`,
      )
  )?.value ?? 0
const sharesKey = async (one: string, other: string) =>
  (
    await acme.systemCtx().db.query(sql`
      select unnest(name_keys(name_core(${one}, true))) intersect select unnest(name_keys(name_core(${other}, true)))`)
  ).length > 0

describe('the name of a company', () => {
  it.each([
    ['Initech GmbH', 'INITECH'],
    ['Initech B.V.', 'Initech, Inc.'],
    ['Müller & Söhne GmbH & Co. KG', 'Muller Sohne'],
    ['The Initech Company', 'Initech Sp. z o.o.'],
    ['Blue Sky', 'BlueSky'],
    ['Société Générale S.A.', 'Societe Generale'],
    ["O'Brien Ltd", 'OBrien Limited'],
  ])('%s is that of %s', async (one, other) => {
    expect(await likeness(one, other)).toBe(1)
    expect(await sharesKey(one, other)).toBe(true)
  })
  it.each([
    ['Initech', 'Innitech'],
    ['Adler Analytics', 'Alder Analytics'],
    ['Keystone Logistics', 'Keystone Logistics Europe'],
    ['Microsfot', 'Microsoft'],
  ])('%s may be that of %s', async (one, other) => {
    expect(await likeness(one, other)).toBeGreaterThanOrEqual(0.6)
    expect(await sharesKey(one, other)).toBe(true)
  })
  it.each([
    ['Fund 2', 'Fund 3'],
    ['Company 17', 'Company 18'],
    ['Alder Analytics', 'Alder Biotech'],
    ['Acme', 'Acme Holdings International'],
  ])('%s is not that of %s', async (one, other) => expect(await likeness(one, other)).toBeLessThan(0.6))
  it('is not lost when it is nothing but a legal form, or is written without an alphabet', async () => {
    expect(await likeness('AG', 'AG')).toBe(1)
    expect(await likeness('阿里巴巴', '阿里巴巴')).toBe(1)
    expect(await likeness('!!!', '???')).toBe(0)
  })
})

it('knows people in both orders of their names', async () => {
  expect(await likeness('Doe, Jane', 'Jane Doe', false)).toBe(1)
  expect(await likeness('Jane Doe', 'John Roe', false)).toBeLessThan(0.6)
})

describe('creating a company', () => {
  it('that looks like one is refused with the likely ones, and done when somebody insists', async () => {
    const first = await company(acme, 'Vandelay Industries GmbH', { domain: 'vandelay.test' })
    const refused = company(acme, 'Vandeley Industries')
    await expect(refused).rejects.toMatchObject({
      code: 'conflict',
      details: {
        candidates: [{ id: first.id, name: first.name, detail: 'vandelay.test', reason: 'name' }],
        mayForce: true,
      },
    })
    expect((await company(acme, 'Vandeley Industries', { force: true })).id).not.toBe(first.id)
  })

  it('with a domain that is taken is refused, whoever insists, also by the database alone', async () => {
    const first = await company(acme, 'Kramerica', { domain: 'kramerica.test' })
    const again = { domain: 'https://www.Kramerica.test/about'.toLowerCase().replace(/^https:\/\/www\.|\/.*$/g, '') }
    for (const force of [false, true])
      await expect(company(acme, 'Something else', { ...again, force })).rejects.toMatchObject({
        ...{ code: 'conflict', message: 'Kramerica has this domain already.' },
        details: { candidates: [{ id: first.id, reason: 'domain' }], mayForce: false },
      })
    const both = await Promise.allSettled(
      ['Pendant Publishing', 'Ziggurat'].map((name) => company(acme, name, { domain: 'race.test' })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } })
    const other = await company(acme, 'Nobody Else')
    const change = updateCompany(acme.ctx('manager'), other.id, { domain: 'kramerica.test' })
    await expect(change).rejects.toMatchObject({ code: 'conflict' })
  })

  it('with a domain that another is just getting waits for that one, and is refused when it is there', async () => {
    const [stored, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = acme.ctx('owner').db.transaction(async () => {
      await company(acme, 'Dunder Mifflin', { domain: 'paper.test' })
      stored.resolve()
      await end.promise
    })
    await stored.promise
    const second = company(acme, 'Quite Another', { domain: 'paper.test' })
    const refused = expect(second).rejects.toMatchObject({ code: 'conflict' })
    await expectEventually(async () => {
      const waiting = await world.database.platform.query(sql`select 1 from pg_locks where not granted and pid in (
        select l.pid from pg_locks l join pg_database d on d.oid = l.database where d.datname = current_database())`)
      expect(waiting).toHaveLength(1)
    })
    end.resolve()
    await first
    await refused
  })

  it('sees nothing of another firm, nor of what is in the trash', async () => {
    await company(globex, 'Secret Holdings', { domain: 'secret.test' })
    const own = await company(acme, 'Secret Holdings', { domain: 'secret.test' })
    await deleteRecord(acme.ctx('manager'), 'company', own.id, undefined)
    await expect(company(acme, 'Secret Holdings', { domain: 'secret.test' })).resolves.toMatchObject({ version: 1 })
  })
})

describe('creating a contact', () => {
  it('with a first e-mail that is taken is refused; with one of somebody’s others, unless somebody insists', async () => {
    const jane = await contact(acme, 'Jane Doe', { email: 'jane@x.test', otherEmails: ['jd@x.test'] })
    await expect(contact(acme, 'Not Related', { email: 'jane@x.test', force: true })).rejects.toMatchObject({
      ...{ message: 'Jane Doe has this e-mail already.', details: { mayForce: false } },
    })
    for (const input of [{ email: 'jd@x.test' }, { email: 'new@x.test', otherEmails: ['jane@x.test'] }])
      await expect(contact(acme, 'Not Related', input)).rejects.toMatchObject({
        details: { candidates: [{ id: jane.id, reason: 'email', likeness: 1 }], mayForce: true },
      })
    await expect(contact(acme, 'Not Related', { email: 'jd@x.test', force: true })).resolves.toBeDefined()
    await expect(
      updateContact(acme.ctx('manager'), jane.id, { email: 'jane@x.test', title: 'CEO' }),
    ).resolves.toBeDefined()
  })

  it('takes a namesake at another firm for another person', async () => {
    const [one, two] = [await company(acme, 'Employer Uno'), await company(acme, 'Arbeitgeber Zwei')]
    await contact(acme, 'Maria Schmidt', { companyId: one.id })
    await expect(contact(acme, 'Maria Schmidt', { companyId: two.id })).resolves.toBeDefined()
    await expect(contact(acme, 'Schmidt, Maria', { companyId: one.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(contact(acme, 'Maria Schmitt')).rejects.toMatchObject({ code: 'conflict' })
  })
})

async function allPairs(ctx: Ctx, kind: MergeKind, limit = 100): Promise<DuplicatePair[]> {
  const found: DuplicatePair[] = []
  let cursor: string | undefined
  do {
    const page = await listDuplicates(ctx, { kind, limit, cursor })
    found.push(...page.data)
    cursor = page.page.nextCursor ?? undefined
  } while (cursor)
  return found
}
const namesOf = (pairs: DuplicatePair[]) => pairs.map(({ newer, older }) => [newer.name, older.name])

describe('the list of duplicates', () => {
  it('has each pair once, newest first, page by page, and only those of the firm', async () => {
    const firm = await world.tenant('Twins')
    for (const name of ['Umbrella AG', 'Tyrell', 'Umbrella Ltd', 'Tyrel', 'umbrella'])
      await company(firm, name, { force: true })
    await company(globex, 'Umbrella', { force: true })
    const pairs = [
      ...[
        ['umbrella', 'Umbrella Ltd'],
        ['umbrella', 'Umbrella AG'],
        ['Tyrel', 'Tyrell'],
        ['Umbrella Ltd', 'Umbrella AG'],
      ],
    ]
    expect(namesOf(await allPairs(firm.ctx('manager'), 'company'))).toEqual(pairs)
    expect(namesOf(await allPairs(firm.ctx('manager'), 'company', 1))).toEqual(pairs)
  })

  it('pairs contacts by any of their e-mails, and deals by title and company', async () => {
    const firm = await world.tenant('Pairs')
    const { id } = await company(firm, 'Pied Piper')
    await contact(firm, 'Richard Hendricks', { email: 'r@pp.test', companyId: id })
    await contact(firm, 'R. H.', { email: 'other@pp.test', otherEmails: ['r@pp.test'], force: true })
    expect(await allPairs(firm.ctx('manager'), 'contact')).toMatchObject([
      {
        reason: 'email',
        likeness: 1,
        newer: { name: 'R. H.' },
        older: { name: 'Richard Hendricks', company: 'Pied Piper' },
      },
    ])
    const ctx = firm.ctx('manager')
    const deal = (title: string, companyId: string | null, value = 1) =>
      ctx.db.execute(sql`insert into deals (tenant_id, id, title, company_id, value, currency)
        values (${firm.id}::uuid, uuidv7(), ${title}, ${companyId}::uuid, ${value}, 'EUR')`)
    await deal('Box', id)
    await deal('Box', id, 7)
    await deal('Other', id)
    await deal('Box', null)
    await deal('Box', null)
    expect(await allPairs(ctx, 'deal')).toMatchObject([
      {
        reason: 'title',
        newer: { name: 'Box', detail: '7.00 EUR', company: 'Pied Piper' },
        older: { detail: '1.00 EUR' },
      },
    ])
  })
})

describe('with many records', () => {
  let firm: TestTenant
  const count = 3_000
  beforeAll(async () => {
    firm = await world.tenant('Large')
    const neighbour = await world.tenant('Neighbour')
    for (const { id } of [firm, neighbour]) {
      const word = (n: Sql) => sql`translate(md5((${n})::text), '0123456789', 'ghijklmnop')`
      const name = (n: Sql) => sql`initcap(left(${word(n)}, 7)) || ' ' || initcap(substr(${word(n)}, 8, 6))`
      await world.database.tenant(id).execute(sql`
        insert into companies (tenant_id, id, name, domain)
        select ${id}::uuid, uuidv7(), ${name(sql`n`)}, 'c' || n || '.test' from generate_series(1, ${count}) n`)
      await world.database.tenant(id).execute(sql`
        insert into contacts (tenant_id, id, name, email, company_id)
        select ${id}::uuid, uuidv7(), ${name(sql`${count}::int + row_number() over ()`)}, 'p@' || domain, id from companies
        where tenant_id = ${id}::uuid`)
      await world.database.tenant(id).execute(sql`
        insert into deals (tenant_id, id, title, company_id, contact_id, currency)
        select ${id}::uuid, uuidv7(), 'Deal ' || n, k.company_id, k.id, 'EUR'
        from contacts k, generate_series(1, 2) n where k.tenant_id = ${id}::uuid`)
      await world.database.tenant(id).execute(sql`
        insert into deal_contacts (tenant_id, deal_id, contact_id, role)
        select tenant_id, id, contact_id, 'champion' from deals where tenant_id = ${id}::uuid`)
    }
    await analyse(world.ownerUrl)
  }, 120_000)

  it('reads no table from end to end, in no list, page, search for likely ones, or list of pairs', async () => {
    const one = (await listCompanies(firm.ctx('viewer'), { limit: 1 })).data[0]
    const person = (await listContacts(firm.ctx('viewer'), { limit: 1 })).data[0]
    if (!one || !person) throw new Error('nothing was filled in')
    const works: Record<string, (ctx: Ctx) => Promise<unknown>> = {
      'companies by name': (ctx) => listCompanies(ctx, { limit: 50 }),
      'companies newest first': (ctx) => listCompanies(ctx, { limit: 50, sort: 'newest' }),
      'companies found': (ctx) => listCompanies(ctx, { limit: 50, q: 'ab' }),
      'companies in the trash': (ctx) => listCompanies(ctx, { limit: 50, deleted: true }),
      'contacts of a company': (ctx) => listContacts(ctx, { limit: 50, companyId: one.id }),
      'contacts found': (ctx) => listContacts(ctx, { limit: 50, q: 'ab' }),
      'a company': (ctx) => getCompany(ctx, one.id),
      'a contact': (ctx) => getContact(ctx, person.id),
      'a company like others': (ctx) => createCompany(ctx, { name: 'Quite Newcomer', domain: 'quite-new.test' }),
      'a contact like others': (ctx) =>
        createContact(ctx, { name: 'Quite Newcomer', email: 'quite@new.test', companyId: one.id }),
      'pairs of companies': (ctx) => listDuplicates(ctx, { kind: 'company', limit: 25 }),
      'pairs of contacts': (ctx) => listDuplicates(ctx, { kind: 'contact', limit: 25 }),
      'pairs of deals': (ctx) => listDuplicates(ctx, { kind: 'deal', limit: 25 }),
    }
    for (const [what, work] of Object.entries(works)) {
      const asked = await explain(firm.ctx('manager'), work)
      expect(asked.length, what).toBeGreaterThan(0)
      expect(
        asked.filter(({ scanned }) => scanned.length > 0),
        what,
      ).toEqual([])
      // What was just created would be refused as its own duplicate.
      if (!what.endsWith('like others')) expect(await rowsLookedAt(firm.ctx('manager'), work), what).toBeLessThan(count)
    }
  })

  it('looks through a part at a time: an empty page has a next one until all is seen', async () => {
    const first = await listDuplicates(firm.ctx('manager'), { kind: 'company', limit: 25 })
    expect(first).toMatchObject({ data: [], page: { nextCursor: expect.any(String) } })
    expect(await allPairs(firm.ctx('manager'), 'company')).toEqual([])
  })
})

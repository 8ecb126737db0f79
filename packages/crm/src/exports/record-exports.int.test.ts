// A file of companies or contacts holds what the list with the same filter and order shows, and nothing else.
import { listCompanies as listCompaniesQuery, listContacts as listContactsQuery } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { byteOrderMark } from '@throughline/storage'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, listCompanies } from '../companies/index.ts'
import { createContact, listContacts } from '../contacts/index.ts'
import { type Flow, startFlow } from '../flow.testing.ts'
import { deleteRecord } from '../trash/index.ts'

let world: TestWorld
let flow: Flow
let firm: TestTenant
let acme: string

const company = async (tenant: TestTenant, input: { name: string; domain?: string; [more: string]: unknown }) =>
  (await createCompany(tenant.ctx('manager'), { domain: null, force: true, ...input })).id
const contact = async (tenant: TestTenant, input: { name: string; email?: string; [more: string]: unknown }) =>
  (await createContact(tenant.ctx('manager'), { email: null, companyId: null, force: true, ...input })).id

/** @returns the id of the company of two contacts */
async function fill(tenant: TestTenant): Promise<string> {
  const ownerId = tenant.members.member.id
  const found = await company(tenant, { name: 'Acme Söhne & Co', domain: 'acme.test', tags: ['vip', 'old'] })
  await company(tenant, { name: 'Émile 100%_', country: 'FR', industry: 'Mining', ownerId })
  await company(tenant, { name: 'Zoo Acme', domain: 'zoo.test', country: 'DE', tags: ['vip'] })
  await company(tenant, { name: 'Elan', domain: 'elan-milan.test' })
  await contact(tenant, { name: 'Ada Weber', email: 'ada@acme.test', title: 'CFO', companyId: found, tags: ['vip'] })
  await contact(tenant, { name: 'Weber, Zoë', email: 'zoe@zoo.test', ownerId })
  await contact(tenant, { name: 'Élodie', phones: ['+49 30 123'], tags: ['vip', 'old'], companyId: found })
  for (const [kind, id] of [
    ['company', await company(tenant, { name: 'Bin Acme', domain: 'bin.test' })],
    ['contact', await contact(tenant, { name: 'Bin Weber', email: 'bin@acme.test' })],
  ] as const)
    await deleteRecord(tenant.ctx('manager'), kind, id, undefined)
  return found
}

beforeAll(async () => {
  world = await createTestWorld()
  flow = startFlow(world)
  firm = await world.tenant('Files')
  acme = await fill(firm)
  await fill(await world.tenant('Others'))
})
afterAll(async () => {
  await flow?.close()
  await world?.close()
})

const idsOf = (text: string) => text.replace(byteOrderMark, '').split('\r\n').slice(1, -1)
/** The same wish to a list and to a file. */
const asked = ({ sort, ...filter }: { sort?: 'name' | 'newest'; [more: string]: unknown }) => ({
  query: { limit: 100, ...filter, ...(sort ? { sort } : {}) },
  wish: { filter, ...(sort ? { sort } : {}) },
})
const own = () => ({ ownerId: firm.members.member.id })
const everybody = () => ({ ownerId: [firm.members.member.id, firm.members.manager.id] })
type Wish = () => Parameters<typeof asked>[0]

describe.each([
  ['manager', 'who sees all', true],
  ['member', 'who sees all', true],
  ['member', 'who sees their own deals only', false],
] as const)('in the file of a %s %s', (role, _who, seesAll) => {
  beforeAll(async () => {
    await firm.systemCtx().db.execute(sql`update tenants set members_see_all = ${seesAll} where id = ${firm.id}::uuid`)
  })

  it.each<[string, number, Wish]>([
    ['all', 4, () => ({})],
    ['all, newest first', 4, () => ({ sort: 'newest' })],
    ['a word', 2, () => ({ q: 'acme', sort: 'newest' })],
    ['words in any order, without accents', 1, () => ({ q: 'sohne acme' })],
    ['a domain', 1, () => ({ q: '@acme.test' })],
    ['the end of a word', 0, () => ({ q: 'lan' })],
    ['a sign that LIKE knows', 0, () => ({ q: '%' })],
    ['a tag', 2, () => ({ tag: 'vip' })],
    ['two tags', 1, () => ({ tag: ['vip', 'old'] })],
    ['a country', 1, () => ({ country: 'fr' })],
    ['an industry', 1, () => ({ industry: 'Mining' })],
    ['an owner', 1, own],
    ['several at once', 1, () => ({ ...everybody(), q: 'acme', country: 'DE' })],
    ['the trash', 1, () => ({ deleted: 'true' })],
    ['a word in the trash', 1, () => ({ deleted: 'true', q: 'bin' })],
  ])('companies with %s are those of the list', async (_what, count, wished) => {
    const { query, wish } = asked(wished())
    const { data } = await listCompanies(firm.ctx(role), listCompaniesQuery.parse(query))
    const { text } = await flow.exported(firm, { kind: 'COMPANY', columns: ['id'], ...wish }, role)
    expect(data).toHaveLength(count)
    expect(idsOf(text)).toEqual(data.map(({ id }) => id))
  })

  it.each<[string, number, Wish]>([
    ['all', 3, () => ({})],
    ['all, newest first', 3, () => ({ sort: 'newest' })],
    ['words in any order', 1, () => ({ q: 'weber zoe' })],
    ['a domain', 1, () => ({ q: 'acme.test' })],
    ['the middle of an e-mail', 0, () => ({ q: 'cme' })],
    ['a company', 2, () => ({ companyId: acme })],
    ['a company and a tag', 1, () => ({ companyId: acme, tag: 'old' })],
    ['an owner', 1, own],
    ['the trash', 1, () => ({ deleted: 'true' })],
    ['a word in the trash', 1, () => ({ deleted: 'true', q: 'bin' })],
  ])('contacts with %s are those of the list', async (_what, count, wished) => {
    const { query, wish } = asked(wished())
    const { data } = await listContacts(firm.ctx(role), listContactsQuery.parse(query))
    const { text } = await flow.exported(firm, { kind: 'CONTACT', columns: ['id'], ...wish }, role)
    expect(data).toHaveLength(count)
    expect(idsOf(text)).toEqual(data.map(({ id }) => id))
  })
})

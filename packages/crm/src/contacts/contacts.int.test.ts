import {
  type CreateContact,
  createContact as createContactBody,
  updateContact as updateContactBody,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany } from '../companies/index.ts'
import { makeDeal, readDeal } from '../deals/testing.ts'
import { deleteRecord, purgeRecord, restoreRecord } from '../trash/index.ts'
import { createContact, getContact, listContacts, updateContact } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

let made = 0
const contact = (tenant: TestTenant, input: Partial<CreateContact> = {}, role: 'manager' | 'member' = 'manager') =>
  createContact(tenant.ctx(role), createContactBody.parse({ name: `Person ${made++}`, force: true, ...input }))
const change = (id: string, input: object) => updateContact(acme.ctx('manager'), id, updateContactBody.parse(input))

describe('a contact', () => {
  it('has its e-mails and numbers once each, and a consent with its time', async () => {
    const made = await contact(acme, {
      ...{ email: 'Zoe@X.test', otherEmails: ['zoe@x.test', 'z@x.test'], phones: ['030 1', '(030) 1-2', '030 12'] },
      ...{ consent: 'GIVEN', tags: ['Key Account'] },
    })
    expect(made).toMatchObject({
      ...{ email: 'zoe@x.test', otherEmails: ['z@x.test'], phones: ['030 1', '(030) 1-2'], tags: ['key account'] },
      ...{ consent: 'GIVEN', consentAt: expect.any(String), owner: { id: acme.members.manager.id } },
    })
    const same = await change(made.id, { title: 'CEO' })
    expect(same.consentAt).toBe(made.consentAt)
    expect(await change(made.id, { consent: 'UNKNOWN' })).toMatchObject({ consent: 'UNKNOWN', consentAt: null })
    expect(await change(made.id, { email: null })).toMatchObject({ email: 'z@x.test', otherEmails: [] })
  })

  it.each([
    { name: ' ' },
    { name: 'x', email: 'no address' },
    { name: 'x', phones: ['call me'] },
    { name: 'x', consent: 'MAYBE' },
    { name: 'x', tags: ['a,b'] },
    { name: 'x', otherEmails: Array.from({ length: 11 }, (_, n) => `${n}@x.test`) },
    { name: 'x', unknown: 1 },
  ])('is not made of %j', (input) => expect(createContactBody.safeParse(input).success).toBe(false))

  it('gives its deals a new score when its e-mail, title or consent changes, and not otherwise', async () => {
    const { id } = await contact(acme, { email: `someone@gmail.com` })
    const deal = await makeDeal(acme.ctx('manager'), { contactId: id })
    const fit = async () => (await readDeal(acme.ctx('manager'), deal.id)).fitScore
    expect(await fit()).toBe(0)
    await change(id, { email: 'someone@firm.test' })
    expect(await fit()).toBe(15)
    await change(id, { title: 'Head of Sales' })
    expect(await fit()).toBe(25)
    await change(id, { consent: 'WITHDRAWN' })
    expect(await fit()).toBe(15)
    const statements = recordStatements()
    await change(id, { source: 'Fair' })
    expect(statements.take().filter((text) => text.includes('fit_score'))).toEqual([])
    statements.stop()
  })

  it('is shown with the deals that it plays a part in, once each, in two questions at most', async () => {
    const { id } = await contact(acme)
    const main = await makeDeal(acme.ctx('manager'), { contactId: id })
    const part = await makeDeal(acme.ctx('manager'), { contacts: [{ contactId: id, role: 'champion' }] })
    const statements = recordStatements()
    const shown = await getContact(acme.ctx('viewer'), id)
    expect(statements.take().length).toBeLessThanOrEqual(2)
    statements.stop()
    expect(shown).toMatchObject({
      dealCount: 2,
      deals: [
        { id: part.id, role: 'champion' },
        { id: main.id, role: null },
      ],
    })
  })

  it('of another firm, in the trash or never there is not found', async () => {
    const foreign = await contact(globex)
    const gone = await contact(acme)
    await deleteRecord(acme.ctx('manager'), 'contact', gone.id, 1)
    for (const id of [foreign.id, gone.id, crypto.randomUUID()]) {
      await expect(getContact(acme.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
      await expect(change(id, { name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
    }
    const { id: companyId } = await createCompany(globex.ctx('manager'), { name: 'Theirs', domain: null })
    await expect(contact(acme, { companyId })).rejects.toMatchObject({
      details: { issues: [{ path: 'body.companyId', message: 'There is no such company.' }] },
    })
  })

  it('is changed, deleted and restored by its owner and by managers only', async () => {
    const own = await contact(acme, {}, 'member')
    const others = await contact(acme)
    const member = acme.ctx('member')
    const forbidden = { code: 'forbidden' }
    await expect(updateContact(member, others.id, { title: 'Mine' })).rejects.toMatchObject(forbidden)
    await expect(deleteRecord(member, 'contact', others.id, undefined)).rejects.toMatchObject(forbidden)
    await deleteRecord(acme.ctx('manager'), 'contact', others.id, undefined)
    await expect(restoreRecord(member, 'contact', others.id)).rejects.toMatchObject(forbidden)
    await expect(deleteRecord(member, 'contact', own.id, 7)).rejects.toMatchObject({ code: 'stale_version' })
    await deleteRecord(member, 'contact', own.id, 1)
    await expect(restoreRecord(member, 'contact', own.id)).resolves.toMatchObject({ version: 3 })
  })

  it('that is purged leaves its deals, without it', async () => {
    const { id } = await contact(acme)
    const main = await makeDeal(acme.ctx('manager'), { contactId: id })
    const part = await makeDeal(acme.ctx('manager'), { contacts: [{ contactId: id, role: 'champion' }] })
    await deleteRecord(acme.ctx('manager'), 'contact', id, undefined)
    await purgeRecord(acme.ctx('owner'), 'contact', id)
    expect(await readDeal(acme.ctx('viewer'), main.id)).toMatchObject({ contact: null })
    expect(await readDeal(acme.ctx('viewer'), part.id)).toMatchObject({ contacts: [] })
    expect(await acme.systemCtx().db.query(sql`select 1 from record_keys where record_id = ${id}::uuid`)).toEqual([])
  })
})

it('a list of contacts is one statement, narrowed by company and by any e-mail', async () => {
  const firm = await world.tenant('Lister')
  const { id: companyId } = await createCompany(firm.ctx('manager'), { name: 'Here', domain: null })
  await contact(firm, { name: 'Ärmel, Zoë', email: 'one@x.test', otherEmails: ['second_100@x.test'], companyId })
  await contact(firm, { name: 'Other' })
  const names = async (query: object) =>
    (await listContacts(firm.ctx('viewer'), { limit: 10, ...query })).data.map(({ name }) => name)
  const statements = recordStatements()
  expect(await names({})).toEqual(['Ärmel, Zoë', 'Other'])
  expect(statements.take()).toHaveLength(1)
  statements.stop()
  for (const query of [{ companyId }, { q: 'SECOND_100' }, { q: 'armel' }, { q: '@x.test' }])
    expect(await names(query), JSON.stringify(query)).toEqual(['Ärmel, Zoë'])
})

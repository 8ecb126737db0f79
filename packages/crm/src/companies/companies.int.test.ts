import { listCompanies as listCompaniesQuery } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createContact, updateContact } from '../contacts/index.ts'
import { makeDeal } from '../deals/testing.ts'
import { deleteRecord, purgeOldTrash, purgeRecord, restoreRecord } from '../trash/index.ts'
import { createCompany, getCompany, listCompanies, updateCompany } from './index.ts'

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
const word = () => `${['Quarz', 'Birke', 'Falke', 'Docht', 'Mulde'][made++ % 5]}${made}`
const company = (tenant: TestTenant, input: object = {}, role: 'manager' | 'member' = 'manager') =>
  createCompany(tenant.ctx(role), { name: word(), domain: null, ...input })
const contact = (tenant: TestTenant, input: object = {}) =>
  createContact(tenant.ctx('manager'), { name: word(), email: null, companyId: null, ...input })
const deal = (tenant: TestTenant, input: object = {}) => makeDeal(tenant.ctx('manager'), { title: word(), ...input })
const scoreOf = async (tenant: TestTenant, id: string) =>
  (
    await tenant
      .systemCtx()
      .db.queryOne<{ score: number }>(sql`select fit_score as score from deals where id = ${id}::uuid`)
  )?.score
const told = (tenant: TestTenant, subjectId: string) =>
  tenant
    .systemCtx()
    .db.query<{ action: string }>(
      sql`select action from audit_entries where subject_id = ${subjectId}::uuid order by seq`,
    )

describe('a company', () => {
  it('is stored for whoever makes it, with all that is known, an audit entry and an event', async () => {
    const made = await createCompany(acme.ctx('member'), {
      ...{ name: 'Initech', domain: 'initech.test', industry: 'Software', size: '51-200', country: 'DE' },
      tags: ['key account'],
    })
    expect(made).toMatchObject({
      ...{ name: 'Initech', domain: 'initech.test', industry: 'Software', size: '51-200', country: 'DE', version: 1 },
      ...{ tags: ['key account'], owner: { id: acme.members.member.id }, deletedAt: null },
    })
    expect(await told(acme, made.id)).toEqual([{ action: 'company.created' }])
    const events = await acme.systemCtx().db.query(sql`select 1 from events where data->>'companyId' = ${made.id}`)
    expect(events).toHaveLength(1)
  })

  it('is shown with its contacts, its deals, and what they are worth per currency', async () => {
    const { id } = await company(acme)
    const anna = await contact(acme, { name: 'Anna Alt', email: 'anna@shown.test', title: 'CFO', companyId: id })
    await deal(acme, { companyId: id, value: '100.50', currency: 'EUR' })
    await deal(acme, { companyId: id, value: '1.00', currency: 'EUR', stage: 'NEGOTIATION' })
    await deal(acme, { companyId: id, value: '7.00', currency: 'USD' })
    const won = await deal(acme, { companyId: id, value: '20.00', currency: 'EUR' })
    await acme
      .systemCtx()
      .db.execute(sql`update deals set stage = 'CLOSED_WON', closed_at = now() where id = ${won.id}::uuid`)
    expect(await getCompany(acme.ctx('viewer'), id)).toMatchObject({
      ...{ contactCount: 1, dealCount: 4, openCount: 3, wonCount: 1 },
      contacts: [{ id: anna.id, name: 'Anna Alt', email: 'anna@shown.test', title: 'CFO' }],
      open: [
        { currency: 'EUR', value: '101.50' },
        { currency: 'USD', value: '7.00' },
      ],
      won: [{ currency: 'EUR', value: '20.00' }],
    })
  })

  it('tells a member who sees only their own deals nothing of those of others', async () => {
    const firm = await world.tenant('Secretive')
    await firm.systemCtx().db.execute(sql`update tenants set members_see_all = false where id = ${firm.id}::uuid`)
    const { id } = await company(firm)
    await deal(firm, { companyId: id, value: '5.00' })
    const own = await deal(firm, { companyId: id, value: '2.00', ownerId: firm.members.member.id })
    expect(await getCompany(firm.ctx('member'), id)).toMatchObject({ dealCount: 1, deals: [{ id: own.id }] })
    expect(await getCompany(firm.ctx('manager'), id)).toMatchObject({ dealCount: 2 })
  })

  it('of another firm, in the trash or never there is not found, in the same words', async () => {
    const foreign = await company(globex)
    const gone = await company(acme)
    await deleteRecord(acme.ctx('manager'), 'company', gone.id, undefined)
    const refused = { code: 'not_found', message: 'There is no such company.' }
    for (const id of [foreign.id, gone.id, crypto.randomUUID()]) {
      await expect(getCompany(acme.ctx('owner'), id)).rejects.toMatchObject(refused)
      await expect(updateCompany(acme.ctx('owner'), id, { name: 'Mine' })).rejects.toMatchObject(refused)
      await expect(deleteRecord(acme.ctx('owner'), 'company', id, undefined)).rejects.toMatchObject(refused)
    }
    expect(await getCompany(globex.ctx('viewer'), foreign.id)).toMatchObject({ version: 1 })
  })

  it('is changed by its owner and by managers, on the version that they saw', async () => {
    const own = await company(acme, {}, 'member')
    const others = await company(acme)
    await expect(updateCompany(acme.ctx('member'), others.id, { name: 'Mine' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(company(acme, { ownerId: acme.members.owner.id }, 'member')).rejects.toMatchObject({
      code: 'forbidden',
    })
    const changed = await updateCompany(acme.ctx('member'), own.id, { industry: 'Mining', version: 1 })
    expect(changed).toMatchObject({ industry: 'Mining', version: 2 })
    const stale = updateCompany(acme.ctx('owner'), own.id, { industry: 'Retail', version: 1 })
    await expect(stale).rejects.toMatchObject({
      code: 'stale_version',
      details: { version: 2, changedBy: { industry: acme.members.member.name } },
    })
    expect(await updateCompany(acme.ctx('owner'), own.id, { industry: 'Mining' })).toMatchObject({ version: 2 })
    expect(await told(acme, own.id)).toHaveLength(2)
  })

  it("takes no other firm's member as its owner", async () => {
    const foreign = company(acme, { ownerId: globex.members.owner.id })
    await expect(foreign).rejects.toMatchObject({ details: { issues: [{ path: 'body.ownerId' }] } })
  })

  it('gives its deals a new score when its size changes', async () => {
    const { id } = await company(acme, { size: '1-10' })
    const small = await deal(acme, { companyId: id })
    expect(await scoreOf(acme, small.id)).toBe(10)
    await updateCompany(acme.ctx('manager'), id, { size: '5001+' })
    expect(await scoreOf(acme, small.id)).toBe(15)
  })
})

describe('a list of companies', () => {
  it('is one statement, in either order, and goes on where a page ended', async () => {
    const firm = await world.tenant('Lister')
    for (const name of ['Zeta 1', 'Alpha 2', 'Mu 3', 'Émile 4']) await company(firm, { name })
    const statements = recordStatements()
    const first = await listCompanies(firm.ctx('viewer'), { limit: 2 })
    expect(statements.take()).toHaveLength(1)
    statements.stop()
    expect(first.data.map(({ name }) => name)).toEqual(['Alpha 2', 'Émile 4'])
    const cursor = first.page.nextCursor ?? ''
    const second = await listCompanies(firm.ctx('viewer'), { limit: 2, cursor })
    expect(second).toMatchObject({ data: [{ name: 'Mu 3' }, { name: 'Zeta 1' }], page: { nextCursor: null } })
    const newest = await listCompanies(firm.ctx('viewer'), { limit: 3, sort: 'newest' })
    expect(newest.data.map(({ name }) => name)).toEqual(['Émile 4', 'Mu 3', 'Alpha 2'])
    const older = await listCompanies(firm.ctx('viewer'), {
      limit: 3,
      sort: 'newest',
      cursor: newest.page.nextCursor ?? '',
    })
    expect(older.data.map(({ name }) => name)).toEqual(['Zeta 1'])
    await expect(listCompanies(firm.ctx('viewer'), { limit: 3, sort: 'newest', cursor })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('is narrowed by what is typed, owner, tag, industry and country', async () => {
    const firm = await world.tenant('Filter')
    await company(firm, { name: "O'Brien & 100%_Söhne", domain: 'obrien.test', tags: ['vip', 'old'], country: 'IE' })
    const inTheBin = await company(firm, { name: 'Öd 50%_Bin' })
    await company(firm, { name: 'Other', industry: 'Mining', ownerId: firm.members.owner.id })
    const names = async (query: object) =>
      (await listCompanies(firm.ctx('viewer'), listCompaniesQuery.parse(query))).data.map(({ name }) => name)
    for (const query of [
      { q: 'sohne' },
      { q: "o'b" },
      { q: '100%' },
      { q: 'brien soh' },
      { q: 'OBRIEN.t' },
      { tag: 'vip' },
      { country: 'ie' },
    ])
      expect(await names(query), JSON.stringify(query)).toEqual(["O'Brien & 100%_Söhne"])
    expect(await names({ industry: 'Mining' })).toEqual(['Other'])
    expect(await names({ ownerId: firm.members.owner.id })).toEqual(['Other'])
    expect(await names({ tag: ['vip', 'new'] })).toEqual([])
    expect(await names({ q: 'nobody' })).toEqual([])
    await deleteRecord(firm.ctx('manager'), 'company', inTheBin.id, undefined)
    expect(await names({ q: '%_b', deleted: 'true' })).toEqual(['Öd 50%_Bin'])
  })
})

describe('the trash', () => {
  it('takes a company whose contacts and deals stay, naming it as deleted, and gives it back', async () => {
    const { id } = await company(acme, { domain: 'bin.test' })
    const ben = await contact(acme, { companyId: id })
    const theirs = await deal(acme, { companyId: id })
    await deleteRecord(acme.ctx('manager'), 'company', id, 1)
    const inTrash = await listCompanies(acme.ctx('viewer'), { limit: 100, deleted: true })
    expect(inTrash.data.map((row) => row.id)).toContain(id)
    const still = await updateContact(acme.ctx('manager'), ben.id, { title: 'Still there' })
    expect(still.company).toEqual({ id, name: expect.any(String), deleted: true })
    await expect(contact(acme, { companyId: id })).rejects.toMatchObject({
      details: { issues: [{ path: 'body.companyId' }] },
    })
    const kept = await acme.systemCtx().db.queryOne(sql`select company_id from deals where id = ${theirs.id}::uuid`)
    expect(kept).toEqual({ company_id: id })
    expect(await restoreRecord(acme.ctx('manager'), 'company', id)).toEqual({ id, version: 3, deletedAt: null })
    expect(await getCompany(acme.ctx('viewer'), id)).toMatchObject({ contactCount: 1, dealCount: 1 })
    expect((await told(acme, id)).map(({ action }) => action)).toEqual([
      ...['company.created', 'company.deleted', 'company.restored'],
    ])
  })

  it('gives nothing back whose domain another has by now, and says who', async () => {
    const { id } = await company(acme, { domain: 'twice.test' })
    await deleteRecord(acme.ctx('manager'), 'company', id, undefined)
    const second = await company(acme, { domain: 'twice.test' })
    await expect(restoreRecord(acme.ctx('manager'), 'company', id)).rejects.toMatchObject({
      code: 'conflict',
      details: { candidates: [{ id: second.id }], mayForce: false },
    })
  })

  it('is emptied for good: links are cut, deals are scored anew, what others share stays', async () => {
    const { id } = await company(acme)
    const theirs = await deal(acme, { companyId: id })
    const ctx = acme.ctx('owner')
    const note = (dealId: string | null) =>
      ctx.db.prisma.timelineEntry.create({
        data: { tenantId: ctx.tenantId, kind: 'NOTE', body: 'Met', companyId: id, dealId },
        select: { id: true },
      })
    const [shared, alone] = [await note(theirs.id), await note(null)]
    await expect(purgeRecord(ctx, 'company', id)).rejects.toMatchObject({ code: 'not_found' })
    await deleteRecord(ctx, 'company', id, undefined)
    await purgeRecord(ctx, 'company', id)
    const left = await ctx.db.query<{ id: string }>(
      sql`select id from timeline_entries where id = any(${[shared.id, alone.id]}::uuid[])`,
    )
    expect(left).toEqual([{ id: shared.id }])
    expect(await scoreOf(acme, theirs.id)).toBe(0)
    await expect(restoreRecord(ctx, 'company', id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await ctx.db.query(sql`select 1 from record_keys where record_id = ${id}::uuid`)).toEqual([])
  })

  it('loses by itself what has been in it for long, but no deal that something is built on', async () => {
    const firm = await world.tenant('Old')
    const ctx = firm.systemCtx()
    const [old, fresh] = [await company(firm), await company(firm)]
    const person = await contact(firm, { companyId: old.id })
    const [plain, held] = [await deal(firm, { contactId: person.id }), await deal(firm, { companyId: old.id })]
    const bin = (table: 'companies' | 'contacts' | 'deals', id: string, days: number) => {
      const at = new Date(Date.now() - days * 86_400_000)
      if (table === 'companies')
        return ctx.db.execute(sql`update companies set deleted_at = ${at} where id = ${id}::uuid`)
      if (table === 'contacts')
        return ctx.db.execute(sql`update contacts set deleted_at = ${at} where id = ${id}::uuid`)
      return ctx.db.execute(sql`update deals set deleted_at = ${at} where id = ${id}::uuid`)
    }
    await bin('companies', old.id, 31)
    await bin('companies', fresh.id, 29)
    await bin('contacts', person.id, 31)
    await bin('deals', plain.id, 31)
    await bin('deals', held.id, 31)
    // A deal that is held is not put into the trash; this hold came later.
    await ctx.db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
      values (${firm.id}::uuid, ${held.id}::uuid, 'capital_call', uuidv7(), 'Capital call 3')`)
    const before = new Date(Date.now() - 30 * 86_400_000)
    expect(await purgeOldTrash(ctx, before)).toEqual({ deal: 1, contact: 1, company: 1 })
    expect(await purgeOldTrash(ctx, before)).toEqual({ deal: 0, contact: 0, company: 0 })
    expect(await ctx.db.query(sql`select id from companies`)).toEqual([{ id: fresh.id }])
    expect(await ctx.db.query(sql`select id, company_id from deals`)).toEqual([{ id: held.id, company_id: null }])
    await expect(purgeRecord(firm.ctx('owner'), 'deal', held.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Capital call 3'),
    })
  })
})

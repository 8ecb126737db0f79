// What a form sends, from the service down to the tables.
import { type SubmitLead, submitLead as submitLeadInput } from '@throughline/contracts'
import { type Ctx, sql, tenantCtx } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { moveDeal } from '../deals/index.ts'
import { acceptLead, discardLead, listLeads, purgeLeads, submitLead } from './leads.service.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
const keyId = '01a1fc95-43e3-73da-86be-5895f1c71ec0'

beforeAll(async () => {
  world = await createTestWorld()
})
beforeEach(async () => {
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

/** The context of a form's server, with its key. */
const machine = ({ id }: TestTenant): Ctx =>
  tenantCtx(world.database, {
    tenantId: id,
    actor: { kind: 'api_key', id: keyId, role: null },
    scopes: ['lead:create'],
    log: world.log,
  })
const send = (change: Partial<Record<keyof SubmitLead, unknown>> = {}, tenant = acme) =>
  submitLead(
    machine(tenant),
    submitLeadInput.parse({ name: 'Ada Lovelace', email: 'ada@analytical.test', message: 'Tell me more.', ...change }),
  )
const countsOf = (tenant = acme) =>
  tenant.systemCtx().db.queryOne<Record<string, number>>(sql`select (select count(*)::int from deals) as deals,
    (select count(*)::int from contacts) as contacts, (select count(*)::int from companies) as companies,
    (select count(*)::int from timeline_entries) as notes,
    (select count(*)::int from lead_submissions where state = 'HELD') as held`)
const dealsOf = (tenant = acme) =>
  tenant.systemCtx().db.query<Record<string, unknown>>(sql`select d.id, d.title, d.stage, d.owner_id as "ownerId",
      d.lead_source as "leadSource", k.name as contact, k.email, k.phones, k.consent, k.source, c.name as company, c.domain
    from deals d left join contacts k on k.tenant_id = d.tenant_id and k.id = d.contact_id
      left join companies c on c.tenant_id = d.tenant_id and c.id = d.company_id order by d.created_at`)

describe('a lead', () => {
  it('becomes a deal of nobody yet, with its contact, its company and what was said', async () => {
    await send({
      phone: '+44 1',
      company: 'Analytical Engines',
      consent: true,
      source: 'Landing page',
      pageUrl: 'https://a.test/x',
    })
    expect(await dealsOf()).toEqual([
      {
        ...{ id: expect.any(String), title: 'Enquiry: Analytical Engines', stage: 'LEAD', ownerId: null },
        ...{ leadSource: 'Landing page', contact: 'Ada Lovelace', email: 'ada@analytical.test', phones: ['+44 1'] },
        ...{ consent: 'GIVEN', source: 'Landing page', company: 'Analytical Engines', domain: 'analytical.test' },
      },
    ])
    const { db } = acme.systemCtx()
    const note = await db.queryOne<{ body: string }>(sql`select body from timeline_entries where kind = 'NOTE'`)
    expect(note?.body).toContain('Tell me more.')
    expect(note?.body).toContain('https://a.test/x')
    const events = await db.query<{ type: string }>(sql`select type from events order by seq`)
    expect(events.map(({ type }) => type).toSorted()).toEqual(
      ['company.changed', 'contact.changed', 'deal.created', 'lead.received', 'timeline.changed'].toSorted(),
    )
    expect(await countsOf(globex)).toEqual({ deals: 0, contacts: 0, companies: 0, notes: 0, held: 0 })
  })

  it('finds the contact by any e-mail, and the company by its domain', async () => {
    const { db, tenantId } = acme.systemCtx()
    await db.execute(sql`insert into companies (tenant_id, id, name, domain)
      values (${tenantId}::uuid, uuidv7(), 'The Engine', 'analytical.test')`)
    await db.execute(sql`insert into contacts (tenant_id, id, name, email, other_emails)
      values (${tenantId}::uuid, uuidv7(), 'A. Lovelace', 'ada@home.test', '{ada@analytical.test}')`)
    await send()
    await send({ name: 'Charles', email: 'charles@analytical.test' })
    const deals = await dealsOf()
    expect(deals.map(({ contact, company }) => [contact, company])).toEqual([
      ['A. Lovelace', 'The Engine'],
      ['Charles', 'The Engine'],
    ])
    expect(await countsOf()).toMatchObject({ contacts: 2, companies: 1 })
  })

  it('makes no company of a provider of mail, and none that is deleted comes back', async () => {
    await send({ email: 'ada@gmail.com' })
    expect((await dealsOf())[0]).toMatchObject({ company: null, title: 'Enquiry: Ada Lovelace' })
    await send({ email: 'bob@gmail.com', company: 'Bob & Sons' })
    await send({ email: 'eve@gmail.com', company: 'Bob & Sons' })
    expect(await countsOf()).toMatchObject({ companies: 1, deals: 3 })
    await acme.systemCtx().db.execute(sql`update companies set deleted_at = now()`)
    await send({ email: 'dan@gmail.com', company: 'Bob & Sons' })
    expect(await countsOf()).toMatchObject({ companies: 2 })
  })

  it('of the same person within a day adds to their open deal; after that, or when it was closed, it is another', async () => {
    await send()
    await send({ message: 'One more thing.', consent: true })
    expect(await countsOf()).toMatchObject({ deals: 1, contacts: 1, notes: 2 })
    expect((await dealsOf())[0]).toMatchObject({ consent: 'GIVEN' })
    const [deal] = await dealsOf()
    await moveDeal(acme.ctx('owner'), String(deal?.id), { stage: 'CLOSED_LOST', lostReason: 'Price' })
    await send({ message: 'Again.' })
    expect(await countsOf()).toMatchObject({ deals: 2, contacts: 1 })
    await acme.systemCtx().db.execute(sql`update lead_submissions set decided_at = now() - interval '25 hours'`)
    await send({ message: 'Later.' })
    expect(await countsOf()).toMatchObject({ deals: 3, contacts: 1 })
  })

  it('that comes five times at once is one deal', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, n) => send({ message: `Message ${n}` })))
    expect(await countsOf()).toEqual({ deals: 1, contacts: 1, companies: 1, notes: 5, held: 0 })
  })

  it('of many people of one firm at once makes that firm once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => send({ email: `person${n}@analytical.test` })))
    expect(await countsOf()).toMatchObject({ deals: 8, contacts: 8, companies: 1 })
  })

  it('never turns a withdrawn consent into a given one', async () => {
    await send()
    await acme.systemCtx().db.execute(sql`update contacts set consent = 'WITHDRAWN'`)
    await send({ consent: true, message: 'Somebody else typed my address.' })
    expect((await dealsOf())[0]).toMatchObject({ consent: 'WITHDRAWN' })
  })
})

describe('what looks like a machine', () => {
  it('is held, creates nothing, and is answered like everything else', async () => {
    const [good, bad] = [await send(), await send({ email: 'bot@bots.test', honeypot: 'I fill everything' })]
    expect([Object.keys(good), bad.received]).toEqual([Object.keys(bad), true])
    expect(await countsOf()).toEqual({ deals: 1, contacts: 1, companies: 1, notes: 1, held: 1 })
    const { data } = await listLeads(acme.ctx('manager'), { state: 'HELD', limit: 10 })
    expect(data).toMatchObject([{ id: bad.id, reasons: ['honeypot'], lead: { email: 'bot@bots.test' }, dealId: null }])
    expect((await listLeads(globex.ctx('manager'), { state: 'HELD', limit: 10 })).data).toEqual([])
  })

  it('is held from the sixth of an address in ten minutes, and of an e-mail in a day', async () => {
    for (let n = 0; n < 7; n++) await send({ email: `p${n}@many.test`, visitorAddress: '198.51.100.7' })
    expect(await countsOf()).toMatchObject({ deals: 5, held: 2 })
    await send({ email: 'other@many.test', visitorAddress: '198.51.100.8' })
    for (let n = 0; n < 6; n++) await send({ message: `Message ${n}` })
    const { data } = await listLeads(acme.ctx('manager'), { state: 'HELD', limit: 10 })
    expect(data.map(({ reasons }) => reasons)).toEqual([
      ['often_this_email'],
      ['often_from_address'],
      ['often_from_address'],
    ])
    for (let n = 0; n < 6; n++)
      await send({ email: `six${n}@many.test`, visitorAddress: `2001:db8:1:2::${n + 1}` }, globex)
    expect(await countsOf(globex), 'an IPv6 line is one visitor').toMatchObject({ deals: 5, held: 1 })
    await send({ email: 'p9@many.test', visitorAddress: '198.51.100.7' }, globex)
    expect(await countsOf(globex), 'limits are per firm').toMatchObject({ deals: 6, held: 1 })
  })

  it('is told to wait after sixty a minute by one key', async () => {
    const { db, tenantId } = acme.systemCtx()
    await db.execute(sql`insert into lead_submissions (tenant_id, id, state, payload, api_key_id)
      select ${tenantId}::uuid, uuidv7(), 'HELD', '{}', ${keyId}::uuid from generate_series(1, 60)`)
    await expect(send()).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 })
    expect(await countsOf()).toMatchObject({ deals: 0 })
  })

  it('is told to owners, admins and managers once an hour, however much of it there is', async () => {
    await Promise.all(Array.from({ length: 4 }, (_, n) => send({ email: `b${n}@bots.test`, honeypot: 'x' })))
    const { db } = acme.systemCtx()
    const told = () =>
      db.query<{ who: string | null }>(sql`select member_id as who from notifications where kind = 'lead.held'`)
    expect((await told()).map(({ who }) => who).toSorted()).toEqual([acme.members.manager.id, null].toSorted())
    await db.execute(sql`update notifications set created_at = now() - interval '61 minutes'`)
    await send({ email: 'b9@bots.test', honeypot: 'x' })
    expect(await told()).toHaveLength(4)
  })
})

describe('a held submission', () => {
  const held = async () => (await send({ honeypot: 'x', company: 'Real Ltd' })).id

  it('becomes a deal when a manager accepts it, once', async () => {
    const id = await held()
    const accepted = await Promise.allSettled([acceptLead(acme.ctx('manager'), id), acceptLead(acme.ctx('admin'), id)])
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await countsOf()).toEqual({ deals: 1, contacts: 1, companies: 1, notes: 1, held: 0 })
    const [deal] = await dealsOf()
    expect(deal).toMatchObject({ ownerId: null, company: 'Real Ltd' })
    const { data } = await listLeads(acme.ctx('manager'), { state: 'ACCEPTED', limit: 10 })
    expect(data).toMatchObject([{ id, dealId: deal?.id }])
  })

  it('is gone when it is discarded, and nobody of another firm decides about it', async () => {
    const id = await held()
    await expect(acceptLead(globex.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
    expect(await discardLead(acme.ctx('manager'), id)).toMatchObject({ state: 'DISCARDED', dealId: null })
    await expect(acceptLead(acme.ctx('manager'), id)).rejects.toMatchObject({ code: 'illegal_transition' })
    expect(await countsOf()).toMatchObject({ deals: 0, held: 0 })
    const actions = await acme.systemCtx().db.query(sql`select action from audit_entries where subject = 'lead'`)
    expect(actions).toEqual([{ action: 'lead.discarded' }])
  })

  it('is forgotten after 90 days', async () => {
    await held()
    await acme.systemCtx().db.execute(sql`update lead_submissions set created_at = now() - interval '91 days'`)
    expect(await purgeLeads(world.database.platform)).toBe(1)
  })
})

import {
  boardQuery,
  dealBoard as dealBoardView,
  dealPage,
  dealView,
  listDeals as listDealsQuery,
  type MoveDeal,
  type UpdateDeal,
} from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCompany, listCompanies } from '../companies/index.ts'
import { createContact, listContacts } from '../contacts/index.ts'
import { seedDeals } from '../seed.ts'
import * as deals from './index.ts'
import { dealBoard, listDeals } from './index.ts'
import { holdDeal, makeDeal, readDeal } from './testing.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const updateDeal = async (ctx: Ctx, id: string, input: UpdateDeal) =>
  dealView.parse(JSON.parse((await deals.updateDeal(ctx, id, input)).json))
const moveDeal = async (ctx: Ctx, id: string, input: MoveDeal) =>
  dealView.parse(JSON.parse((await deals.moveDeal(ctx, id, input)).json))
const page = async (tenant: TestTenant, query: object = {}) =>
  dealPage.parse(JSON.parse(await listDeals(tenant.ctx('viewer'), listDealsQuery.parse(query))))

describe('creating a deal', () => {
  it('stores it for the person who made it, with history, audit and event', async () => {
    const ctx = acme.ctx('manager')
    const company = await createCompany(ctx, { name: 'Initech', domain: 'initech.test' })
    const contact = await createContact(ctx, { name: 'Jane Doe', email: 'jane@initech.test', companyId: company.id })
    const deal = await makeDeal(ctx, {
      value: '1250.5',
      companyId: company.id,
      contactId: contact.id,
      expectedCloseDate: '2026-12-31',
    })
    expect(deal).toMatchObject({
      value: '1250.50',
      currency: 'EUR',
      stage: 'LEAD',
      version: 1,
      owner: { id: acme.members.manager.id },
      company: { name: 'Initech', domain: 'initech.test' },
      contact: { email: 'jane@initech.test' },
      expectedCloseDate: '2026-12-31',
    })
    const rows = await ctx.db.query(sql`
      select (select count(*)::int from stage_changes where deal_id = ${deal.id}::uuid) as history,
        (select count(*)::int from audit_entries where subject_id = ${deal.id}::uuid and action = 'deal.created') as audit,
        (select count(*)::int from events where type = 'deal.created' and data->>'dealId' = ${deal.id}) as events`)
    expect(rows).toEqual([{ history: 1, audit: 1, events: 1 }])
  })

  it.each(['companyId', 'contactId', 'ownerId'] as const)(
    "refuses another tenant's %s as if nobody had it, and stores nothing",
    async (field) => {
      const there = globex.ctx('manager')
      const foreign = {
        companyId: (await createCompany(there, { name: 'Hidden', domain: null, force: true })).id,
        contactId: (await createContact(there, { name: 'Hidden', email: null, companyId: null, force: true })).id,
        ownerId: globex.members.owner.id,
      }
      const refused = { code: 'validation_failed', details: { issues: [{ path: `body.${field}` }] } }
      const before = (await page(acme, { limit: 100 })).data.length
      await expect(makeDeal(acme.ctx('manager'), { [field]: foreign[field] })).rejects.toMatchObject(refused)
      await expect(makeDeal(acme.ctx('manager'), { [field]: crypto.randomUUID() })).rejects.toMatchObject(refused)
      expect((await page(acme, { limit: 100 })).data).toHaveLength(before)
    },
  )

  it('lets members create deals of their own only', async () => {
    await expect(makeDeal(acme.ctx('member'), {})).resolves.toMatchObject({
      owner: { id: acme.members.member.id },
    })
    await expect(makeDeal(acme.ctx('member'), { ownerId: acme.members.owner.id })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('changing a deal', () => {
  it('refuses an edit of an old version and keeps what is there', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, {})
    await expect(updateDeal(ctx, id, { title: 'Second', version: 1 })).resolves.toMatchObject({
      title: 'Second',
      version: 2,
    })
    await expect(updateDeal(ctx, id, { title: 'Third', version: 1 })).rejects.toMatchObject({ code: 'stale_version' })
    await expect(readDeal(ctx, id)).resolves.toMatchObject({ title: 'Second', version: 2 })
  })

  it('names whoever made each field what it is, and nobody for what an import wrote over it', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, { value: '10.00' })
    await updateDeal(acme.ctx('owner'), id, { value: '20.00', tags: ['hot'] })
    await updateDeal(acme.ctx('admin'), id, { tags: ['cold'], custom: {} })
    await updateDeal(acme.ctx('admin'), id, { title: 'Renamed' })
    await ctx.db.execute(sql`update deals set title = 'Imported', version = version + 1
      where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`)
    const refusal = await updateDeal(ctx, id, { value: '30.00', version: 1 }).catch((error: unknown) => error)
    const { owner, admin } = acme.members
    expect(refusal).toMatchObject({
      code: 'stale_version',
      details: { version: 5, changedBy: { value: owner.name, tags: admin.name } },
    })
    expect(refusal).not.toHaveProperty('details.changedBy.title')
  })

  it('lets one of two editors through when both start from the same version', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, {})
    const edits = await Promise.allSettled(['a', 'b'].map((title) => updateDeal(ctx, id, { title, version: 1 })))
    expect(edits.map((edit) => edit.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it('counts no version for an edit that changes nothing', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, { value: '10.00' })
    await expect(updateDeal(ctx, id, { value: '10', title: 'A deal' })).resolves.toMatchObject({ version: 1 })
  })

  it('refuses members on deals of others, and answers not_found for those of another tenant', async () => {
    const { id } = await makeDeal(acme.ctx('manager'), {})
    await expect(updateDeal(acme.ctx('member'), id, { title: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(moveDeal(acme.ctx('member'), id, { stage: 'QUALIFIED' })).rejects.toMatchObject({ code: 'forbidden' })
    for (const attempt of [
      () => readDeal(globex.ctx('owner'), id),
      () => updateDeal(globex.ctx('owner'), id, { title: 'Ours' }),
      () => moveDeal(globex.ctx('owner'), id, { stage: 'QUALIFIED' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  })

  it('leaves nothing when the transaction around it fails', async () => {
    const ctx = acme.ctx('manager')
    const attempt = ctx.db.transaction(async () => {
      await makeDeal(ctx, { title: 'Never there' })
      throw new Error('later')
    })
    await expect(attempt).rejects.toThrow('later')
    expect((await page(acme, { q: 'Never there' })).data).toEqual([])
  })
})

describe('moving a deal', () => {
  it('closes it once, and re-opening clears date and reason and writes history', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, {})
    const lost = await moveDeal(ctx, id, { stage: 'CLOSED_LOST', lostReason: 'Too dear', version: 1 })
    expect(lost).toMatchObject({ stage: 'CLOSED_LOST', lostReason: 'Too dear', version: 2 })
    expect(lost.closedAt).not.toBeNull()
    await expect(moveDeal(ctx, id, { stage: 'CLOSED_WON' })).rejects.toMatchObject({ code: 'illegal_transition' })
    await expect(moveDeal(ctx, id, { stage: 'LEAD' })).resolves.toMatchObject({
      closedAt: null,
      lostReason: null,
      version: 3,
    })
    const history = await ctx.db.query(
      sql`select from_stage as "from", to_stage as "to" from stage_changes where deal_id = ${id}::uuid order by id`,
    )
    expect(history).toEqual([
      { from: null, to: 'LEAD' },
      { from: 'LEAD', to: 'CLOSED_LOST' },
      { from: 'CLOSED_LOST', to: 'LEAD' },
    ])
  })

  it('counts how long it was in the open stages that it left, as its history has it', async () => {
    const ctx = acme.ctx('manager')
    const { id } = await makeDeal(ctx, { stage: 'QUALIFIED' })
    let later = ctx.now().getTime()
    for (const stage of ['NEGOTIATION', 'QUALIFIED', 'CLOSED_WON', 'NEGOTIATION', 'QUALIFIED'] as const) {
      later += 3_600_000
      const now = new Date(later)
      await moveDeal({ ...ctx, now: () => now }, id, { stage })
    }
    const left = await ctx.db.queryOne(
      sql`select lead_seconds as lead, qualified_seconds as qualified, negotiation_seconds as negotiation from deals
        where tenant_id = ${acme.id}::uuid and id = ${id}::uuid`,
    )
    const { history } = await readDeal(ctx, id)
    const hours = (stage: string) =>
      history
        .filter((each) => each.stage === stage)
        .reduce((sum, { from, until }) => (until ? sum + (Date.parse(until) - Date.parse(from)) / 3_600_000 : sum), 0)
    expect([hours('QUALIFIED'), hours('NEGOTIATION')].map(Math.round)).toEqual([2, 2])
    expect(left).toEqual({ lead: null, qualified: 7200, negotiation: 7200 })
  })
})

describe('reading the pipeline', () => {
  let seeded: TestTenant
  beforeAll(async () => {
    seeded = await world.tenant('Seeded')
    const { db } = seeded.systemCtx()
    const ownerIds = [seeded.members.manager.id, seeded.members.member.id]
    await db.transaction(() => seedDeals(db, { count: 120, ownerIds, currency: 'USD', today: new Date() }))
  })

  it.each(['newest', 'value', 'score'] as const)('pages by %s without losing or repeating a deal', async (sort) => {
    const ids: string[] = []
    let cursor: string | undefined
    do {
      const answer = await page(seeded, { sort, limit: 50, ...(cursor && { cursor }) })
      ids.push(...answer.data.map((deal) => deal.id))
      cursor = answer.page.nextCursor ?? undefined
    } while (cursor)
    expect(new Set(ids).size).toBe(120)
    expect(ids).toHaveLength(120)
  })

  it('refuses a cursor of another sort and one that was made up', async () => {
    const { page: first } = await page(seeded, { sort: 'value', limit: 10 })
    await expect(page(seeded, { sort: 'newest', cursor: first.nextCursor })).rejects.toMatchObject({
      code: 'validation_failed',
    })
    await expect(page(seeded, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'validation_failed' })
  })

  it('finds by title, company, contact and e-mail, and takes wildcards as letters', async () => {
    const ctx = seeded.ctx('manager')
    const company = await createCompany(ctx, { name: '100%_Organic', domain: 'organic.test' })
    const contact = await createContact(ctx, { name: 'Zoë Unique', email: 'zoe@unique.test', companyId: company.id })
    const { id } = await makeDeal(ctx, { title: 'Findable', companyId: company.id, contactId: contact.id })
    for (const q of ['findab', '100%_org', 'zoë', 'zoe@UNIQUE'])
      expect(
        (await page(seeded, { q })).data.map((deal) => deal.id),
        q,
      ).toEqual([id])
    expect((await page(seeded, { q: '%%' })).data).toEqual([])
    expect((await page(acme, { q: 'findab' })).data).toEqual([])
  })

  it('filters by stage and owner', async () => {
    const ownerId = seeded.members.member.id
    const { data } = await page(seeded, { stage: ['LEAD', 'QUALIFIED'], ownerId, limit: 100 })
    expect(data.length).toBeGreaterThan(0)
    expect(data.every((deal) => deal.owner?.id === ownerId && ['LEAD', 'QUALIFIED'].includes(deal.stage))).toBe(true)
  })

  it('shows a board whose counts are those of the list and whose columns go on where they end', async () => {
    const board = dealBoardView.parse(JSON.parse(await dealBoard(seeded.ctx('viewer'), boardQuery.parse({ limit: 5 }))))
    expect(board.columns.map((column) => column.stage)).toEqual([
      'LEAD',
      'QUALIFIED',
      'NEGOTIATION',
      'CLOSED_WON',
      'CLOSED_LOST',
    ])
    for (const { stage, count, deals: shown, nextCursor } of board.columns) {
      const list = await page(seeded, { stage, limit: 100 })
      expect(count).toBe(list.data.length)
      expect(shown.map((deal) => deal.id)).toEqual(list.data.slice(0, 5).map((deal) => deal.id))
      const next = await page(seeded, { stage, limit: 5, ...(nextCursor && { cursor: nextCursor }) })
      if (nextCursor) expect(next.data[0]?.id).toBe(list.data[5]?.id)
    }
  })

  it('lists companies and contacts by part of a name', async () => {
    const companies = await listCompanies(seeded.ctx('viewer'), { q: 'organic', limit: 10 })
    expect(companies.data).toMatchObject([{ name: '100%_Organic' }])
    expect((await listContacts(seeded.ctx('viewer'), { q: 'zoe@', limit: 10 })).data).toHaveLength(1)
    expect((await listContacts(acme.ctx('viewer'), { q: 'zoe@', limit: 10 })).data).toEqual([])
  })
})

describe('what a closed deal came to', () => {
  const closed = async (ctx: Ctx, input: object = {}) => {
    const { id } = await makeDeal(ctx, { value: '100.00', ...input })
    await moveDeal(ctx, id, { stage: 'CLOSED_WON' })
    return id
  }
  const changes: UpdateDeal[] = [{ value: '5.00' }, { currency: 'USD' }, { probability: 7 }]

  it.each(changes)('is changed by managers, not by members: %j', async (change) => {
    const id = await closed(acme.ctx('member'))
    await expect(updateDeal(acme.ctx('member'), id, { title: 'Mine', ...change })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await readDeal(acme.ctx('member'), id)).toMatchObject({ title: 'A deal', value: '100.00', version: 2 })
    await expect(updateDeal(acme.ctx('manager'), id, change)).resolves.toMatchObject(change)
  })

  it.each(changes)('is changed by nobody while something is built on it: %j', async (change) => {
    const id = await closed(acme.ctx('manager'))
    await holdDeal(acme.ctx('manager'), id)
    for (const ctx of [acme.ctx('owner'), acme.systemCtx()])
      await expect(updateDeal(ctx, id, change)).rejects.toMatchObject({
        code: 'conflict',
        details: { holds: ['Capital call 3 of Fund II'] },
      })
  })

  it('is no obstacle to other changes, nor to naming what it is already', async () => {
    const ctx = acme.ctx('member')
    const id = await closed(ctx)
    await holdDeal(ctx, id)
    const same = { value: '100.00', currency: 'EUR', probability: null }
    await expect(updateDeal(ctx, id, { notes: 'Signed', ...same })).resolves.toMatchObject({ version: 3 })
  })

  it('is the member’s to change again once the deal is re-opened', async () => {
    const ctx = acme.ctx('member')
    const id = await closed(ctx)
    await moveDeal(ctx, id, { stage: 'NEGOTIATION' })
    await expect(updateDeal(ctx, id, { value: '5.00' })).resolves.toMatchObject({ value: '5.00' })
  })
})

// Allocations and capital calls as a client of the API sees them.
import { randomUUID } from 'node:crypto'
import { callLinePage, callMatrix, capitalCallDetail, dealFunding } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { happen, holdFund } from '@throughline/funds'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let manager: Caller
let admin: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  manager = await api.as(acme, 'manager')
  admin = await api.as(acme, 'admin')
})
afterAll(async () => {
  await api.close()
  await world.close()
})

/** A wish of its own; every move of money carries the key that its client has made. */
const anew = () => ({ 'idempotency-key': randomUUID() })
const tenant = '/tenant/v1'

async function aFund(): Promise<string> {
  const ctx = acme.ctx('manager')
  const t = sql`${ctx.tenantId}::uuid`
  const fundId = randomUUID()
  await ctx.db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${t}, ${fundId}::uuid, ${fundId}, 'A fund', 'EUR', 'Europe/Berlin', 2025, '{}')`)
  const investors = await ctx.db.query<{ id: string }>(sql`insert into investors (tenant_id, id, code, name, kind)
    select ${t}, uuidv7(), ${fundId} || '-' || n, 'Investor ' || n, 'ENTITY' from generate_series(1, 3) n returning id`)
  await ctx.db.transaction(async () => {
    await happen(
      ctx,
      await holdFund(ctx, fundId),
      investors.map(({ id }) => ({
        investorId: id,
        event: { kind: 'committed', date: '2025-01-01', amount: 100_000_000n },
        source: { kind: 'commitment', id },
      })),
    )
  })
  return fundId
}

async function aWonDeal(): Promise<string> {
  const { db, tenantId } = acme.ctx('manager')
  const deal = await db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${tenantId}::uuid, uuidv7(), 'Alpha', 500000, 'EUR', 'CLOSED_WON', now()) returning id`)
  return deal?.id ?? ''
}

const dates = { noticeDate: '2026-03-02', dueDate: '2026-03-16' }
const draftFor = (dealId: string | null = null) => ({
  title: 'First call',
  ...dates,
  components: [{ kind: 'INVESTMENT', label: 'Alpha', amount: '100000.00', dealId }],
})

async function aDraft(fundId: string): Promise<string> {
  const response = await manager.post(`${tenant}/funds/${fundId}/capital-calls`, draftFor(), anew())
  expect(response.statusCode).toBe(201)
  return `${tenant}/capital-calls/${response.json().id}`
}

describe('a capital call over HTTP', () => {
  it('goes from the form to what investors owe, by two people, and back', async () => {
    const fundId = await aFund()
    const dealId = await aWonDeal()
    const given = { dealId, percent: '20' }
    const allocated = await manager.post(`${tenant}/funds/${fundId}/allocations`, given, anew())
    expect(allocated.statusCode).toBe(201)
    expect(allocated.json()).toMatchObject({ amount: '100000.00', currency: 'EUR' })
    const form = await manager.post(`${tenant}/funds/${fundId}/capital-calls/preview`, draftFor(dealId))
    expect(form.statusCode).toBe(200)
    const created = await manager.post(`${tenant}/funds/${fundId}/capital-calls`, draftFor(dealId), anew())
    expect(created.headers).toMatchObject({ etag: '"1"', location: `${tenant}/capital-calls/${created.json().id}` })
    const url = `${tenant}/capital-calls/${created.json().id}`
    const matrix = callMatrix.parse((await manager.get(`${url}/matrix`)).json())
    expect(matrix.sha256).toBe(callMatrix.parse(form.json()).sha256)

    expect((await manager.post(`${url}/approve`, {}, anew())).statusCode).toBe(403)
    const stale = await admin.post(`${url}/approve`, {}, { ...anew(), 'if-match': '"9"' })
    expect(stale.statusCode).toBe(412)
    const approved = await admin.post(`${url}/approve`, {}, { ...anew(), 'if-match': '"1"' })
    expect(approved.json()).toMatchObject({ state: 'APPROVED', version: 2 })
    expect((await manager.post(`${url}/issue`, {})).statusCode).toBe(428)
    const key = anew()
    const issued = await manager.post(`${url}/issue`, {}, key)
    expect(issued.json()).toMatchObject({ state: 'ISSUED', number: 1, outstanding: '100000.00' })
    const again = await manager.post(`${url}/issue`, {}, key)
    expect([again.statusCode, again.body]).toEqual([200, issued.body])
    expect((await manager.post(`${url}/issue`, {}, anew())).statusCode).toBe(409)

    const lines = callLinePage.parse((await manager.get(`${url}/lines?limit=2`)).json())
    expect(lines.data).toHaveLength(2)
    const rest = await manager.get(`${url}/lines?limit=2&cursor=${lines.page.nextCursor}`)
    expect(callLinePage.parse(rest.json()).data.map(({ due }) => due)).toHaveLength(1)
    const funding = dealFunding.parse((await manager.get(`${tenant}/deals/${dealId}/allocations`)).json())
    expect(funding).toMatchObject({ proposal: { amount: '400000.00' }, calls: [{ state: 'ISSUED', number: 1 }] })

    const reopened = await manager.post(`${tenant}/deals/${dealId}/move`, { stage: 'NEGOTIATION' })
    expect(reopened.statusCode).toBe(409)
    expect(reopened.json().error.message).toContain('Capital call 1 of')
    const cancelled = await manager.post(`${url}/cancel`, { reason: 'The target withdrew' }, anew())
    expect(cancelled.json()).toMatchObject({ state: 'CANCELLED' })
    expect((await manager.post(`${tenant}/deals/${dealId}/move`, { stage: 'NEGOTIATION' })).statusCode).toBe(200)
  })

  it('is approved once, however many ask for it at a time', async () => {
    const url = await aDraft(await aFund())
    const answers = await Promise.all(Array.from({ length: 100 }, () => admin.post(`${url}/approve`, {}, anew())))
    const statuses = Map.groupBy(answers, ({ statusCode }) => statusCode)
    expect([statuses.get(200)?.length, statuses.get(409)?.length]).toEqual([1, 99])
    const call = capitalCallDetail.parse((await admin.get(url)).json())
    expect(call).toMatchObject({ state: 'APPROVED', version: 2, approvedBy: { id: acme.members.admin.id } })
    const trail = await acme.systemCtx().db.queryOne(sql`select count(*)::int as n from audit_entries
      where subject_id = ${call.id} and action = 'capital_call.approved'`)
    expect(trail).toEqual({ n: 1 })
  })

  it('is read by everybody of the firm, and changed by those who may', async () => {
    const fundId = await aFund()
    const url = await aDraft(fundId)
    const viewer = await api.as(acme, 'viewer')
    expect((await viewer.get(url)).statusCode).toBe(200)
    expect((await viewer.get(`${tenant}/funds/${fundId}/capital-calls`)).json().data).toHaveLength(1)
    const member = await api.as(acme, 'member')
    for (const caller of [viewer, member])
      for (const [step, body] of [
        ['submit', {}],
        ['approve', {}],
        ['issue', {}],
        ['cancel', { reason: 'No' }],
      ] as const)
        expect((await caller.post(`${url}/${step}`, body, anew())).statusCode).toBe(403)
    const stranger = await api.as(globex, 'owner')
    expect((await stranger.get(url)).statusCode).toBe(404)
    expect((await stranger.post(`${url}/cancel`, { reason: 'No' }, anew())).statusCode).toBe(404)
  })

  it('tells what is wrong with a form', async () => {
    const fundId = await aFund()
    const url = `${tenant}/funds/${fundId}/capital-calls`
    for (const body of [
      {},
      { ...draftFor(), components: [] },
      { ...draftFor(), components: [{ kind: 'INVESTMENT', label: 'Alpha', amount: '1e5' }] },
      { ...draftFor(), dueDate: '2026-02-30' },
    ])
      expect((await manager.post(url, body, anew())).statusCode).toBe(400)
    const tooMuch = {
      ...draftFor(),
      components: [{ kind: 'INVESTMENT', label: 'Alpha', amount: '3000000.01', dealId: null }],
    }
    const refused = await manager.post(url, tooMuch, anew())
    expect(refused.statusCode).toBe(422)
    expect(refused.json().error.details).toMatchObject({ over: '1' })
  })
})

describe('an allocation over HTTP', () => {
  it('is made once by one key, and refused with the one that has its place by another', async () => {
    const fundId = await aFund()
    const dealId = await aWonDeal()
    const url = `${tenant}/funds/${fundId}/allocations`
    const body = { dealId, amount: '1000.00' }
    const key = anew()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => manager.post(url, body, n % 2 === 0 ? key : anew())),
    )
    const made = answers.filter(({ statusCode }) => statusCode === 201)
    expect(new Set(made.map((answer) => answer.json().id)).size).toBe(1)
    const id = made[0]?.json().id
    for (const answer of answers.filter(({ statusCode }) => statusCode !== 201)) expect(answer.statusCode).toBe(409)
    const stored = await manager.get(url)
    expect(stored.json().data.map((each: { id: string }) => each.id)).toEqual([id])
    const other = await manager.post(url, body, anew())
    expect(other.json().error.details).toEqual({ allocationId: id })
    const both = { allocation: { dealId, amount: '5.00' }, call: { title: 'A call', ...dates } }
    expect((await manager.post(`${url}/with-call`, both, anew())).statusCode).toBe(409)
    expect((await manager.get(`${tenant}/funds/${fundId}/capital-calls`)).json().data).toEqual([])
    const cancelled = await manager.post(`${tenant}/allocations/${id}/cancel`, { reason: 'Not now' }, anew())
    expect(cancelled.json()).toMatchObject({ state: 'CANCELLED' })
    const now = await manager.post(`${url}/with-call`, both, anew())
    expect(now.statusCode).toBe(201)
    expect(now.json()).toMatchObject({ allocation: { amount: '5.00' }, call: { state: 'DRAFT', amount: '5.00' } })
  })
})

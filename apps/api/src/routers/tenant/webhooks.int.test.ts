// Webhooks over HTTP: who may, what is shown once, and what a message says of a deal.
import { webhookData } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let owner: Caller
const base = '/tenant/v1/webhooks'
const body = { url: 'https://hooks.example.test/in', eventTypes: ['deal.created', 'deal.updated', 'deal.moved'] }

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  owner = await api.as(acme, 'owner')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const make = async (change: object = {}) => {
  const response = await owner.post(base, { ...body, ...change })
  return { response, ...(response.json() as { secret: string; webhook: { id: string } }) }
}

describe('a webhook', () => {
  it('tells of a deal what the list of deals shows of it', async () => {
    const { webhook } = await make()
    const company = await owner.post('/tenant/v1/companies', { name: 'Äcme', domain: 'aecme.test' })
    const contact = await owner.post('/tenant/v1/contacts', { name: 'Ada', email: 'ada@aecme.test' })
    const created = await owner.post('/tenant/v1/deals', {
      title: 'A “deal”',
      value: '1234.5',
      companyId: company.json().id,
      contactId: contact.json().id,
      expectedCloseDate: '2027-03-01',
      tags: ['warm'],
      notes: 'first\nsecond',
      probability: 0,
    })
    expect(created.statusCode).toBe(201)
    await owner.post(`/tenant/v1/deals/${created.json().id}/move`, { stage: 'CLOSED_LOST', lostReason: 'Price' })
    const [shown] = (await owner.get('/tenant/v1/deals')).json().data
    const { data: messages } = (await owner.get(`${base}/${webhook.id}/messages`)).json()
    expect(messages.map(({ type }: { type: string }) => type)).toEqual(['deal.moved', 'deal.created'])
    const detail = (await owner.get(`${base}/${webhook.id}/messages/${messages[0].id}`)).json()
    const { data } = JSON.parse(detail.body)
    expect(webhookData['deal.moved'].parse(data).deal).toEqual(shown)
    expect(data).toMatchObject({ from: 'LEAD', to: 'CLOSED_LOST', version: shown.version })
  })

  it('is told once of each deal that is moved in bulk, and of none that stays where it is', async () => {
    const { webhook } = await make({ eventTypes: ['deal.moved'], description: 'bulk' })
    const ids: string[] = []
    for (const n of [1, 2, 3]) ids.push((await owner.post('/tenant/v1/deals', { title: `Of many ${n}` })).json().id)
    const there = (await owner.post('/tenant/v1/deals', { title: 'There already', stage: 'QUALIFIED' })).json().id
    const change = { action: 'move', stage: 'QUALIFIED' }
    const moved = await owner.post('/tenant/v1/deals/bulk', { ids: [...ids, ...ids, there], change })
    expect(moved.json()).toMatchObject({ skipped: [{ id: there, reason: 'already_so' }] })
    const { data: messages } = (await owner.get(`${base}/${webhook.id}/messages`)).json()
    const told: string[] = []
    for (const { id } of messages) {
      const { body: text } = (await owner.get(`${base}/${webhook.id}/messages/${id}`)).json()
      const { dealId, to, deal } = webhookData['deal.moved'].parse(JSON.parse(text).data)
      expect([to, deal?.stage, deal?.id]).toEqual(['QUALIFIED', 'QUALIFIED', dealId])
      told.push(dealId)
    }
    expect(told.toSorted()).toEqual(ids.toSorted())
  })

  it('shows its secret once: nothing that is stored, listed or logged signs a message', async () => {
    const { secret, webhook, response } = await make({ description: 'once' })
    expect([response.statusCode, secret]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)])
    expect((await make({ description: 'once' })).secret, 'a double click gets the same secret').toBe(secret)
    const rotated = await owner.post(`${base}/${webhook.id}/rotate-secret`, {})
    expect(rotated.json().webhook.previousSecretUntil).not.toBeNull()
    for (const text of [secret, rotated.json().secret]) {
      expect((await owner.get(base)).body).not.toContain(text)
      const [found] = await world.database.platform.query<{ found: number }>(sql`select count(*)::int as found from (
        select row_to_json(t)::text as row from webhook_endpoints t union all select row_to_json(t)::text from audit_entries t
        union all select row_to_json(t)::text from events t union all select row_to_json(t)::text from idempotency_keys t
      ) everything where position(${text.slice(6)} in row) > 0`)
      expect(found).toEqual({ found: 0 })
    }
  })

  it('is for administrators: others and machines are refused', async () => {
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const caller = await api.as(acme, role)
      expect([(await caller.get(base)).statusCode, (await caller.post(base, body)).statusCode], role).toEqual([
        403, 403,
      ])
    }
    expect((await owner.post('/tenant/v1/api-keys', { name: 'robot', scopes: ['webhook:manage'] })).statusCode).toBe(
      400,
    )
  })

  it.each([
    ['no URL', { url: 'not a url' }, 400],
    ['another scheme', { url: 'ftp://example.com/' }, 400],
    ['an address of the inside', { url: 'http://127.0.0.1/' }, 422],
    ['no events', { eventTypes: [] }, 400],
    ['an event that is not told', { eventTypes: ['session.ended'] }, 400],
    ['an event twice', { eventTypes: ['deal.created', 'deal.created'] }, 400],
    ['a field that is not known', { secret: 'whsec_mine' }, 422],
  ])('is refused with %s', async (_what, change, status) => {
    expect((await make(change)).response.statusCode).toBe(status)
  })

  it('is paused, resumed, tested, changed on its newest version and removed', async () => {
    const { webhook } = await make({ description: 'a life' })
    const url = `${base}/${webhook.id}`
    expect((await owner.post(`${url}/pause`)).json().state).toBe('paused')
    expect((await owner.post(`${url}/test`)).statusCode).toBe(409)
    expect((await owner.post(`${url}/resume`)).json().state).toBe('active')
    const tested = await owner.post(`${url}/test`)
    expect(tested.statusCode).toBe(202)
    expect((await owner.get(`${url}/messages/${tested.json().messageId}`)).json()).toMatchObject({
      type: 'webhook.test',
      state: 'PENDING',
      tries: [],
    })
    expect((await owner.get(`${url}/messages?state=DELIVERED`)).json().data).toEqual([])
    expect((await owner.patch(url, { description: 'b' }, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await owner.patch(url, { description: 'b' }, { 'if-match': '"3"' })).json().description).toBe('b')
    expect((await owner.post(`${url}/replay`, { since: '2026-01-01T00:00:00Z' })).json()).toEqual({ messages: 0 })
    const removed = await api.app.inject({ method: 'DELETE', url, headers: { authorization: `Bearer ${owner.token}` } })
    expect(removed.statusCode).toBe(204)
    expect((await owner.get(url)).statusCode).toBe(404)
  })
})

// The money of a deal as a client of the API follows it.
import { allocationWithCall, dealThread, threadEntryPage } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
let admin: Caller
let foreign: Caller
let dealId: string
let fundId: string
let callId: string

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  admin = await api.as(acme, 'admin')
  foreign = await api.as(await world.tenant('Globex'), 'owner')
  await raise()
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const made = async (path: string, body: object, caller = manager) => {
  const answer = await caller.post(`/tenant/v1${path}`, body, { 'idempotency-key': crypto.randomUUID() })
  expect([path, Math.floor(answer.statusCode / 100)]).toEqual([path, 2])
  return answer.json<{ id: string }>()
}

/** A won deal that a fund of one investor has called for. */
async function raise(): Promise<void> {
  const deal = await acme.systemCtx().db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${acme.id}::uuid, uuidv7(), 'Northwind', 500000, 'EUR', 'CLOSED_WON', now()) returning id`)
  dealId = deal?.id ?? ''
  const place = { currency: 'EUR', timeZone: 'Europe/Berlin', vintage: 2025 }
  fundId = (await made('/funds', { name: 'Fund I', legalName: 'Fund I SCSp', ...place })).id
  const investor = await made('/investors', { name: 'Northgate', kind: 'ENTITY' })
  const signed = { closeName: 'First close', closeDate: '2025-01-01', amount: '1000000.00' }
  await made(`/funds/${fundId}/commitments`, { investorId: investor.id, ...signed })
  const both = await made(`/funds/${fundId}/allocations/with-call`, {
    allocation: { dealId, amount: '100000.00', allocatedOn: '2026-02-20' },
    call: { title: 'First call', noticeDate: '2026-03-02', dueDate: '2026-03-31' },
  })
  callId = allocationWithCall.parse(both).call.id
}
const url = () => `/tenant/v1/deals/${dealId}/thread`
const thread = async (caller: Caller) => dealThread.parse((await caller.get(url())).json())

it('shows a call from the moment it is issued, and the entries behind it', async () => {
  const drafted = await thread(manager)
  expect(drafted.data.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['created', 'won', 'allocated']))
  expect(drafted.data).toHaveLength(3)
  await made(`/capital-calls/${callId}/submit`, {})
  await made(`/capital-calls/${callId}/approve`, {}, admin)
  await made(`/capital-calls/${callId}/issue`, {})
  const issued = await thread(manager)
  const called = issued.data.find(({ kind }) => kind === 'called')
  expect(called).toMatchObject({ amount: '100000.00', received: '0.00', number: 1 })
  expect(issued.funds).toMatchObject([{ fundId, figures: { called: '100000.00' } }])
  const query = new URLSearchParams({ ...called?.explanation })
  const entries = threadEntryPage.parse((await manager.get(`${url()}/entries?${query}`)).json())
  expect(entries.data).toMatchObject([{ kind: 'call_issued', amount: '100000.00', sourceId: callId }])
})

it('is read by everybody of the firm, and by nobody of another one', async () => {
  for (const role of ['viewer', 'member'] as const)
    expect((await (await api.as(acme, role)).get(url())).statusCode).toBe(200)
  const about = `fundId=${fundId}&figure=called`
  for (const path of [url(), `${url()}/entries?${about}`]) expect((await foreign.get(path)).statusCode).toBe(404)
})

it.each(['figure=called', 'figure=nothing', 'fundId=1', 'limit=0', 'limit=101', 'unknown=1'])(
  'refuses %s in the query of entries',
  async (query) => {
    expect((await manager.get(`${url()}/entries?${query}`)).statusCode).toBe(400)
  },
)

it('knows no deal that is not there', async () => {
  expect((await manager.get(`/tenant/v1/deals/${crypto.randomUUID()}/thread`)).statusCode).toBe(404)
  expect((await manager.get('/tenant/v1/deals/1/thread')).statusCode).toBe(400)
})

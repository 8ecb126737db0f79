// The pipeline's words, custom fields, saved views and timelines as a client meets them.
import {
  customFieldList,
  leadSourceList,
  savedView,
  tagList,
  timelineEntry,
  timelinePage,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let admin: Caller
let manager: Caller
let viewer: Caller
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  admin = await api.as(acme, 'admin')
  manager = await api.as(acme, 'manager')
  viewer = await api.as(acme, 'viewer')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const call = (caller: Caller, method: 'PUT' | 'DELETE', url: string, payload?: object) =>
  api.app.inject({ method, url, payload, headers: { authorization: `Bearer ${caller.token}` } })
const insert = async (tenant: TestTenant, table: 'deals' | 'companies' | 'contacts') => {
  const statements = {
    deals: sql`insert into deals (tenant_id, id, title, currency) values (${tenant.id}::uuid, uuidv7(), 'A deal', 'EUR') returning id`,
    companies: sql`insert into companies (tenant_id, id, name) values (${tenant.id}::uuid, uuidv7(), 'A company') returning id`,
    contacts: sql`insert into contacts (tenant_id, id, name) values (${tenant.id}::uuid, uuidv7(), 'A contact') returning id`,
  }
  const row = await tenant.systemCtx().db.queryOne<{ id: string }>(statements[table])
  if (!row) throw new Error('nothing was inserted')
  return row.id
}

const pipeline = {
  open: [
    { stage: 'LEAD', name: 'New', probability: 0 },
    { stage: 'NEGOTIATION', name: 'Haggling', probability: 100 },
    { stage: 'QUALIFIED', name: 'Talking', probability: 30 },
  ],
  won: 'Won',
  lost: 'Lost',
}

describe('the pipeline', () => {
  it('is read by everybody and changed by owners and admins', async () => {
    expect((await call(manager, 'PUT', '/tenant/v1/pipeline', pipeline)).statusCode).toBe(403)
    expect((await call(admin, 'PUT', '/tenant/v1/pipeline', pipeline)).statusCode).toBe(200)
    const { stages } = (await viewer.get('/tenant/v1/pipeline')).json()
    expect(stages.map(({ name }: { name: string }) => name)).toEqual(['New', 'Haggling', 'Talking', 'Won', 'Lost'])
  })
  it.each([
    ['a stage too few', { ...pipeline, open: pipeline.open.slice(1) }, 'body.open'],
    [
      'a closed stage among the open ones',
      { ...pipeline, open: [{ ...pipeline.open[0], stage: 'CLOSED_WON' }, ...pipeline.open.slice(1)] },
      'body.open.0.stage',
    ],
    [
      'more than certain',
      { ...pipeline, open: [{ ...pipeline.open[0], probability: 101 }, ...pipeline.open.slice(1)] },
      'body.open.0.probability',
    ],
    ['no name', { ...pipeline, won: ' ' }, 'body.won'],
    ['a name of 41 characters', { ...pipeline, lost: 'x'.repeat(41) }, 'body.lost'],
    ['odds of a won deal', { ...pipeline, won: { name: 'Won', probability: 50 } }, 'body.won'],
  ])('refuses %s', async (_what, body, path) => {
    const answer = await call(admin, 'PUT', '/tenant/v1/pipeline', body)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.details.issues.map((issue: { path: string }) => issue.path)).toContain(path)
  })
})

describe('custom fields', () => {
  it('are defined by admins, with the version in If-Match, and listed to all', async () => {
    const body = { label: 'Tier', type: 'CHOICE', options: ['Gold'] }
    expect((await manager.post('/tenant/v1/custom-fields', body)).statusCode).toBe(403)
    const created = await admin.post('/tenant/v1/custom-fields', body)
    expect(created.statusCode).toBe(201)
    const url = `/tenant/v1/custom-fields/${created.json().id}`
    expect((await admin.patch(url, { label: 'Level' }, { 'if-match': '"1"' })).json()).toMatchObject({ version: 2 })
    expect((await admin.patch(url, { label: 'Rank' }, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await admin.patch(url, { type: 'TEXT' })).statusCode).toBe(422)
    expect((await (await api.as(globex, 'admin')).patch(url, { label: 'Ours' })).statusCode).toBe(404)
    expect((await admin.post(`${url}/archive`)).json().archivedAt).not.toBeNull()
    const { data } = customFieldList.parse((await viewer.get('/tenant/v1/custom-fields')).json())
    expect(data).toMatchObject([{ key: 'tier', label: 'Level' }])
    expect((await admin.post('/tenant/v1/custom-fields', { ...body, kind: 'COMPANY' })).statusCode).toBe(400)
  })
  it('come with the words in use', async () => {
    expect(tagList.parse((await viewer.get('/tenant/v1/tags?kind=CONTACT')).json())).toEqual({ data: [] })
    expect(leadSourceList.parse((await viewer.get('/tenant/v1/lead-sources')).json())).toEqual({ data: [] })
    expect((await viewer.get('/tenant/v1/tags?kind=FUND')).statusCode).toBe(400)
  })
})

describe('saved views', () => {
  it('are kept by viewers too, shared by managers, and no key has any', async () => {
    const saved = await viewer.post('/tenant/v1/views', { name: 'Mine', definition: { filter: { stage: ['LEAD'] } } })
    expect(saved.statusCode).toBe(201)
    const view = savedView.parse(saved.json())
    const url = `/tenant/v1/views/${view.id}`
    expect((await viewer.patch(url, { shared: true })).statusCode).toBe(403)
    expect((await manager.get(url)).statusCode).toBe(404)
    expect((await viewer.patch(url, { name: 'Other' }, { 'if-match': '"2"' })).statusCode).toBe(412)
    const refused = await viewer.patch(url, { definition: { filter: { 'deleted)--': 'x' } } })
    expect(refused.json().error.details.issues).toMatchObject([{ path: 'body.definition.filter.deleted)--' }])
    const key = await admin.post('/tenant/v1/api-keys', { name: 'A key', scopes: ['deal:read'] })
    const machine = api.with(key.json().key)
    expect((await machine.get('/tenant/v1/views')).json()).toEqual({ data: [] })
    expect((await machine.post('/tenant/v1/views', { name: 'A view', definition: {} })).statusCode).toBe(403)
    expect((await call(viewer, 'DELETE', url)).statusCode).toBe(204)
    expect((await viewer.get(url)).statusCode).toBe(404)
  })
})

describe('timelines', () => {
  it.each(['deals', 'companies', 'contacts'] as const)(
    'of %s are written, read in pages, changed and undone',
    async (table) => {
      const url = `/tenant/v1/${table}/${await insert(acme, table)}/timeline`
      expect((await viewer.post(url, { kind: 'NOTE', body: 'x' })).statusCode).toBe(403)
      for (const body of ['One', 'Two', 'Three'])
        expect((await manager.post(url, { kind: 'NOTE', body })).statusCode).toBe(201)
      const first = timelinePage.parse((await viewer.get(`${url}?limit=2`)).json())
      const second = timelinePage.parse((await viewer.get(`${url}?limit=2&cursor=${first.page.nextCursor}`)).json())
      const said = [...first.data, ...second.data].map((item) => (item.type === 'entry' ? item.body : ''))
      expect(said).toEqual(['Three', 'Two', 'One'])
      const entry = `/tenant/v1/timeline/${first.data[0]?.id}`
      expect(timelineEntry.parse((await manager.patch(entry, { body: 'Third' })).json())).toMatchObject({
        body: 'Third',
      })
      expect((await call(manager, 'DELETE', entry)).statusCode).toBe(204)
      expect((await viewer.get(url)).json().data).toHaveLength(2)
      expect((await manager.post(`${entry}/restore`)).statusCode).toBe(200)
      expect((await viewer.get(url)).json().data).toHaveLength(3)
      const stranger = await api.as(globex, 'owner')
      expect((await stranger.get(url)).statusCode).toBe(404)
      expect((await call(stranger, 'DELETE', entry)).statusCode).toBe(404)
    },
  )
  it('take signals on deals only', async () => {
    const signal = { kind: 'SIGNAL', signal: 'replied' }
    const deal = `/tenant/v1/deals/${await insert(acme, 'deals')}/timeline`
    expect((await manager.post(deal, signal)).json()).toMatchObject({ signal: 'replied', points: 10 })
    expect((await manager.post(deal, { ...signal, points: 50 })).statusCode).toBe(422)
    const company = `/tenant/v1/companies/${await insert(acme, 'companies')}/timeline`
    expect((await manager.post(company, signal)).statusCode).toBe(400)
  })
  it('answer the same request sent twice with the one entry that it made', async () => {
    const url = `/tenant/v1/deals/${await insert(acme, 'deals')}/timeline`
    const headers = { 'idempotency-key': 'the-same' }
    const [first, again] = [
      await manager.post(url, { kind: 'SIGNAL', signal: 'replied' }, headers),
      await manager.post(url, { kind: 'SIGNAL', signal: 'replied' }, headers),
    ]
    expect(again.json()).toEqual(first.json())
    expect((await viewer.get(url)).json().data).toHaveLength(1)
  })
  it('of a company show a machine without deal:read nothing of its deals', async () => {
    const companyId = await insert(acme, 'companies')
    const dealId = await insert(acme, 'deals')
    await acme.systemCtx().db.execute(sql`update deals set company_id = ${companyId}::uuid where id = ${dealId}::uuid`)
    await manager.post(`/tenant/v1/deals/${dealId}/timeline`, { kind: 'NOTE', body: 'On the deal' })
    const url = `/tenant/v1/companies/${companyId}/timeline`
    expect((await viewer.get(url)).json().data).toHaveLength(1)
    const key = await admin.post('/tenant/v1/api-keys', { name: 'Companies', scopes: ['company:read'] })
    expect((await api.with(key.json().key).get(url)).json().data).toEqual([])
  })
})

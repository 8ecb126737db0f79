// Companies, contacts, duplicates and merges as a client of the API sees them.
import { companyDetail, duplicateConflict, mergePreview, mergeView } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
let admin: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  admin = await api.as(acme, 'admin')
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const remove = (caller: Caller, url: string, headers: Record<string, string> = {}) =>
  api.app.inject({ method: 'DELETE', url, headers: { authorization: `Bearer ${caller.token}`, ...headers } })

/** Another wish, although it reads the same. */
const anew = () => ({ 'idempotency-key': crypto.randomUUID() })

describe('a company over HTTP', () => {
  it('is created, read, changed on its version, deleted, restored and purged', async () => {
    const created = await manager.post('/tenant/v1/companies', {
      ...{ name: 'Initech', domain: 'https://www.Initech.test/jobs?x=1', country: 'de', size: '51-200', tags: ['VIP'] },
    })
    expect(created.statusCode).toBe(201)
    const { id } = created.json()
    const url = `/tenant/v1/companies/${id}`
    expect(created.headers).toMatchObject({ location: url, etag: '"1"' })
    expect(created.json()).toMatchObject({ domain: 'initech.test', country: 'DE', tags: ['vip'] })
    expect(companyDetail.parse((await manager.get(url)).json())).toMatchObject({ contactCount: 0, open: [] })
    expect((await manager.patch(url, { industry: 'Mining' }, { 'if-match': '"1"' })).headers.etag).toBe('"2"')
    expect((await manager.patch(url, { industry: 'Retail' }, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await remove(manager, url, { 'if-match': '"1"' })).statusCode).toBe(412)
    expect((await remove(manager, url, { 'if-match': '"2"' })).statusCode).toBe(204)
    expect((await manager.get(url)).statusCode).toBe(404)
    expect((await manager.post(`${url}/restore`)).json()).toMatchObject({ version: 4, deletedAt: null })
    expect((await admin.post(`${url}/purge`)).statusCode).toBe(404)
    await remove(manager, url)
    expect((await manager.post(`${url}/purge`)).statusCode).toBe(403)
    expect((await admin.post(`${url}/purge`)).statusCode).toBe(204)
    expect((await manager.post(`${url}/restore`, {}, anew())).statusCode).toBe(404)
  })

  it.each([
    { name: '' },
    { name: 'x', domain: 'not a domain' },
    { name: 'x', country: 'XX' },
    { name: 'x', size: '12' },
    { name: 'x', tags: Array.from({ length: 31 }, (_, n) => `${n}`) },
  ])('is not made of %j', async (body) => {
    expect((await manager.post('/tenant/v1/companies', body)).statusCode).toBe(400)
  })

  it('is made by members, and by no viewer', async () => {
    for (const url of ['/tenant/v1/companies', '/tenant/v1/contacts']) {
      expect((await (await api.as(acme, 'viewer')).post(url, { name: 'Not mine' })).statusCode).toBe(403)
      expect((await (await api.as(acme, 'member')).post(url, { name: `Of a member ${url}` })).statusCode).toBe(201)
    }
  })
})

it('names the likely ones, is told to go on, and merges the two with a way back', async () => {
  const first = (await manager.post('/tenant/v1/companies', { name: 'Umbrella GmbH', industry: 'Pharma' })).json()
  const refused = await manager.post('/tenant/v1/companies', { name: 'Umbrella Ltd' })
  expect(refused.statusCode).toBe(409)
  const { code, details } = refused.json().error
  expect([code, duplicateConflict.parse(details)]).toMatchObject([
    'conflict',
    { candidates: [{ id: first.id }], mayForce: true },
  ])
  const second = (await manager.post('/tenant/v1/companies', { name: 'Umbrella Ltd', force: true })).json()
  const pairs = (await manager.get('/tenant/v1/duplicates?kind=company')).json().data
  expect(pairs).toMatchObject([{ newer: { id: second.id }, older: { id: first.id }, likeness: 1 }])

  const pair = { kind: 'company', keepId: second.id, mergeId: first.id }
  const preview = await manager.get(`/tenant/v1/merges/preview?${new URLSearchParams(pair)}`)
  expect(mergePreview.parse(preview.json()).fields).toContainEqual(
    expect.objectContaining({ field: 'industry', kept: null, result: 'Pharma', choice: false }),
  )
  const merged = await manager.post('/tenant/v1/merges', { ...pair, take: ['name'] })
  expect(merged.statusCode).toBe(201)
  expect((await manager.get(`/tenant/v1/companies/${second.id}`)).json()).toMatchObject({
    ...{ name: 'Umbrella GmbH', industry: 'Pharma' },
  })
  const undone = await manager.post(`/tenant/v1/merges/${mergeView.parse(merged.json()).id}/undo`)
  expect(undone.statusCode).toBe(200)
  expect((await manager.get(`/tenant/v1/companies/${first.id}`)).statusCode).toBe(200)
  const again = await manager.post(`/tenant/v1/merges/${undone.json().id}/undo`, {}, anew())
  expect([again.statusCode, again.json().error.details]).toEqual([409, { reasons: ['it has been undone already'] }])
})

it('purges one deal from the trash, once, and for those who may', async () => {
  const { id } = (await manager.post('/tenant/v1/deals', { title: 'Goes' })).json()
  const purge = `/tenant/v1/deals/${id}/purge`
  expect((await admin.post(purge)).statusCode).toBe(404)
  expect((await remove(manager, `/tenant/v1/deals/${id}`)).statusCode).toBe(204)
  expect((await manager.post(purge)).statusCode).toBe(403)
  expect((await admin.post(purge, {}, anew())).statusCode).toBe(204)
  expect((await admin.post(purge, {}, anew())).statusCode).toBe(404)
  expect((await manager.get('/tenant/v1/deals?deleted=true')).json().data).toEqual([])
})

it('lets no member merge, see duplicates or purge', async () => {
  const member = await api.as(acme, 'member')
  const id = crypto.randomUUID()
  const answers = await Promise.all([
    member.get('/tenant/v1/duplicates?kind=contact'),
    member.get(`/tenant/v1/merges/preview?kind=deal&keepId=${id}&mergeId=${id}`),
    member.post('/tenant/v1/merges', { kind: 'deal', keepId: id, mergeId: id }),
    member.post(`/tenant/v1/merges/${id}/undo`),
    member.post(`/tenant/v1/deals/${id}/purge`),
  ])
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403, 403])
})

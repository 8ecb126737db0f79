// Leads over HTTP: what a form's server sends with its key, and who decides about what is held.
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let owner: Caller
let robot: Caller
const url = '/tenant/v1/leads'
const lead = { name: 'Ada', email: 'ada@analytical.test', message: 'Tell me more.', phone: '', company: '' }

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  owner = await api.as(acme, 'owner')
  const made = await owner.post('/tenant/v1/api-keys', { name: 'Website', scopes: ['lead:create'] })
  robot = api.with(made.json().key)
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const deals = async () => (await owner.get('/tenant/v1/deals')).json().data
const held = async () => (await owner.get(url)).json().data

describe('a form', () => {
  it('sends a lead with a key that can do nothing else', async () => {
    const sent = await robot.post(url, lead, { 'idempotency-key': 'form-1' })
    expect([sent.statusCode, sent.json()]).toEqual([202, { received: true, id: expect.any(String) }])
    const again = await robot.post(url, lead, { 'idempotency-key': 'form-1' })
    expect([again.headers['idempotency-replayed'], again.body]).toEqual(['true', sent.body])
    expect(await deals()).toMatchObject([
      { title: 'Enquiry: Ada', owner: null, leadSource: 'Website', contact: { email: 'ada@analytical.test' } },
    ])
    for (const path of ['/tenant/v1/deals', '/tenant/v1/contacts', url])
      expect((await robot.get(path)).statusCode, path).toBe(403)
  })

  it('gets the same answer for what is held, and the visitor is whom the form names, not who forwards', async () => {
    const before = (await deals()).length
    const ask = (n: number, address: string) =>
      robot.post(
        url,
        { ...lead, email: `p${n}@many.test`, visitorAddress: address },
        { 'x-forwarded-for': `203.0.113.${n}` },
      )
    const answers = []
    for (let n = 0; n < 6; n++) answers.push(await ask(n, '198.51.100.7'))
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${Object.keys(JSON.parse(body))}`)).size).toBe(
      1,
    )
    expect([(await deals()).length - before, (await held()).length]).toEqual([5, 1])
  })

  it.each([
    ['no e-mail', { email: '' }, 400],
    ['a page that is none', { pageUrl: 'javascript' }, 400],
    ['an address that is none', { visitorAddress: 'somewhere' }, 400],
    ['an owner of its own choice', { ownerId: '01a1fc95-43e3-73da-86be-5895f1c71ec0' }, 422],
    ['a message without end', { message: 'x'.repeat(5001) }, 400],
    ['text that nobody can store', { name: 'a\u0000b' }, 400],
  ])('is refused with %s', async (_what, change, status) => {
    expect((await robot.post(url, { ...lead, ...change })).statusCode).toBe(status)
  })
})

describe('a held lead', () => {
  it('is shown to managers, who accept or discard it once', async () => {
    const hold = async (n: number) =>
      (await robot.post(url, { ...lead, email: `held${n}@bots.test`, honeypot: 'x' })).json().id as string
    const [wanted, spam] = [await hold(1), await hold(2)]
    const manager = await api.as(acme, 'manager')
    for (const role of ['member', 'viewer'] as const) {
      const caller = await api.as(acme, role)
      expect((await caller.get(url)).statusCode, role).toBe(403)
      expect((await caller.post(`${url}/${wanted}/accept`)).statusCode, role).toBe(403)
    }
    expect((await manager.post(url, lead)).statusCode, 'a manager has no form').toBe(403)
    expect((await manager.post(`${url}/${wanted}/accept`)).json()).toMatchObject({
      state: 'ACCEPTED',
      dealId: expect.any(String),
    })
    expect((await manager.post(`${url}/${spam}/discard`)).json()).toMatchObject({ state: 'DISCARDED', dealId: null })
    expect((await manager.post(`${url}/${spam}/accept`)).statusCode).toBe(409)
    expect((await manager.get(`${url}?state=DISCARDED`)).json().data.map(({ id }: { id: string }) => id)).toEqual([
      spam,
    ])
  })
})

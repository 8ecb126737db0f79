import { readdir } from 'node:fs/promises'
import { hashPassword } from '@throughline/accounts'
import { dealBoard, dealPage, dealStatistics, dealView, importAccepted } from '@throughline/contracts'
import { jobCatalog } from '@throughline/job-catalog'
import { createLogger } from '@throughline/telemetry'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../app.ts'
import { openResources } from '../../resources.ts'

const maxBytes = 200_000
let world: TestWorld
let app: FastifyInstance
let closeResources: () => Promise<void>
let acme: TestTenant
let globex: TestTenant
const tokens = new Map<string, string>()

beforeAll(async () => {
  const passwordHash = await hashPassword(testPassword)
  world = await createTestWorld({ passwordHash, env: { UPLOAD_MAX_BYTES: String(maxBytes) } })
  const resources = await openResources(world.config, jobCatalog, createLogger({ level: 'silent', name: 'api' }))
  closeResources = () => resources.close()
  app = await buildApp(resources)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await app.close()
  await closeResources()
  await world.close()
})

async function as(
  tenant: TestTenant,
  role: 'owner' | 'manager' | 'member' | 'viewer',
): Promise<Record<string, string>> {
  const { email } = tenant.members[role]
  const known = tokens.get(email)
  if (known) return { authorization: `Bearer ${known}` }
  const answer = await app.inject({
    method: 'POST',
    url: '/auth/v1/login',
    headers: { 'x-client': 'api' },
    payload: { email, password: testPassword },
  })
  tokens.set(email, answer.json().accessToken)
  return { authorization: `Bearer ${answer.json().accessToken}` }
}

async function upload(content: string, { tenant = acme, query = '', headers = {} } = {}) {
  const boundary = 'a-boundary-of-this-test'
  const payload = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="deals.csv"\r\nContent-Type: text/csv\r\n\r\n${content}\r\n--${boundary}--\r\n`
  return app.inject({
    method: 'POST',
    url: `/tenant/v1/deal-imports${query}`,
    headers: {
      ...(await as(tenant, 'manager')),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
    payload,
  })
}

async function storedFiles(): Promise<number> {
  const entries = await readdir(world.config.storage.dir, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).length
}

describe('deals over HTTP', () => {
  it('are created, read, changed and moved, each with its version', async () => {
    const headers = await as(acme, 'manager')
    const created = await app.inject({
      method: 'POST',
      url: '/tenant/v1/deals',
      headers,
      payload: { title: 'Over HTTP', value: '12.50' },
    })
    expect(created.statusCode).toBe(201)
    const deal = dealView.parse(created.json())
    expect(created.headers).toMatchObject({ location: `/tenant/v1/deals/${deal.id}`, etag: '"1"' })
    const url = `/tenant/v1/deals/${deal.id}`
    const changed = await app.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'if-match': '"1"' },
      payload: { title: 'Changed' },
    })
    expect(changed.json()).toMatchObject({ title: 'Changed', version: 2 })
    const stale = await app.inject({
      method: 'PATCH',
      url,
      headers: { ...headers, 'if-match': '"1"' },
      payload: { title: 'Late' },
    })
    expect([stale.statusCode, stale.json().error.code]).toEqual([412, 'stale_version'])
    const unexplained = await app.inject({
      method: 'POST',
      url: `${url}/move`,
      headers,
      payload: { stage: 'CLOSED_LOST' },
    })
    expect([unexplained.statusCode, unexplained.json().error.details.issues[0].path]).toEqual([400, 'body.lostReason'])
    const moved = await app.inject({ method: 'POST', url: `${url}/move`, headers, payload: { stage: 'CLOSED_WON' } })
    expect(moved.json()).toMatchObject({ stage: 'CLOSED_WON', version: 3 })
    expect((await app.inject({ url, headers: await as(globex, 'owner') })).statusCode).toBe(404)
    expect(
      (await app.inject({ method: 'PATCH', url, headers: await as(acme, 'member'), payload: { title: 'x' } }))
        .statusCode,
    ).toBe(403)
    expect(
      (
        await app.inject({
          method: 'POST',
          url: '/tenant/v1/deals',
          headers: await as(acme, 'viewer'),
          payload: { title: 'x' },
        })
      ).statusCode,
    ).toBe(403)
  })

  it('list, board and statistics keep their contract, though Postgres writes them', async () => {
    const headers = await as(acme, 'viewer')
    const get = async (path: string) => (await app.inject({ url: `/tenant/v1/${path}`, headers })).json()
    expect(dealPage.parse(await get('deals?limit=10&sort=value')).data.length).toBeGreaterThan(0)
    expect(dealBoard.parse(await get('deals/board?stage=CLOSED_WON')).columns).toMatchObject([
      { stage: 'CLOSED_WON', count: 1 },
    ])
    expect(dealStatistics.parse(await get('deals/statistics')).closed).toMatchObject({ won: { count: 1 }, winRate: 1 })
    expect((await app.inject({ url: '/tenant/v1/deals?limit=1000', headers })).statusCode).toBe(400)
  })
})

describe('POST /tenant/v1/deal-imports', () => {
  it('answers 202 with the import and its job, and a replay answers the same and stores nothing', async () => {
    const headers = { 'idempotency-key': 'one-upload' }
    const first = await upload('Title,Value\nA,1\n', { headers, query: '?start=auto' })
    expect(first.statusCode).toBe(202)
    const accepted = importAccepted.parse(first.json())
    expect(first.headers.location).toBe(`/tenant/v1/deal-imports/${accepted.import.id}`)
    const files = await storedFiles()
    const again = await upload('Title,Value\nA,1\n', { headers, query: '?start=auto' })
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.json()).toEqual(first.json())
    expect(await storedFiles()).toBe(files)
    const other = await upload('Title,Value\nB,1\n', { headers, query: '?start=auto' })
    expect(other.json().error.code).toBe('idempotency_key_reused')
    expect(await storedFiles()).toBe(files)
    const foreign = await app.inject({
      url: `/tenant/v1/deal-imports/${accepted.import.id}`,
      headers: await as(globex, 'owner'),
    })
    expect(foreign.statusCode).toBe(404)
  })

  it.each([1, 500_000])('refuses %i bytes more than allowed and leaves nothing', async (extra) => {
    const files = await storedFiles()
    const answer = await upload('x'.repeat(maxBytes + extra))
    expect([answer.statusCode, answer.json().error?.code]).toEqual([413, 'payload_too_large'])
    expect(await storedFiles()).toBe(files)
  })

  it('refuses what is no upload, and who may not import', async () => {
    const headers = await as(acme, 'manager')
    const json = await app.inject({ method: 'POST', url: '/tenant/v1/deal-imports', headers, payload: { a: 1 } })
    expect([400, 406, 415]).toContain(json.statusCode)
    const member = await upload('Title\nA\n', { headers: await as(acme, 'member') })
    expect(member.statusCode).toBe(403)
  })
})

it('lets no member delete in bulk, not even deals of their own', async () => {
  const headers = await as(acme, 'member')
  const created = await app.inject({ method: 'POST', url: '/tenant/v1/deals', headers, payload: { title: 'My own' } })
  const { id } = created.json()
  for (const role of ['member', 'viewer'] as const) {
    const payload = { ids: [id] }
    const refused = await app.inject({
      ...{ method: 'POST', url: '/tenant/v1/deals/bulk-delete', headers: await as(acme, role), payload },
    })
    expect([refused.statusCode, refused.json().error.code]).toEqual([403, 'forbidden'])
  }
  expect((await app.inject({ url: `/tenant/v1/deals/${id}`, headers })).json()).toMatchObject({ version: 1 })
})

// Keys for machines: shown once, bounded by scopes, ended at once, replaced with an overlap.
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let owner: Caller

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  owner = await api.as(acme, 'owner')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

let made = 0
const make = async (scopes: string[], change: object = {}) => {
  const response = await owner.post('/tenant/v1/api-keys', { name: `robot ${++made}`, scopes, ...change })
  return { response, ...(response.json() as { key: string; apiKey: { id: string; hint: string } }) }
}

describe('an API key', () => {
  it('works in its firm, within its scopes, and nowhere else', async () => {
    const { key } = await make(['deal:read', 'deal:create'])
    const robot = api.with(key)
    const created = await robot.post('/tenant/v1/deals', { title: 'From a machine' }, { 'idempotency-key': 'm-1' })
    expect(created.statusCode).toBe(201)
    expect(created.json().ownerId ?? null, 'a machine owns nothing').toBeNull()
    const again = await robot.post('/tenant/v1/deals', { title: 'From a machine' }, { 'idempotency-key': 'm-1' })
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect((await robot.get('/tenant/v1/deals')).json().data).toHaveLength(1)
    expect((await (await api.as(globex, 'owner')).get('/tenant/v1/deals')).json().data).toEqual([])
    const refused = await robot.get('/tenant/v1/activities')
    expect([refused.statusCode, refused.json().error.message]).toEqual([403, expect.stringContaining('activity:read')])
    for (const path of ['/auth/v1/me', '/auth/v1/sessions', '/dm/v1/queue', '/admin/v1/tenants'])
      expect((await robot.get(path)).statusCode, path).toBe(403)
    const row = await acme
      .systemCtx()
      .db.queryOne<{ actor: string; kind: string }>(
        sql`select actor_id as actor, actor_kind as kind from audit_entries where action = 'deal.created'`,
      )
    expect(row?.kind).toBe('api_key')
  })

  it('asks for work that is done, in its own name', async () => {
    const { key } = await make(['activity:create', 'job:read'])
    const asked = await api.with(key).post('/tenant/v1/activities', { topic: 'A topic', audience: 'Founders' })
    expect(asked.statusCode).toBe(202)
    const job = await api.with(key).get(`/tenant/v1/jobs/${asked.json().jobId}`)
    expect(job.json()).toMatchObject({ state: 'QUEUED' })
  })

  it('is shown once: nothing that is stored or listed opens the door', async () => {
    const { key, apiKey } = await make(['deal:read'])
    // The last 43 characters; an underscore may be one of them.
    const secret = key.slice(-43)
    const replayed = await owner.post('/tenant/v1/api-keys', { name: `robot ${made}`, scopes: ['deal:read'] })
    expect(replayed.json().key, 'a double click gets the same key').toBe(key)
    const list = await owner.get('/tenant/v1/api-keys')
    expect(list.body).not.toContain(secret)
    expect(list.json().data[0]).toMatchObject({ id: apiKey.id, state: 'active', createdBy: 'owner of Acme' })
    const [found] = await world.database.platform.query<{ found: number }>(sql`select count(*)::int as found from (
      select row_to_json(t)::text as row from api_keys t union all select row_to_json(t)::text from audit_entries t
      union all select row_to_json(t)::text from events t union all select row_to_json(t)::text from idempotency_keys t
    ) everything where position(${secret} in row) > 0`)
    expect(found).toEqual({ found: 0 })
  })

  it('is refused when it is altered, unknown, expired or revoked', async () => {
    const { key, apiKey } = await make(['deal:read'], { expiresInDays: 1 })
    const status = async (candidate: string) => (await api.with(candidate).get('/tenant/v1/deals')).statusCode
    expect(await status(key)).toBe(200)
    expect(await status(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBe(401)
    expect(await status(`tlk_${'0'.repeat(32)}_${'A'.repeat(43)}`)).toBe(401)
    expect(await status('tlk_nonsense')).toBe(401)
    expect((await owner.post(`/tenant/v1/api-keys/${apiKey.id}/revoke`)).json().state).toBe('revoked')
    await expectEventually(async () => expect(await status(key)).toBe(401))
    const short = await make(['deal:read'], { expiresInDays: 1 })
    await world.database.platform.execute(
      sql`update api_keys set expires_at = now() where id = ${short.apiKey.id}::uuid`,
    )
    expect(await status(short.key)).toBe(401)
  })

  it('is rotated with an overlap: both work, then the new one alone', async () => {
    const { key, apiKey } = await make(['deal:read'])
    const rotated = await owner.post(`/tenant/v1/api-keys/${apiKey.id}/rotate`, { overlapHours: 1 })
    expect(rotated.statusCode).toBe(201)
    const status = async (candidate: string) => (await api.with(candidate).get('/tenant/v1/deals')).statusCode
    expect([await status(key), await status(rotated.json().key)]).toEqual([200, 200])
    const states = Object.fromEntries(
      (await owner.get('/tenant/v1/api-keys'))
        .json()
        .data.map((each: { id: string; state: string }) => [each.id, each.state]),
    )
    expect([states[apiKey.id], states[rotated.json().apiKey.id]]).toEqual(['rotating', 'active'])
    expect((await owner.post(`/tenant/v1/api-keys/${apiKey.id}/rotate`, { overlapHours: 2 })).statusCode).toBe(409)
    await world.database.platform.execute(sql`update api_keys set expires_at = now() where id = ${apiKey.id}::uuid`)
    await expectEventually(async () => expect(await status(key)).toBe(401))
    expect(await status(rotated.json().key)).toBe(200)
  })

  it('can be given nothing of identity, and is made by administrators alone', async () => {
    for (const scope of ['member:manage', 'api_key:manage', 'account:manage', 'platform:read', 'everything'])
      expect((await make([scope])).response.statusCode, scope).toBe(400)
    for (const role of ['manager', 'member', 'viewer'] as const) {
      const other = await api.as(acme, role)
      expect((await other.get('/tenant/v1/api-keys')).statusCode).toBe(403)
    }
    const { apiKey } = await make(['deal:read'])
    const stranger = await api.as(globex, 'owner')
    expect((await stranger.post(`/tenant/v1/api-keys/${apiKey.id}/revoke`)).statusCode).toBe(404)
  })

  it('remembers roughly when it was used last', async () => {
    const { key, apiKey } = await make(['deal:read'])
    await api.with(key).get('/tenant/v1/deals')
    await expectEventually(async () => {
      const { data } = (await owner.get('/tenant/v1/api-keys')).json()
      expect(data.find(({ id }: { id: string }) => id === apiKey.id).lastUsedAt).not.toBeNull()
    })
  })
})

// A superadmin acts as a member: for a reason, for half an hour, in the open, and with neither money nor identity.
import { hashPassword } from '@throughline/accounts'
import { kindOf } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestStaff, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let sam: TestStaff
let admin: Caller

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  sam = await world.staff('super_admin', 'Sam')
  admin = await api.asStaff(sam, 'super_admin')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const reason = 'The customer cannot see a deal (ticket 4711)'
const start = (change: object = {}) =>
  admin.post('/admin/v1/impersonations', { tenantId: acme.id, userId: acme.members.owner.id, reason, ...change })
const enter = (token: string) =>
  api.app.inject({
    method: 'POST',
    url: '/auth/v1/impersonate',
    payload: { token },
    headers: { 'x-client': 'api' },
  })
const tokenOf = (url: string): string => new URL(url).hash.slice('#token='.length)

async function actAsOwner() {
  const { url } = (await start()).json()
  const entered = (await enter(tokenOf(url))).json()
  return { user: entered.user, refreshToken: entered.refreshToken, as: api.with(entered.accessToken) }
}

describe('acting as somebody else', () => {
  it('begins with a link that is good once, and ends by itself', async () => {
    const { url, endsAt } = (await start()).json()
    expect(url).toMatch(/^http:\/\/localhost:3000\/impersonate#token=/)
    expect(Math.abs(Date.parse(endsAt) - Date.now() - 30 * 60_000)).toBeLessThan(60_000)
    const both = await Promise.all([enter(tokenOf(url)), enter(tokenOf(url))])
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410])
    const session = both.find(({ statusCode }) => statusCode === 200)?.json()
    expect(session.user).toMatchObject({ id: acme.members.owner.id, impersonation: { by: 'Sam', reason, endsAt } })
    expect(session.refreshToken, 'it cannot be renewed').toBeUndefined()
    const claims = JSON.parse(Buffer.from(session.accessToken.split('.')[1], 'base64url').toString())
    expect(claims.act).toEqual({ sub: sam.id })
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(30 * 60)
    const stale = (await start()).json()
    await world.database.platform.execute(sql`update link_tokens set expires_at = now() where used_at is null`)
    expect((await enter(tokenOf(stale.url))).statusCode).toBe(410)
  })

  it('writes both names into every row, and the firm can read it', async () => {
    const { as } = await actAsOwner()
    const deal = await as.post('/tenant/v1/deals', { title: 'Made in their name' })
    expect(deal.statusCode).toBe(201)
    const rows = await acme
      .systemCtx()
      .db.query<{ action: string; actor: string; by: string | null }>(
        sql`select action, actor_id as actor, impersonator_id as by from audit_entries order by seq desc limit 2`,
      )
    expect(rows).toEqual([
      { action: 'deal.created', actor: acme.members.owner.id, by: sam.id },
      { action: 'impersonation.started', actor: sam.id, by: null },
    ])
    const owner = await api.as(acme, 'owner')
    const [entry] = (await owner.get('/tenant/v1/audit?action=deal.created')).json().data
    expect(entry).toMatchObject({ actorName: 'owner of Acme', impersonatorName: 'Throughline support' })
    const seen = (await owner.get('/auth/v1/sessions')).json().data
    expect(
      seen.some(({ impersonated }: { impersonated: boolean }) => impersonated),
      'and see the session',
    ).toBe(true)
  })

  it('reaches no route of identity or money, and all others that the person reaches', async () => {
    const { as } = await actAsOwner()
    const guarded = api.app.knownRoutes.filter(({ config, method }) => {
      const verb = [method].flat()[0] ?? ''
      return config?.permission && (config.guard === 'tenant' || config.guard === 'anyone') && verb !== 'HEAD'
    })
    const wrong: string[] = []
    for (const { method, url, config } of guarded) {
      if (!config?.permission || url === '/auth/v1/logout') continue
      const verb = String([method].flat()[0])
      const response = await api.app.inject({
        method: verb as 'GET',
        url: url.replace(/:\w+/g, '01a1fc95-43e3-73da-86be-5895f1c71ec0'),
        headers: { authorization: `Bearer ${as.token}` },
        ...(verb === 'GET' || verb === 'DELETE' ? {} : { payload: {} }),
      })
      const isRefused = response.statusCode === 403 && response.json().error.code === 'impersonation_refused'
      const shouldBe = kindOf(config.permission) === 'identity' || kindOf(config.permission) === 'money'
      if (isRefused !== shouldBe) wrong.push(`${verb} ${url} (${config.permission}): ${response.statusCode}`)
    }
    expect(guarded.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  })

  it('needs a reason, a person who works there, and a superadmin', async () => {
    expect((await start({ reason: 'because' })).statusCode).toBe(400)
    expect((await start({ userId: globex.members.owner.id })).statusCode).toBe(404)
    expect((await start({ tenantId: crypto.randomUUID() })).statusCode).toBe(404)
    const body = { tenantId: acme.id, userId: acme.members.owner.id, reason }
    for (const role of ['reviewer', 'dm_admin'] as const) {
      const staff = await api.asStaff(await world.staff(role), role)
      expect((await staff.post('/admin/v1/impersonations', body)).statusCode).toBe(403)
    }
    expect((await (await api.as(acme, 'owner')).post('/admin/v1/impersonations', body)).statusCode).toBe(403)
  })

  it('ends when the superadmin is disabled', async () => {
    const { as } = await actAsOwner()
    expect((await as.get('/auth/v1/me')).statusCode).toBe(200)
    const other = await api.asStaff(await world.staff('super_admin', 'Sue'), 'super_admin')
    await other.post(`/admin/v1/users/${sam.id}/disable`, { reason: 'left us' })
    expect((await as.get('/auth/v1/me')).statusCode).toBe(401)
    expect((await admin.get('/admin/v1/tenants')).statusCode).toBe(401)
    await other.post(`/admin/v1/users/${sam.id}/enable`)
    admin = await api.asStaff(sam, 'super_admin')
    expect((await admin.post(`/admin/v1/users/${sam.id}/disable`, { reason: 'oneself' })).statusCode).toBe(409)
  })
})

describe('the console', () => {
  it('leaves a row for what it does to a firm and for looking at one', async () => {
    await admin.get(`/admin/v1/tenants/${globex.id}`)
    await admin.post(`/admin/v1/tenants/${globex.id}/suspend`, { reason: 'test' })
    await admin.post(`/admin/v1/tenants/${globex.id}/reactivate`)
    const page = (await admin.get(`/admin/v1/audit?tenantId=platform&actorId=${sam.id}&limit=3`)).json()
    expect(page.data.map(({ action }: { action: string }) => action)).toEqual([
      'tenant.reactivated',
      'tenant.suspended',
      'tenant.viewed',
    ])
    const own = (await (await api.as(globex, 'owner')).get('/tenant/v1/audit')).json().data
    expect(own.map(({ action }: { action: string }) => action)).toEqual(['tenant.reactivated', 'tenant.suspended'])
  })
})

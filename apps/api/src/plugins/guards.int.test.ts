// Who may do what, over every route that there is, and what strangers are told.
import { type Permission, platformRoles, roleAllows, tenantRoles } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
const callers = new Map<string, Caller>()

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  for (const role of tenantRoles) callers.set(role, await api.as(acme, role))
  for (const role of platformRoles) callers.set(role, await api.asStaff(await world.staff(role), role))
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const someId = '01a1fc95-43e3-73da-86be-5895f1c71ec0'
const changes = ['POST', 'PATCH', 'PUT', 'DELETE'] as const

/** Guarded routes with their parameters filled in. Bodies stay empty: who may not pass never gets as far as validation. */
function guardedRoutes() {
  return api.app.knownRoutes.flatMap(({ method, url, config }) => {
    const verb = [method].flat()[0] ?? 'GET'
    const guard = config?.guard
    // The queue console looks only: whatever else its library offers is refused to everybody.
    if (
      !guard ||
      guard === 'public' ||
      !config?.permission ||
      verb === 'HEAD' ||
      url.includes('*') ||
      config.servedByLibrary
    )
      return []
    return [{ verb, url: url.replace(/:\w+/g, someId), guard, permission: config.permission }]
  })
}

const audience = {
  tenant: tenantRoles,
  reviewer: platformRoles,
  superadmin: ['super_admin'],
  anyone: [...tenantRoles, ...platformRoles],
} as const

describe('the guards', () => {
  it('let nobody in without a token, on any route', async () => {
    for (const { verb, url } of guardedRoutes()) {
      const response = await api.app.inject({ method: verb as 'GET', url })
      expect(response.statusCode, `${verb} ${url}`).toBe(401)
      expect(response.json().error.code).toBe('unauthenticated')
    }
  })

  it('let each role do what the one map allows, and nothing else', async () => {
    const routes = guardedRoutes().filter(({ url }) => !url.startsWith('/auth/v1/logout'))
    expect(routes.length).toBeGreaterThan(35)
    const wrong: string[] = []
    for (const { verb, url, guard, permission } of routes)
      for (const [role, caller] of callers) {
        const may =
          (audience[guard as keyof typeof audience] as readonly string[]).includes(role) &&
          roleAllows(role as 'owner', permission as Permission)
        const { statusCode } = await api.app.inject({
          method: verb as 'GET',
          url,
          headers: { authorization: `Bearer ${caller.token}` },
          ...(changes.includes(verb as 'POST') ? { payload: {} } : {}),
        })
        if ((statusCode === 403) === may || statusCode >= 500) wrong.push(`${role} ${verb} ${url}: ${statusCode}`)
      }
    expect(wrong).toEqual([])
  })

  it('let superadmins look at the queue console, and let nobody change anything there', async () => {
    const consoleRoutes = api.app.knownRoutes.filter(
      ({ config, url }) => config?.servedByLibrary && url.startsWith('/admin/'),
    )
    expect(consoleRoutes.length).toBeGreaterThan(10)
    const admin = callers.get('super_admin')
    const owner = callers.get('owner')
    expect((await admin?.get('/admin/v1/queues/ui/'))?.statusCode).toBe(200)
    expect((await owner?.get('/admin/v1/queues/ui/'))?.statusCode).toBe(403)
    expect((await api.app.inject('/admin/v1/queues/ui/')).statusCode).toBe(401)
    for (const { method, url } of consoleRoutes) {
      const verb = [method].flat()[0] ?? 'GET'
      if (verb === 'GET' || verb === 'HEAD') continue
      const response = await api.app.inject({
        method: verb as 'POST',
        url: url.replace(/:\w+/g, someId),
        headers: { authorization: `Bearer ${admin?.token}` },
      })
      expect(response.statusCode, `${verb} ${url}`).toBe(403)
    }
  })

  it('tell whoever asks for something of another firm exactly what they tell about nothing', async () => {
    const own = callers.get('owner')
    const stranger = await api.as(globex, 'owner')
    if (!own) throw new Error('no owner')
    const deal = (await own.post('/tenant/v1/deals', { title: 'Secret' })).json()
    const post = (await own.post('/tenant/v1/activities', { topic: 'Secret', audience: 'us' })).json()
    const document = (await own.post('/tenant/v1/knowledge', { title: 'Secret', body: 'Secret' })).json()
    expect(document.id).toBeTruthy()
    const paths = (dealId: string, activityId: string, jobId: string) => [
      `/tenant/v1/deals/${dealId}`,
      `/tenant/v1/activities/${activityId}`,
      `/tenant/v1/jobs/${jobId}`,
      `/media/v1/files/${dealId}`,
      `/tenant/v1/deal-imports/${dealId}`,
    ]
    const foreign = paths(deal.id, post.activity.id, post.jobId)
    const nothing = paths(someId, someId, someId)
    for (const [index, path] of foreign.entries()) {
      const answers = await Promise.all([path, nothing[index] ?? ''].map((each) => stranger.get(each)))
      const [a, b] = answers.map((answer) => ({
        status: answer.statusCode,
        error: { ...answer.json().error, requestId: '' },
      }))
      expect(a, path).toEqual(b)
      expect(a?.status, path).toBe(404)
    }
    for (const list of ['deals', 'activities', 'jobs', 'knowledge'])
      expect(JSON.stringify((await stranger.get(`/tenant/v1/${list}`)).json()), list).not.toContain('Secret')
    expect((await stranger.post(`/tenant/v1/deals/${deal.id}/move`, { stage: 'QUALIFIED' })).statusCode).toBe(404)
    expect((await stranger.get('/tenant/v1/events?after=0')).json().data).toEqual([])
  })

  it('do not take a change by cookie from a foreign page', async () => {
    const cookie = `tl_dashboard_access=${callers.get('owner')?.token}`
    const change = (origin: string) =>
      api.app.inject({
        method: 'PATCH',
        url: '/tenant/v1/settings',
        payload: { name: 'Mine now' },
        headers: { cookie, origin },
      })
    for (const origin of ['https://evil.example', 'null']) {
      const response = await change(origin)
      expect(response.statusCode).toBe(403)
      expect(response.json().error.code).toBe('origin_refused')
    }
    expect((await change('http://localhost:3000')).statusCode).toBe(200)
  })
})

describe('every refusal', () => {
  it('has the one shape and the id of its request', async () => {
    const manager = callers.get('manager')
    const headers = { authorization: `Bearer ${manager?.token}`, 'x-request-id': 'my-own-request-1' }
    const json = { ...headers, 'content-type': 'application/json' }
    const answers = await Promise.all([
      api.app.inject({ method: 'GET', url: '/nowhere', headers }),
      api.app.inject({ method: 'GET', url: '/tenant/v1/deals?limit=1000', headers }),
      api.app.inject({ method: 'GET', url: '/tenant/v1/deals?cursor=bogus', headers }),
      api.app.inject({ method: 'GET', url: '/tenant/v1/deals/not-an-id', headers }),
      api.app.inject({ method: 'POST', url: '/tenant/v1/deals', headers: json, payload: '{"title":' }),
      api.app.inject({
        method: 'POST',
        url: '/tenant/v1/deals',
        headers: json,
        payload: JSON.stringify({ title: 'x'.repeat(2_000_000) }),
      }),
      api.app.inject({
        method: 'POST',
        url: '/tenant/v1/deals',
        headers: { ...headers, 'content-type': 'text/csv' },
        payload: 'a,b',
      }),
      api.app.inject({
        method: 'POST',
        url: '/tenant/v1/deals',
        headers: json,
        payload: '{"title":"x","tenantId":"y"}',
      }),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 400, 400, 400, 400, 413, 415, 422])
    for (const answer of answers) {
      expect(answer.headers['x-request-id']).toBe('my-own-request-1')
      expect(answer.json()).toEqual({
        error: expect.objectContaining({
          code: expect.any(String),
          message: expect.any(String),
          requestId: 'my-own-request-1',
        }),
      })
    }
  })

  it('replaces a request id that is not well formed', async () => {
    const response = await api.app.inject({
      method: 'GET',
      url: '/health/live',
      headers: { 'x-request-id': 'evil\u0001' },
    })
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  })
})

it('answers 429 in the one shape, with the time to wait, when an address asks too often', async () => {
  const tight = await createTestApp({
    ...world,
    config: {
      ...world.config,
      rateLimits: { ...world.config.rateLimits, perMinute: 3, loginPerMinute: 2 },
      redis: { ...world.config.redis, prefix: `${world.config.redis.prefix}-tight` },
    },
  })
  try {
    const answers = []
    for (let n = 0; n < 5; n++) answers.push(await tight.app.inject({ method: 'GET', url: '/nowhere' }))
    const last = answers.at(-1)
    expect((await tight.app.inject({ method: 'GET', url: '/tenant/v1/deals' })).statusCode, 'before the guard').toBe(
      429,
    )
    expect(last?.statusCode).toBe(429)
    expect(last?.json().error.code).toBe('rate_limited')
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0)
    expect((await tight.app.inject('/health/live')).statusCode).toBe(200)
  } finally {
    await tight.close()
  }
})

import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let one: TestApp
let two: TestApp
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  one = await createTestApp(world)
  two = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await one?.close()
  await two?.close()
  await world?.close()
})

const login = (email: string, headers: Record<string, string> = { 'x-client': 'api' }, password = testPassword) =>
  one.app.inject({ method: 'POST', url: '/auth/v1/login', payload: { email, password }, headers })
const refresh = (refreshToken: string, node = one) =>
  node.app.inject({
    method: 'POST',
    url: '/auth/v1/refresh',
    payload: { refreshToken },
    headers: { 'x-client': 'api' },
  })
const later = (seconds: number) =>
  world.database.platform.execute(
    sql`update refresh_tokens set used_at = used_at - ${`${seconds} seconds`}::interval where used_at is not null`,
  )

describe('POST /auth/v1/login', () => {
  it('gives clients tokens that live for 15 minutes and know their firm', async () => {
    const response = await login(acme.members.manager.email)
    expect(response.statusCode).toBe(200)
    const { user, accessToken, refreshToken } = response.json()
    expect(user).toMatchObject({ role: 'manager', tenant: { id: acme.id } })
    expect(refreshToken.length).toBeGreaterThan(40)
    const claims = one.app.verifyAccessToken(accessToken)
    expect(claims).toMatchObject({ sub: acme.members.manager.id, tenantId: acme.id, role: 'manager' })
    expect(claims.exp - claims.iat).toBe(15 * 60)
    expect(response.headers['set-cookie']).toBeUndefined()
  })

  it('gives browsers cookies that no script can read, and no token in the answer', async () => {
    const response = await login(globex.members.owner.email, {})
    expect(response.json()).not.toHaveProperty('accessToken')
    const cookies = [response.headers['set-cookie']].flat()
    expect(cookies).toHaveLength(2)
    for (const cookie of cookies) expect(cookie).toMatch(/^tl_dashboard_.*HttpOnly.*SameSite=Lax/)
  })

  it('tells the tokens of a browser to no script of its pages, whatever client the script says it is', async () => {
    const signedIn = await login(globex.members.admin.email, {})
    const cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const headers = { cookie, 'x-client': 'api' }
    const renewed = await one.app.inject({ method: 'POST', url: '/auth/v1/refresh', headers })
    const switched = await one.app.inject({
      method: 'POST',
      url: '/auth/v1/switch-firm',
      headers,
      payload: { tenantId: globex.id },
    })
    for (const answer of [renewed, switched]) {
      expect(answer.statusCode).toBe(200)
      expect(Object.keys(answer.json())).toEqual(['user'])
      expect(answer.cookies).toHaveLength(2)
    }
  })

  it('is not done by a page of somebody else, who would sign a person in to an account of theirs', async () => {
    const { email } = globex.members.admin
    for (const origin of ['https://evil.example', 'null']) {
      const refused = await login(email, { origin })
      expect([refused.statusCode, refused.json().error.code]).toEqual([403, 'origin_refused'])
      expect(refused.headers['set-cookie']).toBeUndefined()
    }
    expect((await login(email, { origin: world.config.api.corsOrigins[0] ?? '' })).statusCode).toBe(200)
  })

  it('refuses a wrong password and an unknown e-mail with the same words', async () => {
    const answers = await Promise.all([
      login(acme.members.owner.email, {}, 'wrong'),
      login('nobody@nowhere.test', {}, 'wrong'),
    ])
    for (const answer of answers) expect(answer.statusCode).toBe(401)
    const [a, b] = answers.map((answer) => ({ ...answer.json().error, requestId: '' }))
    expect(a).toEqual(b)
    expect(a?.code).toBe('invalid_credentials')
  })

  it('keeps members out of the staff portals and staff out of the firm’s', async () => {
    const reviewer = await world.staff('reviewer')
    for (const [email, portal] of [
      [acme.members.owner.email, 'manage'],
      [acme.members.owner.email, 'dm'],
      [reviewer.email, 'dashboard'],
      [reviewer.email, 'manage'],
    ] as const)
      expect((await login(email, { 'x-throughline-portal': portal })).statusCode, `${email} in ${portal}`).toBe(403)
    const inside = await login(reviewer.email, { 'x-throughline-portal': 'dm', 'x-client': 'api' })
    const claims = one.app.verifyAccessToken(inside.json().accessToken)
    expect(claims.tenantId).toBeUndefined()
    expect(claims.exp - claims.iat).toBe(60 * 60)
  })

  it('says which fields are missing', async () => {
    const response = await one.app.inject({ method: 'POST', url: '/auth/v1/login', payload: { email: 'no' } })
    expect(response.statusCode).toBe(400)
    expect(
      response
        .json()
        .error.details.issues.map((issue: { path: string }) => issue.path)
        .sort(),
    ).toEqual(['body.email', 'body.password'])
  })
})

describe('POST /auth/v1/refresh', () => {
  it('rotates: the new token works, and the old one ends the session once the moment of grace is over', async () => {
    const first = (await login(acme.members.admin.email)).json()
    const second = (await refresh(first.refreshToken)).json()
    expect(second.refreshToken).not.toBe(first.refreshToken)
    const third = await refresh(second.refreshToken)
    expect(third.statusCode).toBe(200)
    await later(60)
    expect((await refresh(first.refreshToken)).statusCode).toBe(401)
    expect((await refresh(third.json().refreshToken)).statusCode).toBe(401)
    const me = await one.with(third.json().accessToken).get('/auth/v1/me')
    expect(me.statusCode).toBe(401)
    const audit = await world.database.platform.query(
      sql`select 1 as one from audit_entries where action = 'session.revoked' and tenant_id = ${acme.id}::uuid`,
    )
    expect(audit).toHaveLength(1)
  })

  it('takes the direct parent once more when an answer got lost', async () => {
    const first = (await login(globex.members.admin.email)).json()
    await refresh(first.refreshToken)
    expect((await refresh(first.refreshToken)).statusCode).toBe(200)
  })

  it('lets one of twenty parallel callers win and makes good one lost answer, and ends nobody’s session', async () => {
    const first = (await login(acme.members.viewer.email)).json()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => refresh(first.refreshToken, n % 2 ? one : two)),
    )
    const won = answers.filter(({ statusCode }) => statusCode === 200)
    expect(won.length).toBeGreaterThanOrEqual(1)
    expect(won.length).toBeLessThanOrEqual(2)
    for (const answer of answers) expect([200, 401]).toContain(answer.statusCode)
    expect((await refresh(won[0]?.json().refreshToken)).statusCode).toBe(200)
  })

  it('does not take a grandparent, not even within the moment of grace', async () => {
    const first = (await login(globex.members.manager.email)).json()
    const second = (await refresh(first.refreshToken)).json()
    await refresh(second.refreshToken)
    expect((await refresh(first.refreshToken)).statusCode).toBe(401)
  })

  it('refuses what is no token, and a token of a person who was disabled', async () => {
    expect((await refresh('x'.repeat(43))).statusCode).toBe(401)
    const { refreshToken } = (await login(globex.members.viewer.email)).json()
    await world.database.platform.execute(
      sql`update users set disabled_at = now() where id = ${globex.members.viewer.id}::uuid`,
    )
    expect((await refresh(refreshToken)).statusCode).toBe(401)
    expect((await login(globex.members.viewer.email)).statusCode).toBe(401)
  })
})

describe('POST /auth/v1/logout', () => {
  it('ends the session on every node at once', async () => {
    const { accessToken, refreshToken } = (await login(acme.members.member.email)).json()
    expect((await two.with(accessToken).get('/tenant/v1/settings')).statusCode).toBe(200)
    expect((await one.with(accessToken).post('/auth/v1/logout')).statusCode).toBe(204)
    expect((await one.with(accessToken).get('/tenant/v1/settings')).statusCode).toBe(401)
    await expectEventually(async () =>
      expect((await two.with(accessToken).get('/tenant/v1/settings')).statusCode).toBe(401),
    )
    expect((await refresh(refreshToken)).statusCode).toBe(401)
  })
})

describe('an access token', () => {
  it('that was altered, unsigned or signed by a stranger is refused', async () => {
    const { accessToken } = (await login(acme.members.owner.email)).json()
    const [header = '', payload = '', signature = ''] = accessToken.split('.')
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const decoded = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = [
      `${header}.${encode({ ...decoded, tenantId: globex.id })}.${signature}`,
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      `${encode({ alg: 'none', typ: 'JWT', kid: 'x' })}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}AA`,
      'nonsense',
    ]
    for (const token of forged)
      expect((await one.with(token).get('/tenant/v1/settings')).statusCode, token.slice(0, 20)).toBe(401)
  })
})

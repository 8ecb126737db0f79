// A second factor: an authenticator, recovery codes, and what a firm may ask of its members.
import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { generate } from 'otplib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const login = (email: string, code?: string) =>
  api.app.inject({
    method: 'POST',
    url: '/auth/v1/login',
    headers: { 'x-client': 'api' },
    payload: { email, password: testPassword, ...(code ? { code } : {}) },
  })
const codeAt = (secret: string, seconds = 0) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds })
/** A code of the period after: the present one was used to turn it on. */
const nextCode = (secret: string) => codeAt(secret, 30)
/** As if the last code had been used long ago. */
const forgetStep = (userId: string) =>
  world.database.platform.execute(sql`update second_factors set last_step = null where user_id = ${userId}::uuid`)

async function enrol(token: string) {
  const as = api.with(token)
  const begun = await as.post('/auth/v1/second-factor/begin', { password: testPassword })
  const { secret, uri } = begun.json()
  const confirmed = await as.post('/auth/v1/second-factor/confirm', { code: await codeAt(secret) })
  return { secret: String(secret), uri: String(uri), codes: confirmed.json().recoveryCodes as string[], confirmed }
}

describe('a second factor', () => {
  it('is turned on with the password and a first code, and then asked for', async () => {
    const { email, id } = acme.members.manager
    const other = (await login(email)).json()
    const { accessToken } = (await login(email)).json()
    const as = api.with(accessToken)
    expect((await as.post('/auth/v1/second-factor/begin', { password: 'wrong' })).statusCode).toBe(401)
    const { secret, uri, codes } = await enrol(accessToken)
    expect(uri).toContain('otpauth://totp/Throughline')
    expect(codes).toHaveLength(10)
    expect((await as.get('/auth/v1/second-factor')).json()).toEqual({
      enabled: true,
      required: false,
      recoveryCodesLeft: 10,
    })
    expect((await api.with(other.accessToken).get('/tenant/v1/settings')).statusCode, 'other sessions end').toBe(401)

    expect((await login(email)).json().error.code).toBe('second_factor_required')
    expect((await login(email, '000000')).json().error.code).toBe('second_factor_wrong')
    const code = await nextCode(secret)
    const both = await Promise.all([login(email, code), login(email, code)])
    expect(both.map(({ statusCode }) => statusCode).sort(), 'a code is good once').toEqual([200, 401])

    const [first = ''] = codes
    expect((await login(email, first.toLowerCase().replace('-', ' '))).statusCode).toBe(200)
    expect((await login(email, first)).json().error.code).toBe('second_factor_wrong')
    expect((await as.get('/auth/v1/second-factor')).json().recoveryCodesLeft).toBe(9)
    const stored = await world.database.platform.queryOne<{ row: string }>(
      sql`select row_to_json(f)::text as row from second_factors f where user_id = ${id}::uuid`,
    )
    expect(stored?.row).not.toContain(secret)
    const rows = await world.database.platform.query<{ action: string }>(
      sql`select action from audit_entries where subject_id = ${id}::uuid and action like 'second_factor.%' order by seq`,
    )
    expect(rows.map(({ action }) => action)).toEqual(['second_factor.begun', 'second_factor.enabled'])
  })

  it('does not begin anew while it is on, and goes off with password and code alone', async () => {
    const { email, id } = acme.members.member
    const { accessToken } = (await login(email)).json()
    const as = api.with(accessToken)
    const { secret } = await enrol(accessToken)
    const again = await as.post(
      '/auth/v1/second-factor/begin',
      { password: testPassword },
      { 'idempotency-key': 'again' },
    )
    expect(again.statusCode).toBe(409)
    await forgetStep(id)
    const off = (code: string) => as.post('/auth/v1/second-factor/disable', { password: testPassword, code })
    expect((await off('123456')).json().error.code).toBe('second_factor_wrong')
    expect((await off(await codeAt(secret))).statusCode).toBe(204)
    expect((await login(email)).statusCode).toBe(200)
  })

  it('answers a repeated call from what was kept, which nobody can read in the database', async () => {
    const { accessToken } = (await login(acme.members.viewer.email)).json()
    const as = api.with(accessToken)
    const begin = () =>
      as.post('/auth/v1/second-factor/begin', { password: testPassword }, { 'idempotency-key': 'begin-once' })
    const [first, second] = [await begin(), await begin()]
    expect(second.headers['idempotency-replayed']).toBe('true')
    expect(second.json()).toEqual(first.json())
    const kept = await world.database.platform.query<{ body: string }>(
      sql`select body from idempotency_keys where key = 'begin-once'`,
    )
    expect(kept).toHaveLength(1)
    expect(kept[0]?.body).not.toContain(first.json().secret)
  })
})

describe('a firm that asks for a second factor', () => {
  it('signs out who has none, lets them do nothing but set it up, and then everything', async () => {
    const owner = (await login(globex.members.owner.email)).json()
    await enrol(owner.accessToken)
    const member = (await login(globex.members.member.email)).json()
    const as = api.with(owner.accessToken)
    const policy = await as.get('/tenant/v1/security-policy')
    expect(policy.json()).toMatchObject({ requireSecondFactor: false, membersWithout: 4 })
    const put = (version: number) =>
      api.app.inject({
        method: 'PUT',
        url: '/tenant/v1/security-policy',
        headers: { authorization: `Bearer ${owner.accessToken}`, 'if-match': `"${version}"` },
        payload: { requireSecondFactor: true },
      })
    expect((await put(99)).statusCode).toBe(412)
    expect((await put(policy.json().version)).json()).toMatchObject({ requireSecondFactor: true, membersWithout: 4 })
    expect((await api.with(member.accessToken).get('/tenant/v1/deals')).statusCode).toBe(401)
    expect((await as.get('/tenant/v1/deals')).statusCode, 'who has one goes on').toBe(200)

    const limited = (await login(globex.members.member.email)).json()
    expect(limited.user.mustEnrol).toBe(true)
    const blocked = await api.with(limited.accessToken).get('/tenant/v1/deals')
    expect(blocked.json().error.code).toBe('second_factor_enrolment_required')
    expect((await api.with(limited.accessToken).get('/auth/v1/me')).statusCode).toBe(200)
    await enrol(limited.accessToken)
    const refreshed = await api.app.inject({
      method: 'POST',
      url: '/auth/v1/refresh',
      headers: { 'x-client': 'api' },
      payload: { refreshToken: limited.refreshToken },
    })
    expect(refreshed.json().user.mustEnrol).toBe(false)
    expect((await api.with(refreshed.json().accessToken).get('/tenant/v1/deals')).statusCode).toBe(200)
    expect((await login(acme.members.owner.email)).json().user.mustEnrol, 'another firm does not ask').toBe(false)
  })

  it('keeps it on: nobody turns it off while a firm of theirs asks for it', async () => {
    const { email, id } = globex.members.admin
    const limited = (await login(email)).json()
    const { secret } = await enrol(limited.accessToken)
    await forgetStep(id)
    const proof = { password: testPassword, code: await codeAt(secret) }
    const off = await api.with(limited.accessToken).post('/auth/v1/second-factor/disable', proof)
    expect([off.statusCode, off.json().error.code]).toEqual([409, 'conflict'])
  })
})

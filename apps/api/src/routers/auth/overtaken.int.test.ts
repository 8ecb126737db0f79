// Signing in takes a moment. What ends the sessions of a person in that moment also ends the one that is being opened.
import { endSessionsOf, hashPassword, storePasswordHash } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
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

const login = (email: string) =>
  api.app.inject({
    method: 'POST',
    url: '/auth/v1/login',
    headers: { 'x-client': 'api' },
    payload: { email, password: testPassword },
  })
const sessionsOf = async (userId: string) =>
  (
    await world.database.platform.query(
      sql`select id from sessions where user_id = ${userId}::uuid and revoked_at is null`,
    )
  ).length

/** Commits `change` between the moment in which `enter` has been judged and the one in which its session opens. */
async function overtake<T>(change: () => Promise<unknown>, enter: () => Promise<T>): Promise<T> {
  const { platform } = world.database
  const [changed, mayCommit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const changing = platform.transaction(async () => {
    await change()
    changed.resolve()
    await mayCommit.promise
  })
  await changed.promise
  const entering = enter()
  try {
    await expectEventually(async () => {
      const waiting = await platform.query(
        sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query like '%for share%'`,
      )
      expect(waiting).toHaveLength(1)
    })
  } finally {
    mayCommit.resolve()
    await changing
  }
  return entering
}

const endAll = (userId: string) =>
  endSessionsOf({ db: world.database.platform, sessionsEnded: async () => {} }, userId, null)

describe('a sign-in that is overtaken', () => {
  it('by a reset of the password is refused: the old one opens nothing any more', async () => {
    const { id, email } = acme.members.owner
    const hash = await hashPassword('another long phrase')
    const reset = async () => {
      await storePasswordHash(world.database.platform, id, hash)
      await endAll(id)
    }
    const answer = await overtake(reset, () => login(email))
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'invalid_credentials'])
    expect(await sessionsOf(id)).toBe(0)
  })

  it('by a second factor that is turned on is refused without a code', async () => {
    const { id, email } = acme.members.admin
    const turnOn = async () => {
      await world.database.platform.execute(
        sql`insert into second_factors (user_id, secret, confirmed_at) values (${id}::uuid, 'sealed', now())`,
      )
      await endAll(id)
    }
    const answer = await overtake(turnOn, () => login(email))
    expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'second_factor_required'])
    expect(await sessionsOf(id)).toBe(0)
  })
})

it('going on in another firm is refused when all sessions have been ended meanwhile', async () => {
  const { id, email, name } = globex.members.member
  await world.database.platform.execute(sql`insert into members (tenant_id, id, email, name, role)
    values (${acme.id}::uuid, ${id}::uuid, ${email}, ${name}, 'VIEWER')`)
  const { accessToken, user } = (await login(email)).json()
  const tenantId = user.tenant.id === acme.id ? globex.id : acme.id
  const answer = await overtake(
    () => endAll(id),
    () => api.with(accessToken).post('/auth/v1/switch-firm', { tenantId }, { 'x-client': 'api' }),
  )
  expect([answer.statusCode, answer.json().error.code]).toEqual([401, 'session_expired'])
  expect(await sessionsOf(id)).toBe(0)
})

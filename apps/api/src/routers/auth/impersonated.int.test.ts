// The session of somebody who acts as another: its first and its last moment have both names too.
import { sql } from '@throughline/db'
import { createTestWorld, type TestStaff, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let sam: TestStaff

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  sam = await world.staff('super_admin', 'Sam')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

async function start(): Promise<string> {
  const body = { tenantId: acme.id, userId: acme.members.owner.id, reason: 'a customer cannot see a deal' }
  const started = await (await api.asStaff(sam, 'super_admin')).post('/admin/v1/impersonations', body)
  return new URL(started.json().url).hash.slice('#token='.length)
}
const enter = (token: string) =>
  api.app.inject({
    method: 'POST',
    url: '/auth/v1/impersonate',
    payload: { token },
    headers: { 'x-client': 'api', 'x-forwarded-for': '203.0.113.7' },
  })

describe('an impersonated session', () => {
  it('leaves a row of who followed the link and from where, and of who ended it', async () => {
    const { accessToken } = (await enter(await start())).json()
    expect((await api.with(accessToken).post('/auth/v1/logout')).statusCode).toBe(204)
    const rows = await world.database.platform.query(sql`
      select action, actor_id as actor, impersonator_id as by, address from audit_entries
      where action in ('impersonation.entered', 'session.ended') order by seq`)
    expect(rows).toEqual([
      { action: 'impersonation.entered', actor: sam.id, by: null, address: '203.0.113.7' },
      { action: 'session.ended', actor: acme.members.owner.id, by: sam.id, address: '127.0.0.1' },
    ])
  })

  it('does not open for a superadmin who is none any more', async () => {
    const setRole = (role: string) =>
      world.database.platform.execute(
        sql`update users set platform_role = ${role}::"PlatformRole" where id = ${sam.id}::uuid`,
      )
    const tokens = [await start(), await start(), await start()]
    await setRole('REVIEWER')
    expect((await enter(tokens[0] ?? '')).statusCode).toBe(410)
    await setRole('SUPER_ADMIN')
    await world.database.platform.execute(sql`update users set disabled_at = now() where id = ${sam.id}::uuid`)
    expect((await enter(tokens[1] ?? '')).statusCode).toBe(410)
    await world.database.platform.execute(sql`update users set disabled_at = null where id = ${sam.id}::uuid`)
    expect((await enter(tokens[2] ?? '')).statusCode).toBe(200)
  })
})

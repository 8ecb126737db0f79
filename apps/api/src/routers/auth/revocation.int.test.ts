// Whatever ends a session ends it everywhere: over HTTP and on sockets, on every node, also when Redis has forgotten.
import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let first: TestApp
let second: TestApp
let acme: TestTenant
let globex: TestTenant
let admin: Caller
const sockets: Socket[] = []
/** Five seconds are promised, on a machine that is not busy with other tests. */
const patienceMs = 10_000

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  first = await createTestApp(world)
  second = await createTestApp(world)
  for (const node of [first, second]) await node.app.listen({ port: 0, host: '127.0.0.1' })
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  admin = await first.asStaff(await world.staff('super_admin'), 'super_admin')
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await first?.close()
  await second?.close()
  await world?.close()
})

async function signIn(email: string) {
  const response = await first.app.inject({
    method: 'POST',
    url: '/auth/v1/login',
    headers: { 'x-client': 'api', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    payload: { email, password: testPassword },
  })
  return response.json() as { accessToken: string; refreshToken: string; user: { id: string } }
}

/** A socket on the second node, with this token. */
async function connect(token: string): Promise<Socket> {
  const address = second.app.server.address()
  if (!address || typeof address === 'string') throw new Error('the node does not listen')
  const socket = io(`http://127.0.0.1:${address.port}`, {
    addTrailingSlash: false,
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
  })
  sockets.push(socket)
  await new Promise<void>((resolve, reject) => {
    socket.once('ready', () => resolve())
    socket.once('connect_error', reject)
  })
  return socket
}

const status = async (node: TestApp, token: string) => (await node.with(token).get('/auth/v1/me')).statusCode

/** Signs in, opens a socket on the other node, lets it happen, and watches everything end. */
async function endsWith(email: string, happens: (session: Awaited<ReturnType<typeof signIn>>) => Promise<unknown>) {
  const session = await signIn(email)
  const socket = await connect(session.accessToken)
  expect(await status(second, session.accessToken)).toBe(200)
  await happens(session)
  await expectEventually(async () => {
    for (const node of [first, second]) expect(await status(node, session.accessToken)).toBe(401)
    expect(socket.connected).toBe(false)
  }, patienceMs)
  const refreshed = await second.app.inject({
    method: 'POST',
    url: '/auth/v1/refresh',
    payload: { refreshToken: session.refreshToken },
  })
  expect(refreshed.statusCode).toBe(401)
}

const withToken = (session: { accessToken: string }) => first.with(session.accessToken)

describe('a session ends everywhere', () => {
  it('with signing out', () => endsWith(acme.members.viewer.email, (own) => withToken(own).post('/auth/v1/logout')))

  it('with signing out everywhere, from another device', () =>
    endsWith(acme.members.viewer.email, async () =>
      withToken(await signIn(acme.members.viewer.email)).post('/auth/v1/logout-everywhere'),
    ))

  it('from the list of one’s own sessions, where nobody else’s stands', async () => {
    const { email } = acme.members.member
    const other = await signIn(email)
    await endsWith(email, async (own) => {
      const { data } = (await withToken(other).get('/auth/v1/sessions')).json()
      expect(data).toHaveLength(2)
      expect(data).toContainEqual(expect.objectContaining({ current: true, device: 'Firefox on Linux' }))
      const { id } = data.find(({ current }: { current: boolean }) => !current)
      const end = (as: Caller) =>
        first.app.inject({
          method: 'DELETE',
          url: `/auth/v1/sessions/${id}`,
          headers: { authorization: `Bearer ${as.token}` },
        })
      const stranger = withToken(await signIn(globex.members.owner.email))
      expect((await end(stranger)).statusCode).toBe(404)
      expect((await end(withToken(other))).statusCode).toBe(204)
      expect(own.user.id).toBe(other.user.id)
    })
    expect(await status(second, other.accessToken), 'the other one goes on').toBe(200)
  })

  it('when the password is changed on another device, which goes on', async () => {
    const { email } = acme.members.manager
    const other = await signIn(email)
    const change = (newPassword: string) =>
      withToken(other).post('/auth/v1/password/change', { currentPassword: testPassword, newPassword })
    expect((await change('password1')).json().error.code).toBe('password_refused')
    await endsWith(email, () => change('another long phrase'))
    expect(await status(second, other.accessToken)).toBe(200)
    const wrong = await withToken(other).post('/auth/v1/password/change', {
      currentPassword: testPassword,
      newPassword: 'a third long phrase',
    })
    expect(wrong.json().error.code).toBe('invalid_credentials')
  })

  it('when a role changes, or a member is put out of the firm', async () => {
    const owner = withToken(await signIn(acme.members.owner.email))
    const { email, id } = acme.members.admin
    const patch = (body: object, version?: number) =>
      owner.patch(`/tenant/v1/members/${id}`, body, version ? { 'if-match': `"${version}"` } : {})
    await endsWith(email, () => patch({ role: 'viewer' }, 1))
    expect((await patch({ role: 'member' }, 1)).statusCode, 'the version has moved on').toBe(412)
    await endsWith(email, () => patch({ disabled: true }, 2))
    expect((await signIn(email)).accessToken).toBeUndefined()
    await patch({ disabled: false }, 3)
    expect((await signIn(email)).accessToken).toBeTruthy()
  })

  it('when a superadmin disables the person, who cannot come back until enabled', async () => {
    const { email, id } = globex.members.member
    await endsWith(email, () => admin.post(`/admin/v1/users/${id}/disable`, { reason: 'left the firm' }))
    expect((await signIn(email)).accessToken).toBeUndefined()
    await admin.post(`/admin/v1/users/${id}/enable`)
    expect((await signIn(email)).accessToken).toBeTruthy()
  })

  it('when the firm is suspended, also for its machines, and another firm notices nothing', async () => {
    const owner = withToken(await signIn(globex.members.owner.email))
    const { key } = (await owner.post('/tenant/v1/api-keys', { name: 'robot', scopes: ['deal:read'] })).json()
    expect((await second.with(key).get('/tenant/v1/deals')).statusCode).toBe(200)
    const neighbour = await signIn(acme.members.owner.email)
    await endsWith(globex.members.viewer.email, () =>
      admin.post(`/admin/v1/tenants/${globex.id}/suspend`, { reason: 'does not pay' }),
    )
    await expectEventually(
      async () => expect((await second.with(key).get('/tenant/v1/deals')).statusCode).toBe(401),
      patienceMs,
    )
    expect((await signIn(globex.members.viewer.email)).accessToken).toBeUndefined()
    expect(await status(second, neighbour.accessToken)).toBe(200)
    await admin.post(`/admin/v1/tenants/${globex.id}/reactivate`)
    expect((await signIn(globex.members.viewer.email)).accessToken).toBeTruthy()
  })

  it('also for nodes that Redis told nothing: it was emptied, and the word was lost', () =>
    endsWith(acme.members.viewer.email, async ({ accessToken }) => {
      await world.redis.flushdb()
      const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
      await world.database.platform.execute(sql`update sessions set revoked_at = now() where id = ${sid}::uuid`)
    }))

  it('also when the transaction that ended it began long before it committed, and the word was lost', () =>
    endsWith(acme.members.viewer.email, async ({ accessToken }) => {
      const { sid } = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
      // In Postgres `now()` is the beginning of the transaction.
      await world.database.platform.execute(
        sql`update sessions set revoked_at = now() - interval '45 seconds' where id = ${sid}::uuid`,
      )
    }))
})

describe('a session that is left alone', () => {
  it('ends when it is idle for too long, and in any case after a month', async () => {
    const idle = await signIn(acme.members.owner.email)
    const old = await signIn(acme.members.owner.email)
    const sidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid
    const { platform } = world.database
    await platform.execute(
      sql`update refresh_tokens set expires_at = now() where session_id = ${sidOf(idle.accessToken)}::uuid`,
    )
    await platform.execute(sql`update sessions set ends_at = now() where id = ${sidOf(old.accessToken)}::uuid`)
    for (const { refreshToken } of [idle, old]) {
      const answer = await first.app.inject({ method: 'POST', url: '/auth/v1/refresh', payload: { refreshToken } })
      expect(answer.statusCode).toBe(401)
    }
  })
})

describe('a password hash that was made too cheaply', () => {
  it('is made anew when its owner signs in', async () => {
    const { email, id } = acme.members.owner
    const { argon2Sync, randomBytes } = await import('node:crypto')
    const nonce = randomBytes(16)
    const tag = argon2Sync('argon2id', {
      message: Buffer.from(testPassword),
      nonce,
      memory: 8192,
      passes: 1,
      parallelism: 1,
      tagLength: 32,
    })
    const plain = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const cheap = `$argon2id$v=19$m=8192,t=1,p=1$${plain(nonce)}$${plain(tag)}`
    const { platform } = world.database
    await platform.execute(sql`update users set password_hash = ${cheap} where id = ${id}::uuid`)
    expect((await signIn(email)).accessToken).toBeTruthy()
    const row = await platform.queryOne<{ hash: string }>(
      sql`select password_hash as hash from users where id = ${id}::uuid`,
    )
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect((await signIn(email)).accessToken).toBeTruthy()
  })
})

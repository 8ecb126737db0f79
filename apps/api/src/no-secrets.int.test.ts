// Everything that somebody could use to get in, through a whole life of an account: it is in no log line, job, event,
// audit row, stored answer, queue or cache, and in no error.
import { Writable } from 'node:stream'
import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createLogger } from '@throughline/telemetry'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { generate } from 'otplib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startMails, type TestMails } from './mails.testing.ts'
import { createTestApp, type TestApp } from './testing.ts'

let world: TestWorld
let api: TestApp
let mails: TestMails
let acme: TestTenant
let logged = ''
const secrets = new Map<string, string>()
const answersOfErrors: string[] = []

/** Remembers a secret by what it is. */
const secret = (what: string, value: string): string => {
  secrets.set(what, value)
  return value
}

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  const everything = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk
      done()
    },
  })
  api = await createTestApp(world, { log: createLogger({ level: 'trace', name: 'api' }, everything) })
  mails = await startMails({ ...world, log: createLogger({ level: 'trace', name: 'worker' }, everything) })
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
})
afterAll(async () => {
  await mails?.close()
  await api?.close()
  await world?.close()
})

async function post(url: string, payload: object | string, headers: Record<string, string> = {}) {
  const response = await api.app.inject({
    method: 'POST',
    url,
    payload,
    headers: { 'content-type': 'application/json', 'x-client': 'api', ...headers },
  })
  if (response.statusCode >= 400) answersOfErrors.push(response.body)
  return response
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function liveThrough() {
  const email = 'irene@initech.test'
  const password = secret('password', 'irene has a long phrase 4711')
  await post('/auth/v1/register', { tenantName: 'Initech', name: 'Irene', email, password })
  const verification = secret('verification link', await mails.tokenTo(email, /Confirm/))
  await post('/auth/v1/verify-email', { token: verification })
  await post('/auth/v1/verify-email', { token: verification })
  await post('/auth/v1/login', { email, password: secret('wrong password', 'a guess of a stranger 0815') })
  await post('/auth/v1/login', `{"email":"${email}","password":"${password}"`)
  await post('/auth/v1/login', { email, password, role: 'owner' })
  const session = (await post('/auth/v1/login', { email, password })).json()
  secret('access token', session.accessToken)
  secret('refresh token', session.refreshToken)
  const auth = bearer(session.accessToken)
  const begun = (await post('/auth/v1/second-factor/begin', { password }, auth)).json()
  secret('second factor', begun.secret)
  const code = await generate({ secret: begun.secret })
  const { recoveryCodes } = (await post('/auth/v1/second-factor/confirm', { code }, auth)).json()
  secret('recovery code', recoveryCodes[0])
  await post('/auth/v1/login', { email, password, code: recoveryCodes[1] })
  const { key } = (await post('/tenant/v1/api-keys', { name: 'robot', scopes: ['deal:create'] }, auth)).json()
  secret('API key', key)
  await post('/tenant/v1/deals', { title: 'From a machine' }, bearer(key))
  await post('/tenant/v1/activities', { topic: 'x', audience: 'y' }, bearer(key))
  await post('/tenant/v1/deals', { title: 'x' }, bearer(`${key}x`))
  await post('/auth/v1/password/forgot', { email })
  const reset = secret('reset link', await mails.tokenTo(email, /new password/))
  const next = secret('new password', 'irene has another phrase 1234')
  await post('/auth/v1/password/reset', { token: reset, password: next })
  await post('/auth/v1/refresh', { refreshToken: session.refreshToken })
  await post('/auth/v1/invitations/preview', { token: secret('made-up link', 'x'.repeat(43)) })
}

async function actAsMember() {
  const admin = await api.asStaff(await world.staff('super_admin'), 'super_admin')
  secret('token of staff', admin.token)
  const body = { tenantId: acme.id, userId: acme.members.owner.id, reason: 'a reason of ten letters' }
  const { url } = (await post('/admin/v1/impersonations', body, bearer(admin.token))).json()
  const link = secret('impersonation link', new URL(url).hash.slice('#token='.length))
  const cookies = await api.app.inject({ method: 'POST', url: '/auth/v1/impersonate', payload: { token: link } })
  secret('cookie', cookies.cookies[0]?.value ?? '')
}

/** Every row of every table and everything in Redis, as text. */
async function everythingStored(): Promise<string> {
  const { platform } = world.database
  const tables = await platform.query<{ name: string }>(
    sql`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and not relispartition and relname <> '_prisma_migrations'`,
  )
  const texts: string[] = []
  for (const { name } of tables)
    for (const { row } of await platform.query<{ row: string }>(
      sql([`select row_to_json(t)::text as row from ${name} t`]),
    ))
      texts.push(`${name}: ${row}`)
  for (const key of await world.redis.keys('*')) {
    const kind = await world.redis.type(key)
    texts.push(key)
    if (kind === 'string') texts.push((await world.redis.get(key)) ?? '')
    if (kind === 'hash') texts.push(JSON.stringify(await world.redis.hgetall(key)))
    if (kind === 'stream') texts.push(JSON.stringify(await world.redis.xrange(key, '-', '+')))
  }
  return texts.join('\n')
}

it('stands nowhere but in the hands that it was given to', async () => {
  await liveThrough()
  await actAsMember()
  secret('signing secret', world.config.tokens.secret)
  secret('encryption key', world.config.encryption.key)
  expect(secrets.size).toBeGreaterThan(14)
  for (const value of secrets.values()) expect(value.length).toBeGreaterThan(10)
  expect(logged.split('\n').length, 'the log is there to be looked at').toBeGreaterThan(20)
  const stored = await everythingStored()
  expect(stored).toContain('irene@initech.test')
  const places = { 'the log': logged, 'what is stored': stored, 'an error': answersOfErrors.join('\n') }
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...secrets].filter(([, value]) => text.includes(value)).map(([what]) => `${what} in ${place}`),
  )
  expect(found).toEqual([])
})

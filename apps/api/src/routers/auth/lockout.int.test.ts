// Guessing: slowed for whoever guesses, never for the owner elsewhere, and nobody learns who has an account.
import { createHmac } from 'node:crypto'
import { hashPassword } from '@throughline/accounts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
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

const login = (email: string, password: string, address: string, app = api.app) =>
  app.inject({
    method: 'POST',
    url: '/auth/v1/login',
    payload: { email, password },
    headers: { 'x-client': 'api', 'x-forwarded-for': address },
  })

describe('an attack on one account', () => {
  it('is slowed more and more from where it comes, also when the guesses come at once', async () => {
    const { email } = acme.members.owner
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(email, 'guess', '203.0.113.1')))
    const judged = answers.filter(({ statusCode }) => statusCode === 401)
    expect(judged).toHaveLength(5)
    const refused = answers.find(({ statusCode }) => statusCode === 429)
    expect(refused?.json().error).toMatchObject({ code: 'rate_limited', message: expect.stringContaining('account') })
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0)
    const right = await login(email, testPassword, '203.0.113.1')
    expect(right.statusCode, 'even the right password waits there').toBe(429)
  })

  it('does not keep the owner out, who comes from elsewhere with the right password', async () => {
    const { email } = acme.members.owner
    for (let n = 0; n < 40; n++) await login(email, 'guess', `198.51.100.${n}`)
    const owner = await login(email, testPassword, '192.0.2.77')
    expect(owner.statusCode).toBe(200)
    expect((await login(globex.members.owner.email, testPassword, '203.0.113.1')).statusCode, 'nor anybody else').toBe(
      200,
    )
  })

  it('leaves each new address one guess once there have been many', async () => {
    const { email } = acme.members.owner
    const answers = [1, 2, 3].map(() => login(email, 'guess', '192.0.2.200'))
    const codes = (await Promise.all(answers)).map(({ statusCode }) => statusCode)
    expect(codes.sort()).toEqual([401, 429, 429])
  })

  it('from one IPv6 line is one attacker, however many addresses it has', async () => {
    const { email } = acme.members.viewer
    const codes = []
    for (let n = 0; n < 8; n++) codes.push((await login(email, 'guess', `2001:db8:1:2::${n + 1}`)).statusCode)
    expect(codes.filter((code) => code === 401)).toHaveLength(5)
    expect((await login(email, testPassword, '2001:db8:1:3::1')).statusCode).toBe(200)
  })
})

it('a code of a second factor is guessed no faster by somebody who has a session and the password', async () => {
  const { id, email } = globex.members.manager
  const { accessToken } = (await login(email, testPassword, '203.0.113.90')).json()
  const secret = api.resources.encryption.seal('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', `second_factor:${id}`)
  await world.database.platform.execute(
    sql`insert into second_factors (user_id, secret, confirmed_at) values (${id}::uuid, ${secret}, now())`,
  )
  const statuses = []
  for (const path of ['disable', 'recovery-codes'])
    for (let n = 0; n < 6; n++) {
      const proof = { password: testPassword, code: `wrong-${path[0]}${n}` }
      statuses.push((await api.with(accessToken).post(`/auth/v1/second-factor/${path}`, proof)).statusCode)
    }
  expect(statuses).toEqual([...Array(5).fill(401), ...Array(7).fill(429)])
})

describe('an address that has no account', () => {
  it('gets the same answers, up to the same lockout', async () => {
    const ask = async (email: string, address: string) => {
      const seen = []
      for (let n = 0; n < 7; n++) {
        const { statusCode, body, headers } = await login(email, 'guess', address)
        const { error } = JSON.parse(body)
        seen.push([statusCode, { ...error, requestId: '' }, Object.keys(headers).sort()])
      }
      return seen
    }
    const known = await ask(acme.members.member.email, '203.0.113.50')
    expect(await ask('nobody@nowhere.test', '203.0.113.51')).toEqual(known)
  })
})

describe('an address behind a proxy', () => {
  it('counts as what a trusted proxy says, and a stranger’s X-Forwarded-For is not believed', async () => {
    const tight = await createTestApp({
      ...world,
      config: {
        ...world.config,
        api: { ...world.config.api, trustProxy: ['10.9.9.9'] },
        rateLimits: { ...world.config.rateLimits, loginPerMinute: 3 },
        redis: { ...world.config.redis, prefix: `${world.config.redis.prefix}-proxy` },
      },
    })
    try {
      const ask = (remoteAddress: string, forwarded: string) =>
        tight.app.inject({
          method: 'POST',
          url: '/auth/v1/login',
          payload: { email: `${forwarded}@nowhere.test`, password: 'x' },
          headers: { 'x-forwarded-for': forwarded },
          remoteAddress,
        })
      const forged = []
      for (let n = 0; n < 5; n++) forged.push(await ask('203.0.113.9', `192.0.2.${n}`))
      expect(forged.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 429, 429])
      const through = []
      for (let n = 0; n < 5; n++) through.push((await ask('10.9.9.9', `192.0.2.${n}`)).statusCode)
      expect(through).toEqual([401, 401, 401, 401, 401])

      const { headers } = forged[4] ?? { headers: {} }
      expect(headers).toMatchObject({
        'ratelimit-limit': '3',
        'ratelimit-remaining': '0',
        'ratelimit-policy': '"address";q=3;w=60',
        ratelimit: expect.stringMatching(/^"address";r=0;t=\d+$/),
        'retry-after': expect.stringMatching(/^\d+$/),
      })
    } finally {
      await tight.close()
    }
  })
})

describe('a firm that asks too much', () => {
  it('is held back over all its people, and another firm is not', async () => {
    const tight = await createTestApp({
      ...world,
      config: {
        ...world.config,
        rateLimits: { ...world.config.rateLimits, tenantPerMinute: 4 },
        redis: { ...world.config.redis, prefix: `${world.config.redis.prefix}-tenant` },
      },
    })
    try {
      const [owner, viewer] = [await tight.as(acme, 'owner'), await tight.as(acme, 'viewer')]
      const other = await tight.as(globex, 'owner')
      const codes = []
      for (let n = 0; n < 6; n++) codes.push((await (n % 2 ? owner : viewer).get('/tenant/v1/settings')).statusCode)
      expect(codes).toEqual([200, 200, 200, 200, 429, 429])
      const answer = await other.get('/tenant/v1/settings')
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['ratelimit-policy']).toContain('"tenant";q=4;w=60')
    } finally {
      await tight.close()
    }
  })
})

describe('an access token', () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  it('that was altered in any place is refused: 0 of 2,000 get in', async () => {
    const { token } = await api.as(acme, 'viewer')
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
    let accepted = 0
    for (let n = 0; n < 2_000; n++) {
      const at = (n * 7_919) % token.length
      const letter = alphabet[(n * 31) % alphabet.length]
      const altered = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`
      // The last character of a part may carry bits that mean nothing.
      const same = altered
        .split('.')
        .map((each) => Buffer.from(each, 'base64url').toString('hex'))
        .join()
      if (
        same ===
        token
          .split('.')
          .map((each) => Buffer.from(each, 'base64url').toString('hex'))
          .join()
      )
        continue
      const { statusCode } = await api.with(altered).get('/tenant/v1/settings')
      if (statusCode !== 401) accepted++
    }
    expect(accepted).toBe(0)
  })

  it('is refused with another algorithm, type, or key id, and good under the previous secret', async () => {
    const { token } = await api.as(acme, 'owner')
    const [head = '', body = ''] = token.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString())
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const sign = (h: object, c: object, secret: string) => {
      const text = `${part(h)}.${part(c)}`
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const { secret } = world.config.tokens
    const status = async (candidate: string, on = api) =>
      (await on.with(candidate).get('/tenant/v1/settings')).statusCode
    expect(await status(sign(header, claims, secret)), 'the forger of this test is right').toBe(200)
    expect(await status(`${part({ ...header, alg: 'none' })}.${body}.`)).toBe(401)
    expect(await status(sign({ ...header, alg: 'HS512' }, claims, secret))).toBe(401)
    expect(await status(sign({ ...header, kid: 'unknown' }, claims, secret))).toBe(401)
    expect(await status(sign(header, { ...claims, type: 'refresh' }, secret))).toBe(401)
    expect(await status(sign(header, { ...claims, exp: 1 }, secret))).toBe(401)
    expect(await status(sign(header, { ...claims, role: 'super_admin' }, secret)), 'no staff in a firm').toBe(401)

    const rotated = await createTestApp({
      ...world,
      config: {
        ...world.config,
        tokens: { ...world.config.tokens, secret: 'n'.repeat(20) + secret, previousSecret: secret },
      },
    })
    const dropped = await createTestApp({
      ...world,
      config: { ...world.config, tokens: { ...world.config.tokens, secret: 'n'.repeat(20) + secret } },
    })
    expect(await status(token, rotated), 'nobody is signed out').toBe(200)
    expect(await status(token, dropped), 'until the previous secret is dropped').toBe(401)
    await rotated.close()
    await dropped.close()
  })
})

import { AppError } from '@throughline/contracts'
import { createRedis } from '@throughline/jobs'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Throttle } from './throttle.ts'

let world: TestWorld
let throttle: Throttle
beforeAll(async () => {
  world = await createTestWorld()
  throttle = new Throttle({ redis: world.redis, prefix: world.config.redis.prefix, log: world.log })
})
afterAll(() => world.close())

const owner = 'owner@acme.test'
const other = 'owner@globex.test'
const attempt = async (email: string, address: string) => {
  try {
    await throttle.admit(email, address)
    await throttle.failed(email)
    return 'admitted'
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.retryAfterSeconds
  }
}

it('lets five attempts in, then one after each wait', async () => {
  for (let tries = 1; tries <= 5; tries++) expect(await attempt(owner, '10.0.0.1')).toBe('admitted')
  expect(await attempt(owner, '10.0.0.1')).toBeGreaterThan(0)
  await expectEventually(async () => expect(await attempt(owner, '10.0.0.1')).toBe('admitted'))
  expect(await attempt(owner, '10.0.0.1')).toBeGreaterThan(0)
  // Neither another account from there nor this account from elsewhere waits.
  expect(await attempt(other, '10.0.0.1')).toBe('admitted')
  expect(await attempt(owner, '10.0.0.2')).toBe('admitted')
})

it('lets no more attempts in when they come all at once', async () => {
  const tries = await Promise.all(Array.from({ length: 40 }, () => attempt('parallel@acme.test', '10.0.0.3')))
  expect(tries.filter((answer) => answer === 'admitted')).toHaveLength(5)
})

it('goes on counting by itself while Redis is away', async () => {
  const redis = createRedis(world.config.redis, 'producer', world.log)
  redis.disconnect()
  const alone = new Throttle({ redis, prefix: 'away', log: world.log })
  const tryAlone = (email: string, address: string) =>
    alone.admit(email, address).then(
      () => 'admitted',
      (error: unknown) => (error instanceof AppError ? error.code : error),
    )
  const here = []
  for (let n = 0; n < 8; n++) here.push(await tryAlone(owner, '10.0.0.6'))
  expect(here).toEqual([...Array(5).fill('admitted'), ...Array(3).fill('rate_limited')])
  expect(await tryAlone(other, '10.0.0.6')).toBe('admitted')
  expect(await tryAlone(owner, '10.0.0.7'), 'the owner comes from elsewhere').toBe('admitted')
  const mails = []
  for (let n = 0; n < 7; n++) mails.push(await alone.mayMail('reset', owner))
  expect(mails.filter(Boolean)).toHaveLength(5)
})

it('lets whoever has the right password in once from a clean address while the account is under attack', async () => {
  for (let tries = 0; tries < 20; tries++) await throttle.failed('attacked@acme.test')
  expect(await attempt('attacked@acme.test', '10.0.0.4')).toBe('admitted')
  expect(await attempt('attacked@acme.test', '10.0.0.4')).toBeGreaterThan(0)
})

it('asks nobody to wait between the password and the code, also under attack', async () => {
  for (let tries = 0; tries < 20; tries++) await throttle.failed('careful@acme.test')
  await throttle.admit('careful@acme.test', '10.0.0.5')
  await throttle.uncount('careful@acme.test', '10.0.0.5')
  await throttle.admit('careful@acme.test', '10.0.0.5')
  await throttle.succeeded('careful@acme.test', '10.0.0.5')
  expect(await attempt('careful@acme.test', '10.0.0.5')).toBe('admitted')
})

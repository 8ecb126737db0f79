import { createDatabase, type Database, sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRedis } from './index.ts'
import { hearOutboxSignals, publishOutboxSignals } from './outbox-signal.ts'

let world: TestWorld
let elsewhere: Database
const atEnd: (() => void)[] = []

beforeAll(async () => {
  world = await createTestWorld()
  // As another process would have it: what is committed through it is not heard of here.
  elsewhere = createDatabase(world.config, world.log)
})
afterAll(async () => {
  for (const stop of atEnd) stop()
  await elsewhere?.close()
  await world?.close()
})

it('wakes whoever listens in another process, once for what is committed together', async () => {
  const redis = createRedis(world.config.redis, 'producer', world.log)
  const { prefix } = world.config.redis
  let woken = 0
  const stopHearing = hearOutboxSignals({ database: world.database, redis, prefix, log: world.log }, () => woken++)
  const stopTelling = publishOutboxSignals({ database: elsewhere, redis, prefix, log: world.log })
  atEnd.push(stopHearing, stopTelling, () => redis.disconnect())
  await expectEventually(async () =>
    expect(await redis.pubsub('NUMSUB', `${prefix}:outbox`)).toEqual([`${prefix}:outbox`, 1]),
  )
  const before = woken
  await elsewhere.platform.transaction(async () => {
    await elsewhere.platform.query(sql`select 1`)
    elsewhere.platform.signal('outbox')
  })
  await expectEventually(async () => expect(woken).toBe(before + 1))
  for (let n = 0; n < 1_000; n++) elsewhere.platform.signal('outbox')
  await expectEventually(async () => expect(woken).toBeGreaterThanOrEqual(before + 2))
  expect(woken).toBeLessThan(before + 100)
})

// What a process says while Redis is away: to its log, and not over and over.
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { closeQueues, createQueues, createRedis } from './index.ts'
import { testCatalog } from './testing/catalog.ts'

let world: TestWorld
beforeAll(async () => {
  world = await createTestWorld()
})
afterAll(() => world?.close())

it('the queues of a process that cannot reach Redis print nothing, and log it once for all of them', async () => {
  const warned: string[] = []
  const log = { ...world.log, warn: (_details: object, message: string) => void warned.push(message) }
  const printed = vi.spyOn(console, 'error')
  const redis = createRedis({ ...world.config.redis, url: 'redis://127.0.0.1:1' }, 'producer', log)
  const refused: Error[] = []
  redis.on('error', (error) => refused.push(error))
  const queues = createQueues(redis, testCatalog, world.config.redis.prefix, log)
  await expectEventually(async () => expect(refused.length).toBeGreaterThan(3))
  expect(printed.mock.calls).toEqual([])
  expect(warned.toSorted()).toEqual(['queues', 'redis'])
  printed.mockRestore()
  redis.disconnect()
  await closeQueues(queues).catch(() => undefined)
})

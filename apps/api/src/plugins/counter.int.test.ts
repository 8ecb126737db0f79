import { createRedis } from '@throughline/jobs'
import { createTestWorld, expectEventually, type TestWorld } from '@throughline/testing'
import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Counter } from './counter.ts'

let world: TestWorld
let prefix: string
const connections: Redis[] = []

beforeAll(async () => {
  world = await createTestWorld()
  prefix = `${world.config.redis.prefix}:counter:`
})
afterAll(async () => {
  for (const connection of connections) connection.disconnect()
  await world?.close()
})

function node(windowMs = 60_000): Counter {
  const redis = createRedis(world.config.redis, 'producer', world.log)
  connections.push(redis)
  return new Counter({ redis, prefix, windowMs })
}
const inRedis = async (key: string) => Number((await world.redis.get(`${prefix}${key}`)) ?? 0)

/** How many of `tries` requests pass, asked by the nodes in turn, some at once. */
async function passed(
  nodes: Counter[],
  key: string,
  { max, tries, atOnce = 1 }: { max: number; tries: number; atOnce?: number },
) {
  let admitted = 0
  for (let n = 0; n < tries; n += atOnce) {
    const counts = Array.from({ length: atOnce }, (_, each) => nodes[(n + each) % nodes.length]?.count(key, max))
    for (const count of await Promise.all(counts)) if (count && count.current <= max) admitted++
  }
  return admitted
}

describe('a limit that two nodes share', () => {
  it('is exact to the last request when it is small', async () => {
    expect(await passed([node(), node()], 'small', { max: 9, tries: 30, atOnce: 6 })).toBe(9)
  })

  it('lets through what it says when it is large, and at most a tenth for each further node', async () => {
    const max = 200
    const admitted = await passed([node(), node()], 'large', { max, tries: 1_000, atOnce: 20 })
    expect(admitted).toBeGreaterThanOrEqual(max)
    expect(admitted).toBeLessThanOrEqual(max * 1.1)
  })

  it('is exact for what must be, however large', async () => {
    const [one, two] = [node(), node()]
    const counts = await Promise.all(
      Array.from({ length: 300 }, (_, n) => (n % 2 ? one : two).count('exact', 100, { exact: true })),
    )
    expect(counts.filter(({ current }) => current <= 100)).toHaveLength(100)
  })
})

describe('counting far from a limit', () => {
  it('asks Redis for the first request and tells it of the others in batches', async () => {
    const counter = node()
    const first = counter.count('hot', 10_000)
    expect(first).toBeInstanceOf(Promise)
    await first
    const others = Array.from({ length: 500 }, () => counter.count('hot', 10_000))
    expect(others.some((count) => count instanceof Promise)).toBe(false)
    expect(others.at(-1)).toMatchObject({ current: 501 })
    expect(await inRedis('hot')).toBe(1)
    await expectEventually(async () => expect(await inRedis('hot')).toBe(501))
  })

  it('hears what other nodes have counted', async () => {
    const [one, two] = [node(), node()]
    await one.count('shared', 10_000)
    for (let n = 0; n < 99; n++) one.count('shared', 10_000)
    await expectEventually(async () => expect(await inRedis('shared')).toBe(100))
    expect(await two.count('shared', 10_000)).toMatchObject({ current: 101 })
  })
})

it('begins anew when the window is over', async () => {
  const counter = node(200)
  for (let n = 0; n < 3; n++) await counter.count('window', 2)
  await expectEventually(async () => expect(await counter.count('window', 2)).toMatchObject({ current: 1 }))
})

it('counts for itself while Redis is away', async () => {
  const redis = createRedis({ ...world.config.redis, url: 'redis://127.0.0.1:1' }, 'producer', world.log)
  connections.push(redis)
  const alone = new Counter({ redis, prefix, windowMs: 60_000 })
  const counts = []
  for (let n = 0; n < 3; n++) counts.push((await alone.count('alone', 2)).current)
  expect(counts).toEqual([1, 2, 3])
})

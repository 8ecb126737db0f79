// Statistics are kept in Redis, and yet nobody who was told of a change is given numbers of before it.
import { dealStatistics } from '@throughline/contracts'
import { type AnswerStore, createAnswerStore, createDatabase, type Database, keptAnswer, sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../testing.ts'

const path = '/tenant/v1/deals/statistics'
let world: TestWorld
let nodes: [TestApp, TestApp]
let database: Database
let redis: Redis
let acme: TestTenant
let globex: TestTenant

/** The store of a node, and what was asked of it. */
const asked: string[] = []
const listening = (store: AnswerStore): AnswerStore => ({
  read: (keys) => {
    asked.push('read')
    return store.read(keys)
  },
  write: (key, value, ttlMs) => {
    asked.push('write')
    return store.write(key, value, ttlMs)
  },
  claim: (key, value, ttlMs) => store.claim(key, value, ttlMs),
})

beforeAll(async () => {
  world = await createTestWorld()
  redis = new Redis(world.config.redis.url)
  // The second node has connections of its own, to Postgres and to Redis.
  database = createDatabase(world.config, world.log, listening(createAnswerStore(redis, world.config.redis.prefix)))
  nodes = [await createTestApp(world), await createTestApp({ ...world, database })]
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await Promise.all((nodes ?? []).map((node) => node.close()))
  redis?.disconnect()
  await database?.close()
  await world?.close()
})

type Caller = Awaited<ReturnType<TestApp['as']>>
const callers = async (tenant: TestTenant): Promise<[Caller, Caller]> => [
  await nodes[0].as(tenant, 'manager'),
  await nodes[1].as(tenant, 'manager'),
]
async function statistics(caller: Caller, query = '') {
  const answer = await caller.get(`${path}${query}`)
  expect(answer.statusCode).toBe(200)
  return dealStatistics.parse(answer.json())
}

describe('kept statistics', () => {
  it('are of after each write that was answered, whichever node is asked, with many writers at once', async () => {
    const both = await callers(acme)
    const write = async (writer: number) => {
      const ids: string[] = []
      const [here, there] = writer % 2 === 0 ? both : [both[1], both[0]]
      for (let n = 1; n <= 12; n++) {
        const remove = n % 4 === 0
        const answer = remove
          ? await here.post('/tenant/v1/deals/bulk-delete', { ids: ids.splice(0, 1) })
          : await here.post('/tenant/v1/deals', {
              title: `Deal ${writer} ${n}`,
              value: '10.00',
              leadSource: `Source ${writer}`,
            })
        expect(answer.statusCode).toBeLessThan(300)
        if (!remove) ids.push(answer.json().id)
        // Nobody else writes this source: the number is known, whatever the others do meanwhile.
        const { sources } = await statistics(there)
        expect(sources.find(({ source }) => source === `Source ${writer}`)?.open.count).toBe(ids.length)
      }
      return ids.length
    }
    const left = await Promise.all([0, 1, 2, 3, 4, 5].map(write))
    const fresh = await world.database.platform.queryOne<{ n: number; value: string }>(sql`
      select count(*)::int as n, sum(value)::text as value from deals where tenant_id = ${acme.id}::uuid and deleted_at is null`)
    const sum = left.reduce((all, n) => all + n, 0)
    expect(fresh).toEqual({ n: sum, value: `${sum * 10}.00` })
    for (const caller of both)
      expect((await statistics(caller)).open).toMatchObject({ count: sum, sums: [{ value: fresh?.value }] })
  })

  it('are answered from one read of Redis, without a question to the database', async () => {
    const [, there] = await callers(acme)
    const first = await there.get(path)
    asked.length = 0
    const recorded = recordStatements()
    const second = await there.get(path)
    expect(recorded.take()).toEqual([])
    recorded.stop()
    expect(asked).toEqual(['read'])
    expect(second.body).toBe(first.body)
  })

  it('are of one firm, one period and one pair of eyes', async () => {
    const [here] = await callers(acme)
    const [elsewhere] = await callers(globex)
    const { open } = await statistics(here)
    expect(open.count).toBeGreaterThan(0)
    expect((await statistics(elsewhere)).open.count).toBe(0)
    expect((await statistics(here, '?from=2001-01-01&to=2001-02-01')).cohort.created.count).toBe(0)
    expect((await statistics(here, '?mine=true')).scope).toBe('own')
    await world.database.platform.execute(sql`update tenants set members_see_all = false where id = ${acme.id}::uuid`)
    const member = await nodes[0].as(acme, 'member')
    expect((await statistics(member)).open.count).toBe(0)
    expect((await statistics(here)).open.count).toBe(open.count)
  })

  it('that were computed from older deals are not given out after a write, however late they come', async () => {
    const ctx = globex.ctx('manager')
    const gate = Promise.withResolvers<void>()
    const started = Promise.withResolvers<void>()
    const slow = keptAnswer(ctx, 'late', async () => {
      started.resolve()
      await gate.promise
      return { text: 'of before', ttlMs: 60_000 }
    })
    await started.promise
    const [here] = await callers(globex)
    expect((await here.post('/tenant/v1/deals', { title: 'A new deal' })).statusCode).toBe(201)
    gate.resolve()
    expect(await slow).toBe('of before')
    const ask = () => keptAnswer(ctx, 'late', () => Promise.resolve({ text: 'of after', ttlMs: 60_000 }))
    expect([await ask(), await ask()]).toEqual(['of after', 'of after'])
  })

  it('change with the settings that date and weigh them', async () => {
    const owner = await nodes[0].as(globex, 'owner')
    const [, there] = await callers(globex)
    expect((await statistics(there)).period.timezone).toBe('UTC')
    expect((await owner.patch('/tenant/v1/settings', { timezone: 'Europe/Berlin' })).statusCode).toBe(200)
    expect((await statistics(there)).period.timezone).toBe('Europe/Berlin')
  })

  it('a write that is rolled back forgets nothing', async () => {
    const [, there] = await callers(globex)
    await statistics(there)
    const refused = await there.post('/tenant/v1/deals', { title: 'x', companyId: crypto.randomUUID() })
    expect(refused.statusCode).toBe(400)
    asked.length = 0
    await statistics(there)
    expect(asked).toEqual(['read'])
  })
})

describe('when Redis is away', () => {
  it('statistics are computed, and writes are answered', async () => {
    const gone = new Redis(world.config.redis.url, { maxRetriesPerRequest: 0, retryStrategy: () => null })
    gone.on('error', () => {
      // That it is away is the point.
    })
    gone.disconnect()
    const alone = createDatabase(world.config, world.log, createAnswerStore(gone, world.config.redis.prefix))
    const node = await createTestApp({ ...world, database: alone })
    const caller = await node.as(globex, 'manager')
    const before = await statistics(caller)
    expect((await caller.post('/tenant/v1/deals', { title: 'Without Redis' })).statusCode).toBe(201)
    expect((await statistics(caller)).open.count).toBe(before.open.count + 1)
    await node.close()
    await alone.close()
  })

  it('refuses a period that is none, with the place of the mistake', async () => {
    const [here] = await callers(globex)
    const answer = await here.get(`${path}?from=2026-05-01&to=2026-04-01`)
    expect([answer.statusCode, answer.json().error.details.issues[0].path]).toEqual([400, 'query.to'])
  })
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from '@throughline/db'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  closeQueues,
  createQueues,
  createRedis,
  enqueue,
  FenceLostError,
  platformSchedules,
  type Queues,
  type Relay,
  replayDeadLetter,
  runSchedule,
  startRelay,
  startSchedules,
  startWorkerHost,
  type WorkerHost,
} from './index.ts'
import { claimJob, finishJob } from './jobs.repo.ts'
import { testCatalog, testHandlers } from './testing/catalog.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let queues: Queues
let relay: Relay
const hosts: WorkerHost[] = []
const processes: ChildProcess[] = []

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  queues = createQueues(
    createRedis(world.config.redis, 'producer', world.log),
    testCatalog,
    world.config.redis.prefix,
    world.log,
  )
  relay = startRelay({ config: world.config, database: world.database, redis: world.redis, queues, log: world.log })
})
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close(2_000)))
  for (const child of processes.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await relay?.close()
  if (queues) await closeQueues(queues)
  await world?.close()
})

function startHost(alertDead?: Parameters<typeof startWorkerHost>[0]['alertDead']): WorkerHost {
  const { config, database, redis, log } = world
  const host = startWorkerHost({
    config,
    database,
    redis,
    log,
    alertDead,
    catalog: testCatalog,
    handlers: testHandlers,
    profiles: ['util'],
  })
  hosts.push(host)
  return host
}

/** A worker in a process of its own, taking jobs. */
async function startProcess(): Promise<ChildProcess> {
  const { config } = world
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'testing/worker-process.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  processes.push(child)
  child.stdin?.end(
    JSON.stringify({
      THROUGHLINE_MODE: 'test',
      DATABASE_PLATFORM_URL: config.database.platformUrl,
      DATABASE_TENANT_URL: config.database.tenantUrl,
      REDIS_URL: config.redis.url,
      REDIS_PREFIX: config.redis.prefix,
      JWT_SECRET: config.tokens.secret,
      ENCRYPTION_KEY: config.encryption.key,
      JOB_LOCK_MS: String(config.worker.jobLockMs),
    }),
  )
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

const ask = (tenant: TestTenant, data: { title: string; failTimes?: number; refused?: boolean; waitMs?: number }) => {
  const ctx = tenant.ctx('manager')
  return ctx.db.transaction(() =>
    enqueue(ctx, testCatalog.writeNote, { failTimes: 0, refused: false, waitMs: 0, ...data }),
  )
}
interface Job {
  result: unknown
  state: string
  attempt: number
  failures: number
  error: { message: string } | null
}
const jobOf = (tenant: TestTenant, jobId: string) =>
  tenant
    .systemCtx()
    .db.queryOne<Job>(
      sql`select state::text as state, attempt, failures, error, result from jobs where id = ${jobId}::uuid`,
    )
const countOf = async (tenant: TestTenant, kind: string, title: string) => {
  const rows = await tenant
    .systemCtx()
    .db.query(sql`select 1 as one from notifications where kind = ${kind} and title = ${title}`)
  return rows.length
}
const ends = (tenant: TestTenant, jobId: string, state: string) =>
  expectEventually(async () => expect((await jobOf(tenant, jobId))?.state).toBe(state), 30_000)

describe('a job', () => {
  it('exists if, and only if, its transaction commits', async () => {
    const ctx = acme.ctx('manager')
    await expect(
      enqueue(ctx, testCatalog.writeNote, { title: 'x', failTimes: 0, refused: false, waitMs: 0 }),
    ).rejects.toThrow(/inside a transaction/)
    const rolledBack = ctx.db.transaction(async () => {
      await enqueue(ctx, testCatalog.writeNote, { title: 'never', failTimes: 0, refused: false, waitMs: 0 })
      throw new Error('no')
    })
    await expect(rolledBack).rejects.toThrow('no')
    startHost()
    await ends(acme, await ask(acme, { title: 'committed' }), 'SUCCEEDED')
    expect(await countOf(acme, 'effect', 'committed')).toBe(1)
    expect(await countOf(acme, 'start', 'never')).toBe(0)
    expect(await acme.systemCtx().db.query(sql`select 1 as one from jobs where payload->>'title' = 'never'`)).toEqual(
      [],
    )
  })

  it('is committed before a crash of its sender and runs when a relay comes', async () => {
    await relay.close()
    const jobId = await ask(globex, { title: 'left behind' })
    startHost()
    expect((await jobOf(globex, jobId))?.state).toBe('QUEUED')
    relay = startRelay({ config: world.config, database: world.database, redis: world.redis, queues, log: world.log })
    await ends(globex, jobId, 'SUCCEEDED')
    expect(await countOf(acme, 'effect', 'left behind')).toBe(0)
  })

  it('is refused when its payload does not fit, and is dead at once when a stored one does not', async () => {
    const ctx = acme.ctx('manager')
    const wrong = ctx.db.transaction(() => enqueue(ctx, testCatalog.writeNote, { title: 7 } as never))
    await expect(wrong).rejects.toThrow()
    await relay.close()
    const jobId = await ask(acme, { title: 'spoilt' })
    await world.database.platform.execute(sql`update jobs set payload = '{"title": 7}' where id = ${jobId}::uuid`)
    relay = startRelay({ config: world.config, database: world.database, redis: world.redis, queues, log: world.log })
    startHost()
    await ends(acme, jobId, 'DEAD')
    expect(await jobOf(acme, jobId)).toMatchObject({
      attempt: 1,
      error: { message: expect.stringContaining('does not fit') },
    })
    expect(await countOf(acme, 'start', 'spoilt')).toBe(0)
  })

  it('with a static key exists once, however often it is asked for', async () => {
    const ctx = acme.ctx('manager')
    const once = () =>
      ctx.db.transaction(() =>
        enqueue(
          ctx,
          testCatalog.writeNote,
          { title: 'set up', failTimes: 0, refused: false, waitMs: 0 },
          { staticKey: 'set-up' },
        ),
      )
    const ids = new Set([await once(), await once(), await once()])
    expect(ids.size).toBe(1)
    const other = globex.ctx('manager')
    const theirs = await other.db.transaction(() =>
      enqueue(
        other,
        testCatalog.writeNote,
        { title: 'set up', failTimes: 0, refused: false, waitMs: 0 },
        { staticKey: 'set-up' },
      ),
    )
    expect(ids.has(theirs)).toBe(false)
  })

  it('is tried again after a failure, with its effect once', async () => {
    startHost()
    const jobId = await ask(acme, { title: 'stubborn', failTimes: 2 })
    await ends(acme, jobId, 'SUCCEEDED')
    expect(await jobOf(acme, jobId)).toMatchObject({ attempt: 3, failures: 2, error: null })
    expect(await countOf(acme, 'start', 'stubborn')).toBe(3)
    expect(await countOf(acme, 'effect', 'stubborn')).toBe(1)
  })

  it('out of attempts becomes a dead letter that alerts, and succeeds when it is replayed', async () => {
    const alerts: string[] = []
    startHost(async (_ctx, { name }) => void alerts.push(name))
    const jobId = await ask(acme, { title: 'hopeless', failTimes: 3 })
    await ends(acme, jobId, 'DEAD')
    expect(await jobOf(acme, jobId)).toMatchObject({ failures: 3, error: { message: 'failure 3' } })
    expect(alerts).toEqual(['util__write-note'])
    await expect(replayDeadLetter(globex.systemCtx(), jobId)).rejects.toMatchObject({ code: 'not_found' })
    await replayDeadLetter(acme.systemCtx(), jobId)
    await ends(acme, jobId, 'SUCCEEDED')
    expect(await countOf(acme, 'effect', 'hopeless')).toBe(1)
    await expect(replayDeadLetter(acme.systemCtx(), jobId)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('knows who asked for it, and who acted as them', async () => {
    startHost()
    const impersonatorId = crypto.randomUUID()
    const ctx = acme.ctx('manager')
    const asked = { ...ctx, actor: { ...ctx.actor, impersonatorId } }
    const jobId = await ctx.db.transaction(() =>
      enqueue(asked, testCatalog.writeNote, { title: 'for another', failTimes: 0, refused: false, waitMs: 0 }),
    )
    await ends(acme, jobId, 'SUCCEEDED')
    expect(await jobOf(acme, jobId)).toMatchObject({
      result: { actor: { kind: 'system', id: acme.members.manager.id, impersonatorId } },
    })
  })

  it('that is refused for good is tried once, and is dead although what follows its death fails', async () => {
    hosts.push(
      startWorkerHost({
        config: world.config,
        database: world.database,
        redis: world.redis,
        log: { ...world.log, error: () => undefined },
        catalog: testCatalog,
        handlers: testHandlers,
        profiles: ['util'],
      }),
    )
    const jobId = await ask(acme, { title: 'refused', refused: true })
    await ends(acme, jobId, 'DEAD')
    expect(await jobOf(acme, jobId)).toMatchObject({ attempt: 1, failures: 1 })
  })

  it('has its effect once although its worker is killed with -9 in the middle, twice', async () => {
    const title = 'killed'
    const jobId = await ask(acme, { title, waitMs: 2_500 })
    for (let starts = 1; starts <= 2; starts++) {
      const child = await startProcess()
      await expectEventually(async () => expect(await countOf(acme, 'start', title)).toBe(starts), 30_000)
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    expect(await countOf(acme, 'effect', title)).toBe(0)
    await startProcess()
    await ends(acme, jobId, 'SUCCEEDED')
    expect(await jobOf(acme, jobId)).toMatchObject({ attempt: 3, failures: 0 })
    expect(await countOf(acme, 'effect', title)).toBe(1)
  })

  it('cannot be finished by an old worker once a new one has taken it up', async () => {
    const jobId = await ask(globex, { title: 'fenced' })
    const key = { tenantId: globex.id, jobId }
    const { db } = globex.systemCtx()
    const first = await claimJob(db, key, { lockMs: 60_000, takeOver: false })
    expect(await claimJob(db, key, { lockMs: 60_000, takeOver: false })).toBeUndefined()
    const second = await claimJob(db, key, { lockMs: 60_000, takeOver: true })
    expect([first?.attempt, second?.attempt]).toEqual([1, 2])
    expect(await finishJob(db, key, 1, {})).toBe(false)
    expect(await finishJob(db, key, 2, {})).toBe(true)
    expect(new FenceLostError().message).toContain('another worker')
  })

  it('survives a Redis that forgets everything', async () => {
    const jobId = await ask(acme, { title: 'forgotten' })
    await expectEventually(async () => {
      const row = await acme
        .systemCtx()
        .db.queryOne<{ sent: boolean }>(
          sql`select dispatched_at is not null as sent from jobs where id = ${jobId}::uuid`,
        )
      expect(row?.sent).toBe(true)
    })
    await world.redis.flushdb()
    startHost()
    await world.database.platform.execute(
      sql`update jobs set dispatched_at = now() - interval '10 minutes' where id = ${jobId}::uuid`,
    )
    const [reconcile] = platformSchedules({ config: world.config, database: world.database, queues, log: world.log })
    if (!reconcile) throw new Error('no schedule')
    await runSchedule(world.database, reconcile)
    await ends(acme, jobId, 'SUCCEEDED')
    expect(await countOf(acme, 'effect', 'forgotten')).toBe(1)
    const run = await world.database.platform.queryOne<{ ok: boolean }>(
      sql`select last_success_at is not null as ok from schedule_runs where name = 'reconcile-jobs'`,
    )
    expect(run?.ok).toBe(true)
  })
})

it('two relays hand each row on once', async () => {
  const second = startRelay({
    config: world.config,
    database: world.database,
    redis: world.redis,
    queues,
    log: world.log,
  })
  startHost()
  const ids = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(n % 2 ? acme : globex, { title: 'shared' })))
  for (const [n, id] of ids.entries()) await ends(n % 2 ? acme : globex, id, 'SUCCEEDED')
  expect(await countOf(acme, 'start', 'shared')).toBe(20)
  expect(await countOf(globex, 'start', 'shared')).toBe(20)
  // What the jobs themselves have told is taken with the next batch.
  await expectEventually(async () =>
    expect(await world.database.platform.query(sql`select 1 as one from outbox`)).toEqual([]),
  )
  await second.close()
})

it('schedules run when they are due, and an error of theirs is written down', async () => {
  let runs = 0
  const schedules = await startSchedules(
    { config: world.config, database: world.database, queues, log: { ...world.log, error: () => undefined } },
    [
      { name: 'tick', everyMs: 200, run: async () => void runs++ },
      { name: 'broken', everyMs: 200, run: () => Promise.reject(new Error('out of paper')) },
    ],
  )
  await expectEventually(() => expect(runs).toBeGreaterThan(1))
  await expectEventually(async () => {
    const rows = await world.database.platform.query<{ name: string; ok: boolean; error: string | null }>(
      sql`select name, last_success_at is not null as ok, last_error as error from schedule_runs where name in ('tick', 'broken') order by name`,
    )
    expect(rows).toEqual([
      { name: 'broken', ok: false, error: 'out of paper' },
      { name: 'tick', ok: true, error: null },
    ])
  })
  await schedules.close()
})

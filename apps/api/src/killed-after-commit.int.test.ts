import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import path from 'node:path'
import { hashPassword } from '@throughline/accounts'
import { activityAccepted, signedIn } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { jobCatalog } from '@throughline/job-catalog'
import { closeQueues, createQueues, createRedis, startRelay } from '@throughline/jobs'
import { createTestWorld, expectEventually, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'

let world: TestWorld
let api: ChildProcess | undefined

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
})
afterAll(async () => {
  api?.kill('SIGKILL')
  await world?.close()
})

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

/** The real process. */
function startApi(port: number): ChildProcess {
  const { database, redis, tokens, encryption, storage } = world.config
  return spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    stdio: 'ignore',
    env: {
      THROUGHLINE_MODE: 'test',
      LOG_LEVEL: 'error',
      API_PORT: String(port),
      DATABASE_PLATFORM_URL: database.platformUrl,
      DATABASE_TENANT_URL: database.tenantUrl,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      JWT_SECRET: tokens.secret,
      ENCRYPTION_KEY: encryption.key,
      COOKIE_SECURE: 'false',
      STORAGE_DIR: storage.dir,
    },
  })
}

it('an API that is killed after its answer leaves the job to whoever comes', async () => {
  const tenant = await world.tenant('Killed')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = startApi(port)
  api = child
  await expectEventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), 30_000)
  const call = async (address: string, body: object, headers: Record<string, string>) =>
    (
      await fetch(`${url}${address}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    ).json()

  const credentials = { email: tenant.members.manager.email, password: testPassword }
  const { accessToken } = signedIn.parse(await call('/auth/v1/login', credentials, { 'x-client': 'api' }))
  const brief = { topic: 'Left behind', audience: 'us' }
  const { jobId } = activityAccepted.parse(
    await call('/tenant/v1/activities', brief, { authorization: `Bearer ${accessToken}` }),
  )
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended

  const redis = createRedis(world.config.redis, 'producer', world.log)
  const queues = createQueues(redis, jobCatalog, world.config.redis.prefix, world.log)
  const relay = startRelay({ config: world.config, database: world.database, redis, queues, log: world.log })
  try {
    await expectEventually(async () => {
      const waiting = (await queues.get('agent__blog-writer')?.getJobs(['waiting'])) ?? []
      expect(waiting.map(({ data }) => data.jobId)).toEqual([jobId])
    })
    expect(await tenant.systemCtx().db.query(sql`select 1 as one from outbox`)).toEqual([])
  } finally {
    await relay.close()
    await closeQueues(queues)
    redis.disconnect()
  }
}, 90_000)

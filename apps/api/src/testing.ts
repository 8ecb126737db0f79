// The real app on a test world, and callers that are signed in.
import { Revocations } from '@throughline/accounts'
import type { PortalName, Role, tenantRoles } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { jobCatalog } from '@throughline/job-catalog'
import { createQueues, createRedis } from '@throughline/jobs'
import { revokedChannel } from '@throughline/realtime'
import { createStorage } from '@throughline/storage'
import { createLogger, type Logger } from '@throughline/telemetry'
import type { TestStaff, TestTenant, TestWorld } from '@throughline/testing'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { buildApp } from './app.ts'
import { identityParts, type Resources } from './resources.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface Caller {
  token: string
  get(url: string): Promise<LightMyRequestResponse>
  post(url: string, body?: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  patch(url: string, body: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  put(url: string, body: object, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  delete(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
}

export interface TestApp {
  app: FastifyInstance
  resources: Resources
  as(tenant: TestTenant, role: (typeof tenantRoles)[number]): Promise<Caller>
  asStaff(staff: TestStaff, role: 'super_admin' | 'dm_admin' | 'reviewer'): Promise<Caller>
  with(token: string): Caller
  close(): Promise<void>
}

export interface TestAppOptions {
  logLevel?: 'silent' | 'error'
  /** For tests that read the log. */
  log?: Logger
}

/** One node of the API on the world's database and Redis; make two for two nodes. */
export async function createTestApp(
  world: TestWorld,
  { logLevel = 'silent', log = createLogger({ level: logLevel, name: 'api' }) }: TestAppOptions = {},
): Promise<TestApp> {
  const { config, database } = world
  const redis = createRedis(config.redis, 'producer', log)
  const subscriber = createRedis(config.redis, 'subscriber', log)
  const queues = createQueues(redis, jobCatalog, config.redis.prefix, log)
  const channel = revokedChannel(config.redis.prefix)
  const revocations = new Revocations({ db: database.platform, subscriber, publisher: redis, channel, log })
  await revocations.start()
  const storage = createStorage(config.storage)
  const parts = identityParts({ config, database, redis, log })
  const resources: Resources = {
    config,
    database,
    redis,
    queues,
    catalog: jobCatalog,
    storage,
    revocations,
    log,
    ...parts,
  }
  const app = await buildApp(resources)
  await app.ready()

  const withToken = (token: string): Caller => {
    const call = (method: Method, url: string, payload?: object, headers: Record<string, string> = {}) =>
      app.inject({ method, url, payload, headers: { authorization: `Bearer ${token}`, ...headers } })
    return {
      token,
      get: (url) => call('GET', url),
      post: (url, body = {}, headers = {}) => call('POST', url, body, headers),
      patch: (url, body, headers = {}) => call('PATCH', url, body, headers),
      put: (url, body, headers = {}) => call('PUT', url, body, headers),
      delete: (url, headers = {}) => call('DELETE', url, undefined, headers),
    }
  }
  const enter = async (
    user: { id: string; email: string; name: string },
    tenantId: string | null,
    role: Role,
    portal: PortalName,
  ) => {
    const row = await database.platform.queryOne<{ id: string }>(sql`
      insert into sessions (id, user_id, tenant_id, portal, expires_at)
      values (uuidv7(), ${user.id}::uuid, ${tenantId}::uuid, ${portal.toUpperCase()}::"Portal", now() + interval '1 day') returning id`)
    if (!row) throw new Error('no session')
    const described = { ...user, role, tenant: null, permissions: [], mustEnrol: false, firms: [], impersonation: null }
    return withToken(
      app.signAccessToken({ sessionId: row.id, tenantId, role, portal, refreshToken: null, user: described }),
    )
  }
  return {
    app,
    resources,
    as: (tenant, role) => enter(tenant.members[role], tenant.id, role, 'dashboard'),
    asStaff: (staff, role) => enter(staff, null, role, role === 'super_admin' ? 'manage' : 'dm'),
    with: withToken,
    async close() {
      await app.close()
      revocations.stop()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      redis.disconnect()
      subscriber.disconnect()
    },
  }
}

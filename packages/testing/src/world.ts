// What an integration test starts from: real Postgres, real Redis, and as many tenants as it wants.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { type Config, loadConfig } from '@throughline/config'
import { type TenantRole, tenantRoles } from '@throughline/contracts'
import {
  type Ctx,
  createAnswerStore,
  createDatabase,
  type Database,
  type Log,
  type PlatformCtx,
  platformCtx,
  sql,
  tenantCtx,
} from '@throughline/db'
import { Redis } from 'ioredis'
import { loadTestServices } from './services.ts'
import { cloneTemplate, dropDatabase } from './template.ts'

/** The password of everybody in a test world; `passwordHash` is what the caller stores for it. */
export const testPassword = 'a quite long test password'

export interface TestTenant {
  id: string
  name: string
  /** E-mail domain of its members. */
  domain: string
  members: Record<TenantRole, { id: string; email: string; name: string }>
  /** The context that a route would build for this member. */
  ctx(role: TenantRole): Ctx
  /** The context that a job without a person behind it would get. */
  systemCtx(): Ctx
}

export interface TestStaff {
  id: string
  email: string
  name: string
  ctx(): PlatformCtx
}

export interface TestWorld {
  config: Config
  database: Database
  redis: Redis
  log: Log
  ownerUrl: string
  tenant(name?: string): Promise<TestTenant>
  staff(role: 'super_admin' | 'dm_admin' | 'reviewer', name?: string): Promise<TestStaff>
  close(): Promise<void>
}

export interface WorldOptions {
  /** Environment variables on top of the test defaults. */
  env?: Record<string, string>
  /** PHC string stored for every user; the default lets nobody sign in. */
  passwordHash?: string
}

/** Silent, except for errors: those a reader of a failing test wants to see. */
const createTestLog = (isClosing: () => boolean): Log => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  // What the dropping of the database does to the last idle connections is no news.
  error: (details, message) => void (isClosing() || process.stderr.write(`${message} ${JSON.stringify(details)}\n`)),
})

/** A Redis database that no other test file uses at this time. */
async function takeRedisDatabase(redisUrl: string): Promise<string> {
  const redis = new Redis(redisUrl)
  try {
    const [, databases] = (await redis.config('GET', 'databases')) as [string, string]
    const index = 1 + ((await redis.incr('throughline:test:next')) % (Number(databases) - 1))
    const url = new URL(redisUrl)
    url.pathname = `/${index}`
    return url.href
  } finally {
    redis.disconnect()
  }
}

/** Opens a world of its own. Close it in afterAll. */
export async function createTestWorld({ env = {}, passwordHash = 'none' }: WorldOptions = {}): Promise<TestWorld> {
  const services = loadTestServices()
  const name = `tl_test_${randomBytes(6).toString('hex')}`
  const urls = await cloneTemplate(services.adminUrl, name)
  const redisUrl = await takeRedisDatabase(services.redisUrl)
  const storageDir = await mkdtemp(path.join(os.tmpdir(), 'throughline-test-'))
  const config = loadConfig({
    THROUGHLINE_MODE: 'test',
    LOG_LEVEL: 'error',
    API_PORT: '0',
    WORKER_HEALTH_PORT: '0',
    DATABASE_OWNER_URL: urls.owner,
    DATABASE_PLATFORM_URL: urls.platform,
    DATABASE_TENANT_URL: urls.tenant,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: name.replaceAll('_', '-'),
    JWT_SECRET: randomBytes(48).toString('base64url'),
    ENCRYPTION_KEY: randomBytes(48).toString('base64url'),
    COOKIE_SECURE: 'false',
    STORAGE_DIR: path.join(storageDir, 'objects'),
    MAIL_DIR: path.join(storageDir, 'mail'),
    RATE_LIMIT_MAX: '100000',
    LOGIN_RATE_LIMIT_MAX: '100000',
    REGISTER_RATE_LIMIT_MAX: '100000',
    REFRESH_RATE_LIMIT_MAX: '100000',
    RESET_RATE_LIMIT_MAX: '100000',
    TENANT_RATE_LIMIT_MAX: '1000000',
    JOB_LOCK_MS: '1500',
    JOB_BACKOFF_MS: '50',
    TENANCY_BINDING: process.env.TENANCY_BINDING ?? 'session',
    ...env,
  })
  let closing = false
  const testLog = createTestLog(() => closing)
  const redis = new Redis(redisUrl)
  await redis.flushdb()
  const database = createDatabase(config, testLog, createAnswerStore(redis, config.redis.prefix))

  const addUser = async (user: { id: string; email: string; name: string }, platformRole: string | null) => {
    await database.platform.execute(
      sql`insert into users (id, email, name, password_hash, platform_role, email_verified_at)
          values (${user.id}::uuid, ${user.email}, ${user.name}, ${passwordHash}, ${platformRole}::"PlatformRole", now())`,
    )
    return user
  }

  return {
    config,
    database,
    redis,
    log: testLog,
    ownerUrl: urls.owner,
    async tenant(label = 'tenant') {
      const id = randomUUID()
      const domain = `${label.toLowerCase()}-${randomBytes(3).toString('hex')}.test`
      await database.platform.execute(
        sql`insert into tenants (id, name, slug, currency) values (${id}::uuid, ${label}, ${domain}, 'EUR')`,
      )
      const addMember = async (role: TenantRole) => {
        const user = await addUser({ id: randomUUID(), email: `${role}@${domain}`, name: `${role} of ${label}` }, null)
        await database.platform.execute(
          sql`insert into members (tenant_id, id, email, name, role)
              values (${id}::uuid, ${user.id}::uuid, ${user.email}, ${user.name}, ${role.toUpperCase()}::"TenantRole")`,
        )
        return [role, user] as const
      }
      const members = Object.fromEntries(await Promise.all(tenantRoles.map(addMember))) as TestTenant['members']
      const ctx = (actor: Ctx['actor']) =>
        tenantCtx(database, { tenantId: id, actor, log: testLog, requestId: randomUUID() })
      return {
        id,
        name: label,
        domain,
        members,
        ctx: (role) => ctx({ kind: 'user', id: members[role].id, role }),
        systemCtx: () => ctx({ kind: 'system', id: null, role: null }),
      }
    },
    async staff(role, label = role) {
      const id = randomUUID()
      const user = await addUser(
        { id, email: `${label}-${randomBytes(3).toString('hex')}@staff.test`, name: label },
        role.toUpperCase(),
      )
      return { ...user, ctx: () => platformCtx(database, { actor: { kind: 'platform', id, role }, log: testLog }) }
    },
    async close() {
      closing = true
      redis.disconnect()
      await database.close()
      await dropDatabase(services.adminUrl, name)
      await rm(storageDir, { recursive: true, force: true })
    },
  }
}

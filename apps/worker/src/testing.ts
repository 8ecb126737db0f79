// The real worker as a process of its own, on a test world's services, so that a test can kill it.
import { type ChildProcess, spawn } from 'node:child_process'
import path from 'node:path'
import type { TestWorld } from '@throughline/testing'

/** @param env on top of what the world gives, e.g. another model provider */
export function startWorkerProcess(
  { config }: TestWorld,
  profiles: string,
  env: Record<string, string> = {},
): ChildProcess {
  const { database, redis, tokens, encryption, storage, mail, worker, outbound } = config
  return spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts')], {
    stdio: 'ignore',
    env: {
      THROUGHLINE_MODE: 'test',
      LOG_LEVEL: 'error',
      DATABASE_PLATFORM_URL: database.platformUrl,
      DATABASE_TENANT_URL: database.tenantUrl,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      JWT_SECRET: tokens.secret,
      ENCRYPTION_KEY: encryption.key,
      STORAGE_DIR: storage.dir,
      MAIL_DIR: mail.dir,
      OUTBOUND_ALLOW_ADDRESSES: outbound.allowAddresses.join(','),
      OUTBOUND_ALLOW_PORTS: outbound.ports.join(','),
      WORKER_PROFILES: profiles,
      WORKER_HEALTH_PORT: '0',
      JOB_LOCK_MS: String(worker.jobLockMs),
      JOB_BACKOFF_MS: String(worker.jobBackoffMs),
      ...env,
    },
  })
}

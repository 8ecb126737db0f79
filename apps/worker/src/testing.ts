// The real worker as a process of its own, on a test world's services, so that a test can kill it; and a model that it waits for.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
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

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'slow', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`

/** A model that begins to answer with `text`, and ends only when it may. */
export async function startSlowModel(text: string) {
  const waiting: ServerResponse[] = []
  let mayEnd = false
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(chunk({ role: 'assistant', content: text }))
    waiting.push(response)
    if (mayEnd) response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    /** How many were begun. */
    begun: (): number => waiting.length,
    letEnd() {
      mayEnd = true
    },
    /** What makes a worker ask it. */
    env: {
      AI_PROVIDER: 'openai-compatible',
      AI_MODEL: 'slow',
      AI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

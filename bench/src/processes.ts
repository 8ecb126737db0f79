// The servers that are measured, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Filled } from './fill.ts'
import { redisUrl } from './services.ts'

const root = path.join(import.meta.dirname, '../..')
const running = new Set<ChildProcess>()

export interface Server {
  name: string
  url: string
  /** Resident memory in MiB, read from the kernel. */
  memory(): number
  /** Lets it end what it has begun. */
  stop(): Promise<void>
  /** With -9: it learns nothing of it. */
  kill(): Promise<void>
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const memoryOf = (child: ChildProcess): number =>
  Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024

const startPatienceMs = 60_000

interface Program {
  name: string
  /** From the repository's root. */
  file: string
  /** Of Node, as an installation gives them. */
  flags?: string[]
  port: number
  env: Record<string, string>
  /** Answers below 500 when the program is ready. */
  health: string
  /** A file for its log lines; they go nowhere without one. */
  logFile?: string
}

async function start({ name, file, flags = [], port, env, health, logFile }: Program): Promise<Server> {
  const log = logFile ? openSync(logFile, 'a') : undefined
  const child = spawn(process.execPath, [...flags, path.join(root, file)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', log ?? 'ignore', 'inherit'],
  })
  if (log !== undefined) closeSync(log)
  running.add(child)
  const end = async (signal: NodeJS.Signals) => {
    running.delete(child)
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const url = `http://127.0.0.1:${port}`
  const server: Server = {
    name,
    url,
    memory: () => memoryOf(child),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
  for (const giveUpAt = Date.now() + startPatienceMs; Date.now() < giveUpAt; await setTimeout(25)) {
    if (child.exitCode !== null) break
    try {
      if ((await fetch(`${url}${health}`)).status < 500) return server
    } catch {
      // Not listening yet.
    }
  }
  throw new Error(`${name} did not start`)
}

/** Ends whatever still runs, when the benchmark is stopped early. */
export function stopAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

/** Where an installation keeps what it knows; a test world's configuration is one. */
export interface Installation {
  database: { platformUrl: string; tenantUrl: string }
  redis: { url: string; prefix: string }
  tokens: { secret: string }
  storage: { dir: string }
}

export interface StartOptions {
  /** Any free one when it is left out. */
  port?: number
  env?: Record<string, string>
  logFile?: string
}

const platformEnv = ({ database, redis, tokens, storage }: Installation, port: number): Record<string, string> => ({
  NODE_ENV: 'production',
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  THROUGHLINE_MODE: 'test',
  LOG_LEVEL: 'info',
  API_PORT: String(port),
  WORKER_HEALTH_PORT: String(port),
  DATABASE_PLATFORM_URL: database.platformUrl,
  DATABASE_TENANT_URL: database.tenantUrl,
  REDIS_URL: redis.url,
  REDIS_PREFIX: redis.prefix,
  JWT_SECRET: tokens.secret,
  ENCRYPTION_KEY: tokens.secret,
  COOKIE_SECURE: 'false',
  STORAGE_DIR: storage.dir,
  // Raised, not switched off: every request is still counted.
  RATE_LIMIT_MAX: '100000000',
  LOGIN_RATE_LIMIT_MAX: '100000000',
  TENANT_RATE_LIMIT_MAX: '100000000',
})

const secret = randomBytes(48).toString('base64url')
const dir = mkdtempSync(path.join(os.tmpdir(), 'throughline-bench-'))

/** What was filled, as an installation. */
export const installed = ({ urls }: Filled): Installation => ({
  database: { platformUrl: urls.platform, tenantUrl: urls.tenant },
  redis: { url: redisUrl, prefix: 'bench' },
  tokens: { secret },
  storage: { dir },
})

export async function startThroughline(where: Installation, options: StartOptions = {}): Promise<Server> {
  const { port = await freePort(), env, logFile } = options
  return start({
    name: 'Throughline',
    file: 'apps/api/src/main.ts',
    port,
    env: { ...platformEnv(where, port), ...env },
    health: '/health/ready',
    logFile,
  })
}

export async function startWorker(where: Installation, profiles: string, options: StartOptions = {}): Promise<Server> {
  const { port = await freePort(), env, logFile } = options
  return start({
    name: `worker ${profiles}`,
    file: 'apps/worker/src/main.ts',
    flags: ['--max-semi-space-size=32'],
    port,
    env: { ...platformEnv(where, port), WORKER_PROFILES: profiles, ...env },
    health: '/health/ready',
    logFile,
  })
}

export async function startBaseline(name: string, program: string, filled: Filled): Promise<Server> {
  const port = await freePort()
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    BENCH_DATABASE_URL: filled.adminUrl,
    BENCH_TENANT_ID: filled.tenantId,
  }
  return start({ name, file: `bench/src/baselines/${program}`, port, env, health: '/statistics' })
}

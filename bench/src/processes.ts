// The servers that are measured, each in a process of its own.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
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
  stop(): Promise<void>
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

async function start(
  name: string,
  program: string,
  port: number,
  env: Record<string, string>,
  health: string,
): Promise<Server> {
  const child = spawn(process.execPath, [path.join(root, program)], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  running.add(child)
  const url = `http://127.0.0.1:${port}`
  const server: Server = {
    name,
    url,
    memory: () => memoryOf(child),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
        running.delete(child)
      }),
  }
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) break
    try {
      if ((await fetch(`${url}${health}`)).status < 500) return server
    } catch {
      // Not listening yet.
    }
    await setTimeout(50)
  }
  throw new Error(`${name} did not start`)
}

/** Ends whatever still runs, when the benchmark is stopped early. */
export function stopAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

const secret = randomBytes(48).toString('base64url')
const storage = mkdtempSync(path.join(os.tmpdir(), 'throughline-bench-'))

const platformEnv = ({ urls }: Filled, port: number): Record<string, string> => ({
  NODE_ENV: 'production',
  NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
  THROUGHLINE_MODE: 'test',
  LOG_LEVEL: 'info',
  API_PORT: String(port),
  WORKER_HEALTH_PORT: String(port),
  DATABASE_PLATFORM_URL: urls.platform,
  DATABASE_TENANT_URL: urls.tenant,
  REDIS_URL: redisUrl,
  REDIS_PREFIX: 'bench',
  JWT_SECRET: secret,
  ENCRYPTION_KEY: secret,
  COOKIE_SECURE: 'false',
  STORAGE_DIR: storage,
  // Raised, not switched off: every request is still counted.
  RATE_LIMIT_MAX: '100000000',
  LOGIN_RATE_LIMIT_MAX: '100000000',
  TENANT_RATE_LIMIT_MAX: '100000000',
})

export async function startThroughline(filled: Filled): Promise<Server> {
  const port = await freePort()
  return start('Throughline', 'apps/api/src/main.ts', port, platformEnv(filled, port), '/health/ready')
}

export async function startWorker(filled: Filled, profiles: string): Promise<Server> {
  const port = await freePort()
  return start(
    `worker ${profiles}`,
    'apps/worker/src/main.ts',
    port,
    { ...platformEnv(filled, port), WORKER_PROFILES: profiles },
    '/health/ready',
  )
}

export async function startBaseline(name: string, program: string, filled: Filled): Promise<Server> {
  const port = await freePort()
  const env = {
    NODE_ENV: 'production',
    PORT: String(port),
    BENCH_DATABASE_URL: filled.adminUrl,
    BENCH_TENANT_ID: filled.tenantId,
  }
  return start(name, `bench/src/baselines/${program}`, port, env, '/statistics')
}

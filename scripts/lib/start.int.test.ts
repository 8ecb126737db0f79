import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observe, untilGone } from '../testing/observe.mjs'
import { makeStandIn } from '../testing/stand-in.mjs'
import { temporaryFolder } from '../testing/temporary.mjs'
import { childEnv } from './child-env.mjs'
import { answers } from './ports.mjs'
import { inspectProcess } from './proc.mjs'
import { readRunFile, runFileOf } from './run-file.mjs'
import { hermetic } from './test-env.mjs'

// The real scripts with real Postgres and Redis, around apps that only answer their health checks.
let checkout = ''
const started: ReturnType<typeof observe>[] = []
const anyPorts = {
  API_PORT: '0',
  DASHBOARD_PORT: '0',
  MANAGE_PORT: '0',
  DM_PORT: '0',
  WORKER_HEALTH_PORT: '0',
  DOCUMENTS_HEALTH_PORT: '0',
}
const ready = /^Throughline is ready$/

function npm(args: string[], env: Record<string, string> = {}) {
  const run = observe('npm', args, { cwd: checkout, env: { ...hermetic(childEnv(process.env)), ...anyPorts, ...env } })
  started.push(run)
  return run
}

async function startReady(args: string[] = []) {
  const npmStart = npm(['start', ...args])
  await npmStart.said(ready)
  const run = readRunFile(path.join(checkout, '.data'))
  if (!run) throw new Error('no run.json')
  return { npmStart, run, pids: [run.pid, ...Object.values(run.pids)] }
}

beforeAll(() => {
  checkout = temporaryFolder()
  makeStandIn(checkout)
})

afterAll(() => {
  for (const { pid } of started) if (inspectProcess(pid)) process.kill(-pid, 'SIGKILL')
  fs.rmSync(checkout, { recursive: true, force: true })
})

describe('npm start', () => {
  it('ends with the line that says so, after everything is healthy; Ctrl-C leaves nothing', async () => {
    const { npmStart, run, pids } = await startReady()
    for (const name of ['api', 'worker', 'documents', 'dashboard', 'manage', 'dm']) {
      expect(npmStart.lines.findIndex((line) => line.includes(`✓ ${name} is healthy`))).toBeGreaterThan(0)
    }
    expect(Object.keys(run.pids).sort()).toEqual([
      'api',
      'dashboard',
      'dm',
      'documents',
      'manage',
      'postgres',
      'redis',
      'worker',
    ])
    for (const name of ['postgres', 'redis']) expect(await answers(run.ports[name] ?? 0)).toBe(true)
    npmStart.signalGroup('SIGINT')
    await npmStart.exited
    await untilGone(pids)
    expect(fs.existsSync(runFileOf(path.join(checkout, '.data')))).toBe(false)
  })

  it('builds nothing when nothing changed, and only the portal that did', async () => {
    const calls = path.join(checkout, 'turbo.calls')
    fs.rmSync(calls, { force: true })
    const first = await startReady()
    first.npmStart.signalGroup('SIGINT')
    await untilGone(first.pids)
    expect(fs.existsSync(calls)).toBe(false)
    fs.appendFileSync(path.join(checkout, 'apps/dm/server.ts'), '// changed\n')
    const second = await startReady()
    second.npmStart.signalGroup('SIGINT')
    await untilGone(second.pids)
    expect(fs.readFileSync(calls, 'utf8')).toMatch(/^run build --filter=\.\/apps\/dm [^\n]*\n$/)
  })

  it('says that it is already running, and status says how', async () => {
    const { npmStart, run, pids } = await startReady(['--', '--only=api,worker'])
    expect(Object.keys(run.health).sort()).toEqual(['api', 'documents', 'worker'])
    const second = npm(['start'])
    expect(await second.exited).toBe(1)
    expect(second.lines.join('\n')).toContain(`already running as process ${run.pid}`)
    const reset = npm(['run', 'reset'])
    expect(await reset.exited).toBe(1)
    expect(reset.lines.join('\n')).toContain('already running')
    const status = npm(['run', 'status'])
    expect(await status.exited).toBe(0)
    const told = status.lines.join('\n')
    expect(told).toMatch(/api +port \d+ +process \d+ +healthy/)
    expect(told).not.toContain(new URL(run.databaseUrls.owner).password)
    npmStart.signalGroup('SIGTERM')
    await untilGone(pids)
  })

  it('tells run.json the pid of a process that it had to start again', async () => {
    const { npmStart, run, pids } = await startReady(['--', '--only=api'])
    process.kill(run.pids.api ?? 0, 'SIGKILL')
    await npmStart.said(/api ended \(ended by SIGKILL\); starting it again in 0.5 s/)
    await expect
      .poll(() => readRunFile(path.join(checkout, '.data'))?.pids.api, { timeout: 10_000 })
      .not.toBe(run.pids.api)
    npmStart.signalGroup('SIGINT')
    await untilGone(pids)
  })
})

describe('after a kill -9', () => {
  it.for(['npm', 'npm and all below it', 'the script', 'everything'])(
    'of %s nothing is left, and the next start comes up',
    async (what) => {
      const { npmStart, run, pids } = await startReady(['--', '--only=api,worker'])
      if (what === 'npm') process.kill(npmStart.pid, 'SIGKILL')
      else if (what === 'the script') process.kill(run.pid, 'SIGKILL')
      else npmStart.signalGroup('SIGKILL')
      if (what === 'everything')
        for (const pid of Object.values(run.pids)) inspectProcess(pid) && process.kill(pid, 'SIGKILL')
      await untilGone(pids)
      const again = await startReady(['--', '--only=api'])
      again.npmStart.signalGroup('SIGINT')
      await untilGone(again.pids)
    },
  )
})

describe('npm run reset', () => {
  it('removes nothing without the typed word', async () => {
    const reset = npm(['run', 'reset'])
    expect(await reset.exited).toBe(1)
    expect(fs.existsSync(path.join(checkout, '.data/postgres/PG_VERSION'))).toBe(true)
  })
})

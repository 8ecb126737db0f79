import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { observe } from '../testing/observe.mjs'
import { makeStandIn } from '../testing/stand-in.mjs'
import { temporaryFolder } from '../testing/temporary.mjs'
import { childEnv } from './child-env.mjs'
import { inspectProcess } from './proc.mjs'

// The real `npm test` with real services, around runners that only report what they are told to.
let checkout = ''

function runner(file: string, script: string) {
  fs.mkdirSync(path.join(checkout, path.dirname(file)), { recursive: true })
  fs.writeFileSync(path.join(checkout, file), `#!/usr/bin/env node\nconst fs = require('node:fs')\n${script}`, {
    mode: 0o755,
  })
}
const vitestReport = `
const file = process.argv.find((arg) => arg.startsWith('--outputFile.json=')).slice(18)
const integration = process.argv.includes('integration')
if (integration) fs.writeFileSync('seen.json', JSON.stringify(process.env))
fs.writeFileSync(file, JSON.stringify({ numPassedTests: integration ? 3 : 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }))
`
const playwrightReport = `
fs.writeFileSync('seen.json', JSON.stringify(process.env))
fs.writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE, JSON.stringify({ stats: { expected: 7, unexpected: 0, flaky: 0, skipped: 1 }, errors: [] }))
`

beforeAll(() => {
  checkout = temporaryFolder()
  makeStandIn(checkout)
  for (const name of ['biome', 'knip', 'tsc']) runner(`node_modules/.bin/${name}`, '')
  // As the real one does, it refuses an import of a file that is not there.
  runner('node_modules/.bin/depcruise', 'fs.accessSync("packages/db/src/generated/client.ts")')
  runner('node_modules/.bin/vitest', vitestReport)
  runner('e2e/node_modules/.bin/playwright', playwrightReport)
  fs.writeFileSync(path.join(checkout, 'e2e/node_modules/.bin/package.json'), '{"type":"commonjs"}')
})
afterAll(() => fs.rmSync(checkout, { recursive: true, force: true }))

async function npmTest(...args: string[]) {
  const env = {
    ...childEnv(process.env),
    CI: 'true',
    DATABASE_URL: 'postgresql://never.example/mine',
    AI_PROVIDER: 'openai',
  }
  const run = observe('npm', ['test', '--', ...args], { cwd: checkout, env })
  const code = await run.exited
  return { code, lines: run.lines.filter((line) => !line.startsWith('npm ')) }
}
const seen = (file: string): Record<string, string | undefined> =>
  JSON.parse(fs.readFileSync(path.join(checkout, file), 'utf8'))

describe('npm test', () => {
  it('runs every tier with services of its own, and sums them up in its last line', async () => {
    const { code, lines } = await npmTest()
    expect(lines.at(-1)).toBe('20 passed, 0 failed, 1 skipped')
    expect(code).toBe(0)
    const integration = seen('seen.json')
    expect(integration.TEST_DATABASE_ADMIN_URL).toMatch(
      /^postgresql:\/\/postgres:[0-9a-f]+@127\.0\.0\.1:\d+\/postgres$/,
    )
    expect(integration.TEST_REDIS_URL).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/)
    expect(integration.DATABASE_URL ?? integration.AI_PROVIDER).toBeUndefined()
    const e2e = seen('e2e/seen.json')
    for (const portal of ['DASHBOARD', 'DM', 'MANAGE', 'API'])
      expect(e2e[`E2E_${portal}_URL`]).toMatch(/^http:\/\/localhost:\d+$/)
    const run: { pids: Record<string, number> } = JSON.parse(fs.readFileSync(e2e.E2E_RUN_FILE ?? '', 'utf8'))
    expect(Object.values(run.pids).filter((pid) => inspectProcess(pid)?.command.includes(checkout))).toEqual([])
  })

  it('counts what fails and what crashes, and goes on to the next tier', async () => {
    runner('node_modules/.bin/knip', 'console.log("unused: x"); process.exit(1)')
    runner('node_modules/.bin/vitest', 'process.kill(process.pid, "SIGSEGV")')
    const { code, lines } = await npmTest()
    expect(lines).toContain('[lint: nothing unused] unused: x')
    expect(lines).toContain('✗ lint: nothing unused')
    expect(lines.at(-1)).toBe('11 passed, 3 failed, 1 skipped')
    expect(code).toBe(1)
  })

  it('runs the unit tests alone without building or starting anything but the client they import', async () => {
    runner('node_modules/.bin/vitest', vitestReport)
    for (const made of ['turbo.calls', 'packages/db/src/generated'])
      fs.rmSync(path.join(checkout, made), { recursive: true, force: true })
    const { code, lines } = await npmTest('--tier=unit')
    expect([code, lines.at(-1)]).toEqual([0, '5 passed, 0 failed'])
    expect(lines.join('\n')).not.toMatch(/Postgres|Redis/)
    const calls = fs.readFileSync(path.join(checkout, 'turbo.calls'), 'utf8').trim().split('\n')
    expect(calls).toEqual([expect.stringMatching(/^run generate /)])
  })

  it('fails when it is asked for something else', async () => {
    const { code, lines } = await npmTest('--tier=browser')
    expect(code).toBe(2)
    expect(lines.join('\n')).toContain('lint, types, unit, integration, e2e')
  })
})

import path from 'node:path'
import { apps } from './apps.mjs'
import { UsageError } from './arguments.mjs'
import { check, playwright, vitest } from './checks.mjs'
import { binOf } from './paths.mjs'
import { createPortPicker } from './ports.mjs'
import { runFileOf } from './run-file.mjs'
import { loadSecrets } from './secrets.mjs'
import { startServices } from './services.mjs'
import { startStack } from './stack.mjs'
import { chromiumProgram, findOrInstall } from './system-packages.mjs'
import { sum } from './tally.mjs'

/** @typedef {import('./checks.mjs').TestRun} TestRun @typedef {import('./tally.mjs').Tally} Tally */

/** Long enough for two cores that have just built three portals. */
const stackTimeoutMs = 180_000

/** @param {TestRun} run */
async function lint(run) {
  return sum([
    await check(run, 'lint: biome', binOf(run.root, 'biome'), ['check', '.']),
    await check(run, 'lint: direction of dependence', binOf(run.root, 'depcruise'), [
      'apps',
      'packages',
      'bench',
      'e2e',
      '--config',
      '.dependency-cruiser.mjs',
    ]),
    await check(run, 'lint: nothing unused', binOf(run.root, 'knip'), []),
  ])
}

/** @param {TestRun} run */
async function types(run) {
  return sum([
    await check(run, 'types: scripts and tooling', binOf(run.root, 'tsc'), ['-p', 'scripts']),
    await check(run, 'types: apps and packages', binOf(run.root, 'turbo'), [
      'run',
      'typecheck',
      '--output-logs=errors-only',
      '--continue',
    ]),
  ])
}

/** @param {TestRun} run */
const unit = (run) => vitest(run, 'unit')

/** @param {TestRun} run */
async function integration(run) {
  const { root, env, processes, output } = run
  const dataDir = path.join(run.dir, 'services')
  const { adminUrl, redisUrl } = await startServices({
    root,
    dataDir,
    env,
    processes,
    output,
    secrets: loadSecrets(dataDir),
    durable: false,
    external: {},
    redisPassword: false,
    pickPort: createPortPicker().pick,
    wantedPorts: { postgres: 0, redis: 0 },
    onLaunch: () => undefined,
  })
  return vitest(run, 'integration', { TEST_DATABASE_ADMIN_URL: adminUrl, TEST_REDIS_URL: redisUrl })
}

/** @param {TestRun} run */
async function chromium({ root, env, processes, output }) {
  if (env.CHROMIUM_PATH) return { file: env.CHROMIUM_PATH, env }
  const dir = path.join(root, 'node_modules', '.cache', 'throughline', 'chromium')
  const found = await findOrInstall(chromiumProgram, { processes, output, env, dir })
  if (!found) throw new Error(chromiumProgram.help.join('\n'))
  return found
}

/** @param {TestRun} run */
async function e2e(run) {
  const browser = await chromium(run)
  const dataDir = path.join(run.dir, 'platform')
  const stack = await startStack({
    root: run.root,
    dataDir,
    // limits are raised by configuration: a browser test signs in more often than a person
    env: {
      ...run.env,
      THROUGHLINE_MODE: 'demo',
      RATE_LIMIT_MAX: '100000',
      LOGIN_RATE_LIMIT_MAX: '10000',
      REGISTER_RATE_LIMIT_MAX: '10000',
      REFRESH_RATE_LIMIT_MAX: '10000',
      RESET_RATE_LIMIT_MAX: '10000',
      LOG_LEVEL: 'warn',
    },
    apps,
    processes: run.processes,
    output: run.output,
    durable: false,
    anyPorts: true,
    timeoutMs: stackTimeoutMs,
  })
  return playwright(run, {
    ...browser.env,
    CHROMIUM_PATH: browser.file,
    E2E_DASHBOARD_URL: stack.urls.dashboard,
    E2E_DM_URL: stack.urls.dm,
    E2E_MANAGE_URL: stack.urls.manage,
    E2E_API_URL: stack.urls.api,
    E2E_RUN_FILE: runFileOf(dataDir),
  })
}

/** In the order in which they tell most for the least waiting. @type {Map<string, (run: TestRun) => Promise<Tally>>} */
const tiers = new Map(Object.entries({ lint, types, unit, integration, e2e }))

/**
 * @param {string | undefined} only
 * @returns {[string, (run: TestRun) => Promise<Tally>][]} by name
 * @throws {UsageError}
 */
export function selectTiers(only) {
  const known = [...tiers.keys()]
  if (only === undefined) return [...tiers]
  const names = only.split(',')
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new UsageError(`--tier: ${unknown.join(', ')} is not known; there are ${known.join(', ')}`)
  return [...tiers].filter(([name]) => names.includes(name))
}

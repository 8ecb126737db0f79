import path from 'node:path'
import { appEnv, specOf } from './apps.mjs'
import { buildPortals, generate } from './build.mjs'
import { databaseUrls } from './database-urls.mjs'
import { waitUntilHealthy } from './health.mjs'
import { createPortPicker, readPort } from './ports.mjs'
import { identify } from './proc.mjs'
import { writeRunFile } from './run-file.mjs'
import { loadSecrets } from './secrets.mjs'
import { startServices } from './services.mjs'
import { supervise } from './supervise.mjs'

/**
 * @typedef {{
 *   root: string, dataDir: string, env: NodeJS.ProcessEnv, apps: import('./apps.mjs').App[],
 *   processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output,
 *   durable?: boolean, anyPorts?: boolean, timeoutMs?: number, external?: { databaseUrl?: string, redisUrl?: string },
 * }} StackOptions  `anyPorts`: random free ones; `timeoutMs`: give up when the apps are not healthy by then
 */

/** Near enough to the standard ports to be recognised, far enough never to meet what already runs there. */
const servicePorts = { postgres: 15_432, redis: 16_379 }

/** @param {StackOptions} options @param {(wanted: number) => Promise<number>} pick */
async function pickAppPorts({ apps, env, anyPorts, output }, pick) {
  /** @type {Record<string, number>} */
  const ports = {}
  for (const { name, port } of apps) {
    const wanted = anyPorts ? 0 : readPort(env[port.variable], port.fallback, port.variable)
    ports[name] = await pick(wanted)
    if (wanted !== 0 && ports[name] !== wanted)
      output.say(`port ${wanted} is taken: ${name} takes ${ports[name]} (${port.variable} chooses another)`)
  }
  return ports
}

/** @param {StackOptions} options @param {string} adminUrl @param {import('./secrets.mjs').Secrets} secrets */
const prepareDatabase = ({ root, env, processes, output }, adminUrl, secrets) =>
  output.step('preparing the database', () =>
    processes.run('prepare', process.execPath, [path.join(root, 'packages/db/src/cli/prepare.ts')], {
      env: {
        ...env,
        THROUGHLINE_MODE: env.THROUGHLINE_MODE ?? 'demo',
        DATABASE_ADMIN_URL: adminUrl,
        APP_OWNER_PASSWORD: secrets.ownerPassword,
        APP_PLATFORM_PASSWORD: secrets.platformPassword,
        APP_TENANT_PASSWORD: secrets.tenantPassword,
        ENCRYPTION_KEY: env.ENCRYPTION_KEY || secrets.encryptionKey,
      },
    }),
  )

/**
 * Starts the apps as soon as what they need is there, and waits until each is well.
 * @param {StackOptions} options
 * @param {{ env: NodeJS.ProcessEnv, ports: Record<string, number>, health: Record<string, string>, prepared: Promise<unknown>, built: Promise<unknown>, onLaunch: (name: string, pid: number) => void }} platform
 * @throws {Error} when one of them cannot use its configuration
 */
async function runApps(
  { root, apps, processes, output, timeoutMs },
  { env, ports, health, prepared, built, onLaunch },
) {
  let starting = true
  const refusal = Promise.withResolvers()
  const onRefused = (/** @type {string} */ name) => {
    refusal.reject(new Error(`${name} cannot use its configuration, as it says above`))
    return starting
  }
  const launch = (/** @type {boolean} */ portals) => {
    for (const app of apps.filter((one) => one.portal === portals)) {
      const spec = specOf(app, ports[app.name] ?? 0, root, env)
      supervise(processes, spec, { output, onLaunch: (pid) => onLaunch(app.name, pid), onRefused })
    }
  }
  const healthy = Promise.all([prepared.then(() => launch(false)), built.then(() => launch(true))]).then(() =>
    waitUntilHealthy(health, {
      timeoutMs,
      isStopping: () => processes.stopping,
      onHealthy: (name) => output.say(`✓ ${name} is healthy`),
      onSlow: (names, ms) =>
        output.warn(`not healthy after ${Math.round(ms / 1000)} s: ${names.join(', ')}; still trying`),
    }),
  )
  await Promise.race([healthy, refusal.promise])
  starting = false
}

/**
 * Starts a whole platform on one DATA_DIR and waits until it is healthy. What does not need each other goes on at once.
 * @param {StackOptions} options
 * @returns {Promise<import('./run-file.mjs').RunFile>} what `run.json` holds
 */
export async function startStack(options) {
  const { root, dataDir, env, apps, processes, output, durable = true, anyPorts = false, external = {} } = options
  const startedAt = new Date().toISOString()
  const secrets = loadSecrets(dataDir)
  const { pick } = createPortPicker()
  const ports = await pickAppPorts(options, pick)
  /** @type {Record<string, number>} */
  const pids = {}
  /** @type {import('./run-file.mjs').RunFile | undefined} */
  let run
  /** A restarted process has another pid: who reads run.json must find the living one. @param {string} name @param {number} pid */
  const onLaunch = (name, pid) => {
    pids[name] = pid
    if (run) writeRunFile(dataDir, run)
  }
  const workshop = { root, processes, output, env }
  const portals = apps.filter((app) => app.portal).map((app) => app.name)
  const generated = generate(workshop)
  const services = startServices({
    ...workshop,
    dataDir,
    secrets,
    durable,
    external,
    redisPassword: durable,
    pickPort: pick,
    wantedPorts: anyPorts ? { postgres: 0, redis: 0 } : servicePorts,
    onLaunch: (name, pid, port) => {
      ports[name] = port
      onLaunch(name, pid)
    },
  })
  const prepared = Promise.all([services, generated]).then(([{ adminUrl }]) =>
    prepareDatabase(options, adminUrl, secrets),
  )
  const built = generated.then(() => buildPortals(workshop, portals))
  // each of them is waited for below; until then the failure of one must not count as unhandled
  for (const promise of [generated, services, prepared, built]) promise.catch(() => undefined)

  const { adminUrl, redisUrl } = await services
  const urls = databaseUrls(adminUrl, secrets)
  const shared = appEnv({ env, dataDir, secrets, databaseUrls: urls, redisUrl, ports })
  const health = Object.fromEntries(apps.map((app) => [app.name, `http://127.0.0.1:${ports[app.name]}${app.health}`]))
  await runApps(options, { env: shared, ports, health, prepared, built, onLaunch })
  const visible = apps.filter((app) => app.portal || app.name === 'api')
  run = {
    pid: process.pid,
    pidStartedAt: identify(process.pid).startedAt,
    startedAt,
    dataDir,
    mode: shared.THROUGHLINE_MODE ?? 'demo',
    databaseUrls: urls,
    redisUrl,
    urls: Object.fromEntries(visible.map(({ name }) => [name, `http://localhost:${ports[name]}`])),
    health,
    ports,
    pids,
  }
  if (!processes.stopping) writeRunFile(dataDir, run)
  return run
}

import path from 'node:path'
import { UsageError } from './arguments.mjs'

/**
 * @typedef {'api' | 'worker' | 'documents' | 'dashboard' | 'manage' | 'dm'} AppName
 * @typedef {{ name: AppName, group: string, dir: string, args: string[], port: { variable: string, fallback: number, as: string }, health: string, env: Record<string, string>, portal: boolean }} App
 */

/** @param {'dashboard' | 'manage' | 'dm'} name @param {string} variable @param {number} fallback @returns {App} */
const portal = (name, variable, fallback) => ({
  name,
  group: name,
  dir: `apps/${name}`,
  args: ['server.ts'],
  port: { variable, fallback, as: 'PORT' },
  health: '/healthz',
  env: {},
  portal: true,
})

/** @param {'worker' | 'documents'} name @param {string} profiles @param {number} fallback @returns {App} */
const worker = (name, profiles, fallback) => ({
  name,
  group: 'worker',
  dir: '.',
  // Node would let the young part of the heap grow by 100 MiB during a large import or export, and keep it. With half of
  // this what one PDF needs gets old, and the heap grows by 130 MiB more before that is looked for.
  args: ['--max-semi-space-size=32', 'apps/worker/src/main.ts'],
  port: {
    variable: name === 'worker' ? 'WORKER_HEALTH_PORT' : 'DOCUMENTS_HEALTH_PORT',
    fallback,
    as: 'WORKER_HEALTH_PORT',
  },
  health: '/health/ready',
  env: { WORKER_PROFILES: profiles },
  portal: false,
})

/** Every process of the platform, and how it is known to be well. @type {App[]} */
export const apps = [
  {
    name: 'api',
    group: 'api',
    dir: '.',
    args: ['apps/api/src/main.ts'],
    port: { variable: 'API_PORT', fallback: 3003, as: 'API_PORT' },
    health: '/health/ready',
    env: {},
    portal: false,
  },
  worker('worker', 'llm,util', 3010),
  // by itself: a large import uses a whole core, and agents must not wait for it
  worker('documents', 'documents', 3011),
  portal('dashboard', 'DASHBOARD_PORT', 3000),
  portal('manage', 'MANAGE_PORT', 3001),
  portal('dm', 'DM_PORT', 3002),
]

/**
 * The apps that `--only=api,worker` names; `worker` stands for all workers.
 * @param {string | undefined} only
 * @throws {UsageError} for a name that is none
 */
export function selectApps(only) {
  if (only === undefined) return apps
  const names = only
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  const known = [...new Set(apps.flatMap((app) => [app.group, app.name]))]
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length > 0 || names.length === 0) {
    throw new UsageError(`--only: ${unknown.join(', ') || 'nothing'} is not known; there are ${known.join(', ')}`)
  }
  return apps.filter((app) => names.includes(app.group) || names.includes(app.name))
}

/** @param {Record<string, number>} ports by app */
export const originsOf = (ports) =>
  apps.flatMap(({ name, portal: isPortal }) =>
    isPortal && ports[name] ? [`http://localhost:${ports[name]}`, `http://127.0.0.1:${ports[name]}`] : [],
  )

/** Where links in mails lead. @param {Record<string, number>} ports by app */
const portalUrlsOf = (ports) =>
  Object.fromEntries(
    apps.flatMap(({ name, portal: isPortal }) =>
      isPortal && ports[name] ? [[`${name.toUpperCase()}_URL`, `http://localhost:${ports[name]}`]] : [],
    ),
  )

/**
 * What all apps of one platform are told. What the caller has set, such as AI_PROVIDER, passes through.
 * @param {{ env: NodeJS.ProcessEnv, dataDir: string, secrets: import('./secrets.mjs').Secrets, databaseUrls: { platform: string, tenant: string }, redisUrl: string, ports: Record<string, number> }} platform
 * @returns {NodeJS.ProcessEnv}
 */
export function appEnv({ env, dataDir, secrets, databaseUrls, redisUrl, ports }) {
  // administrators' and owners' URLs are for preparing only: no app is given what it does not need
  const { DATABASE_URL: _admin, DATABASE_ADMIN_URL: _admin2, DATABASE_OWNER_URL: _owner, ...passed } = env
  const mode = env.THROUGHLINE_MODE ?? 'demo'
  const origins = originsOf(ports)
  return {
    JWT_SECRET: secrets.jwtSecret,
    ENCRYPTION_KEY: secrets.encryptionKey,
    STORAGE_DIR: path.join(dataDir, 'storage'),
    MAIL_DIR: path.join(dataDir, 'mail'),
    ...portalUrlsOf(ports),
    ...(origins.length > 0 ? { CORS_ORIGINS: origins.join(',') } : {}),
    // the demo speaks plain HTTP on loopback, where a Secure cookie would be lost in some browsers
    ...(mode === 'demo' ? { COOKIE_SECURE: 'false' } : {}),
    SHUTDOWN_TIMEOUT_MS: '8000',
    HOST: '127.0.0.1',
    ...passed,
    THROUGHLINE_MODE: mode,
    NODE_ENV: 'production',
    DATABASE_PLATFORM_URL: databaseUrls.platform,
    DATABASE_TENANT_URL: databaseUrls.tenant,
    REDIS_URL: redisUrl,
    ...(ports.api ? { API_URL: `http://127.0.0.1:${ports.api}` } : {}),
  }
}

/**
 * How one app is run.
 * @param {App} app @param {number} port @param {string} root @param {NodeJS.ProcessEnv} env from appEnv
 * @returns {import('./supervise.mjs').ServiceSpec}
 */
export const specOf = (app, port, root, env) => ({
  name: app.name,
  command: process.execPath,
  args: app.args,
  cwd: path.join(root, app.dir),
  env: { ...env, ...app.env, [app.port.as]: String(port) },
})

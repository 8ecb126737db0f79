import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { urlsFor } from '../../packages/db/src/provision.ts'
import { appEnv, apps, originsOf, selectApps, specOf } from './apps.mjs'
import { UsageError } from './arguments.mjs'
import { databaseUrls } from './database-urls.mjs'
import { root } from './paths.mjs'

const names = (/** @type {string | undefined} */ only) => selectApps(only).map((app) => app.name)
const secrets = {
  jwtSecret: 'j',
  encryptionKey: 'e',
  postgresPassword: 'p',
  ownerPassword: 'o/1',
  platformPassword: 'f',
  tenantPassword: 't',
  redisPassword: 'r',
}
const platform = {
  dataDir: '/data',
  secrets,
  databaseUrls: { platform: 'postgresql://platform', tenant: 'postgresql://tenant' },
  redisUrl: 'redis://own',
  ports: { api: 3003, dashboard: 3000, dm: 3007 },
}

describe('--only', () => {
  it('chooses apps; worker means all workers, without it all apps start', () => {
    expect(names(undefined)).toEqual(['api', 'worker', 'documents', 'dashboard', 'manage', 'dm'])
    expect(names('worker, api')).toEqual(['api', 'worker', 'documents'])
    expect(names('documents')).toEqual(['documents'])
  })

  it.for(['frontend', '', ',', 'api worker'])('refuses what it does not know: "%s"', (only) => {
    expect(() => selectApps(only)).toThrow(UsageError)
  })
})

describe('what apps are told', () => {
  it('never includes the administrator or the owner of the database', () => {
    const env = appEnv({ ...platform, env: { DATABASE_URL: 'a', DATABASE_ADMIN_URL: 'b', DATABASE_OWNER_URL: 'c' } })
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['DATABASE_URL']))
    expect(env.DATABASE_ADMIN_URL ?? env.DATABASE_OWNER_URL).toBeUndefined()
    expect(env).toMatchObject({
      DATABASE_PLATFORM_URL: 'postgresql://platform',
      DATABASE_TENANT_URL: 'postgresql://tenant',
      REDIS_URL: 'redis://own',
    })
  })

  it('lets the settings of the caller count', () => {
    const env = appEnv({
      ...platform,
      env: { AI_PROVIDER: 'anthropic', JWT_SECRET: 'mine', REDIS_URL: 'redis://other' },
    })
    expect(env).toMatchObject({
      AI_PROVIDER: 'anthropic',
      JWT_SECRET: 'mine',
      THROUGHLINE_MODE: 'demo',
      COOKIE_SECURE: 'false',
    })
    expect(appEnv({ ...platform, env: { THROUGHLINE_MODE: 'production' } }).COOKIE_SECURE).toBeUndefined()
  })

  it('opens the API to the portals that run, at their real ports', () => {
    expect(originsOf(platform.ports)).toEqual([
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://localhost:3007',
      'http://127.0.0.1:3007',
    ])
  })

  it('gives each worker its profiles and its own health port', () => {
    const specs = selectApps('worker').map((app, at) => specOf(app, 4000 + at, '/root dir', {}))
    expect(specs.map((spec) => [spec.env?.WORKER_PROFILES, spec.env?.WORKER_HEALTH_PORT])).toEqual([
      ['llm,util', '4000'],
      ['documents', '4001'],
    ])
  })
})

it('every app has the entry point that is started', () => {
  for (const app of apps)
    expect(fs.existsSync(path.join(root, app.dir, app.args.at(-1) ?? '')), `${app.dir}/${app.args[0]}`).toBe(true)
})

it.for([
  'postgresql://postgres:x@127.0.0.1:15432/postgres',
  'postgresql://admin@db.example:5432',
  'postgres://admin:p%40ss@db/mine?sslmode=require',
])('names roles and database as packages/db does: %s', (adminUrl) => {
  expect(databaseUrls(adminUrl, secrets)).toEqual(urlsFor(adminUrl, { owner: 'o/1', platform: 'f', tenant: 't' }))
})

import fs from 'node:fs'
import path from 'node:path'
import { appEnv } from './apps.mjs'
import { databaseUrls } from './database-urls.mjs'
import { createPortPicker } from './ports.mjs'
import { startPostgres } from './postgres.mjs'
import { readRunFile } from './run-file.mjs'
import { loadSecrets } from './secrets.mjs'
import { claim } from './single-instance.mjs'

/** @typedef {import('./entry.mjs').Context & { root: string, dataDir: string }} DatabaseContext */

/**
 * The administrator's URL of the database that a command is meant for: the one that is set, that of the running platform,
 * or else that of DATA_DIR, started for as long as the command takes.
 * @param {DatabaseContext} context
 * @returns {Promise<string>}
 */
async function adminUrlFor({ root, dataDir, env, processes, output, atEnd }) {
  const given = env.DATABASE_ADMIN_URL || env.DATABASE_URL
  if (given) return given
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const { postgresPassword: password } = loadSecrets(dataDir)
  const running = readRunFile(dataDir)?.ports.postgres
  if (running) return `postgresql://postgres:${password}@127.0.0.1:${running}/postgres`
  atEnd(claim(path.join(dataDir, 'start.pid')))
  const port = await createPortPicker().pick(0)
  return startPostgres({
    root,
    dataDir,
    port,
    password,
    durable: true,
    env,
    processes,
    output,
    onLaunch: () => undefined,
  })
}

/**
 * What prepare.ts and the other commands of packages/db read.
 * @param {DatabaseContext} context
 * @param {{ seed: boolean }} options
 * @returns {Promise<{ prepare: NodeJS.ProcessEnv, owner: NodeJS.ProcessEnv, app: NodeJS.ProcessEnv }>}
 */
export async function databaseEnvironments(context, { seed }) {
  const adminUrl = await adminUrlFor(context)
  const secrets = loadSecrets(context.dataDir)
  return {
    prepare: {
      ...context.env,
      THROUGHLINE_MODE: seed ? 'demo' : 'production', // only the demo is ever seeded
      DATABASE_ADMIN_URL: adminUrl,
      APP_OWNER_PASSWORD: secrets.ownerPassword,
      APP_PLATFORM_PASSWORD: secrets.platformPassword,
      APP_TENANT_PASSWORD: secrets.tenantPassword,
      ENCRYPTION_KEY: context.env.ENCRYPTION_KEY || secrets.encryptionKey,
    },
    app: appEnv({
      env: context.env,
      dataDir: context.dataDir,
      secrets,
      databaseUrls: databaseUrls(adminUrl, secrets),
      redisUrl: 'redis://127.0.0.1', // nothing of a command speaks to it
      ports: {},
    }),
    owner: { ...context.env, DATABASE_OWNER_URL: databaseUrls(adminUrl, secrets).owner },
  }
}

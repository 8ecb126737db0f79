import fs from 'node:fs'
import path from 'node:path'
import { readJson, writePrivately } from './private-file.mjs'
import { isAlive } from './proc.mjs'

/**
 * What `DATA_DIR/run.json` holds while a platform runs. Only its owner can read it: the URLs contain passwords.
 * @typedef {{
 *   pid: number, pidStartedAt: string | null, startedAt: string, dataDir: string, mode: string,
 *   databaseUrls: { owner: string, platform: string, tenant: string }, redisUrl: string,
 *   urls: Partial<Record<'api' | 'dashboard' | 'manage' | 'dm', string>>,
 *   health: Record<string, string>,
 *   ports: Record<string, number>,
 *   pids: Record<string, number>,
 * }} RunFile  `health`, `ports` and `pids` by process: api, worker, documents, dashboard, manage, dm; ports and pids of own services too
 */

/** @param {string} dataDir */
export const runFileOf = (dataDir) => path.join(dataDir, 'run.json')

/** @param {string} dataDir @param {RunFile} run */
export const writeRunFile = (dataDir, run) => writePrivately(runFileOf(dataDir), `${JSON.stringify(run, null, 2)}\n`)

/** @param {string} dataDir */
export const removeRunFile = (dataDir) => fs.rmSync(runFileOf(dataDir), { force: true })

/**
 * The platform that runs on this data, or undefined. What a killed one left behind does not count.
 * @param {string} dataDir
 * @returns {RunFile | undefined}
 */
export function readRunFile(dataDir) {
  const run = /** @type {RunFile | undefined} */ (readJson(runFileOf(dataDir)))
  return run && isAlive({ pid: run.pid, startedAt: run.pidStartedAt }) ? run : undefined
}

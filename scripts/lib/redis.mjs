import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { writePrivately } from './private-file.mjs'
import { dockerRedis } from './redis-docker.mjs'
import { openLog, tailOf } from './service-log.mjs'
import { supervise } from './supervise.mjs'
import { findOrInstall, redisProgram } from './system-packages.mjs'
import { until } from './until.mjs'

/**
 * @typedef {{
 *   dataDir: string, port: number, password: string | undefined, durable: boolean, env: NodeJS.ProcessEnv, packagesDir: string,
 *   processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output, onLaunch: (pid: number) => void,
 * }} RedisOptions
 */

/** @param {RedisOptions} options @returns {Record<string, string>} */
const redisSettings = ({ port, password, durable }) => ({
  bind: '127.0.0.1',
  port: String(port),
  daemonize: 'no',
  loglevel: 'warning',
  save: '""',
  appendonly: durable ? 'yes' : 'no',
  'maxmemory-policy': 'noeviction', // anything else would drop jobs
  // tests take a database each
  ...(durable ? {} : { databases: '1024' }),
  ...(password ? { requirepass: password } : {}),
})

/** What a Redis answers to PING. @param {number} port @param {string | undefined} password @returns {Promise<string>} */
const ping = (port, password) =>
  new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' })
    let answer = ''
    const finish = () => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1000, finish)
    socket.setEncoding('utf8')
    socket.on('connect', () => socket.write(`${password ? `AUTH ${password}\r\n` : ''}PING\r\n`))
    socket.on('data', (text) => {
      answer += text
      if (/\+PONG|^-|\n-/.test(answer)) finish()
    })
    socket.on('error', finish)
    socket.on('close', finish)
  })

/** @param {RedisOptions} options @param {import('./system-packages.mjs').Found} found */
function localRedis(options, found) {
  const dir = path.join(options.dataDir, 'redis')
  const configuration = path.join(dir, 'redis.conf')
  fs.mkdirSync(dir, { recursive: true })
  // a file, not arguments: the password would show in the list of processes
  const lines = Object.entries({ ...redisSettings(options), dir: JSON.stringify(dir) }).map(
    ([name, value]) => `${name} ${value}`,
  )
  writePrivately(configuration, `${lines.join('\n')}\n`)
  return { command: found.file, args: [configuration], env: found.env, cwd: dir }
}

/**
 * Starts our own Redis on loopback: redis-server or valkey-server, installed when need be, else in Docker.
 * @param {RedisOptions} options
 * @returns {Promise<string>} its URL
 */
export async function startRedis(options) {
  const { dataDir, port, password, processes, output, env, packagesDir, onLaunch } = options
  const found = await findOrInstall(redisProgram, { processes, output, env, dir: packagesDir })
  const spec = found ? localRedis(options, found) : await dockerRedis(options)
  if (!spec) throw new Error(redisProgram.help.join('\n'))
  const log = openLog(dataDir, 'redis')
  let launches = 0
  const onStart = (/** @type {number} */ pid) => {
    launches++
    onLaunch(pid)
  }
  supervise(processes, { name: 'redis', ...spec, service: true, log: log.fd }, { output, onLaunch: onStart })
  await until(
    'Redis',
    async () => {
      if (launches > 3) throw new Error(`Redis does not start; the end of ${log.file}:\n${tailOf(log.file)}`)
      return (await ping(port, password)).includes('+PONG')
    },
    90_000,
  )
  return password ? `redis://:${password}@127.0.0.1:${port}` : `redis://127.0.0.1:${port}`
}

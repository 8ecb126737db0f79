import crypto from 'node:crypto'
import { findExecutable } from './executables.mjs'

const image = 'redis:7.4-alpine'

/**
 * The container lives as long as its standard input is open: when we die, however we die, `cat` ends, and Redis with it.
 */
const script = `redis-server --port 6379 --dir /data --save '' --maxmemory-policy noeviction --loglevel warning --appendonly "$APPENDONLY" --databases 1024 \${REDIS_PASSWORD:+--requirepass "$REDIS_PASSWORD"} <&- &
server=$!
trap 'kill $server' TERM INT
cat >/dev/null
kill $server
wait $server`

/**
 * Redis in Docker, for a machine that has an engine but no Redis.
 * @param {import('./redis.mjs').RedisOptions} options
 * @returns {Promise<{ command: string, args: string[], env: NodeJS.ProcessEnv, keepStdin: true } | undefined>} undefined: no engine answers
 */
export async function dockerRedis({ dataDir, port, password, durable, env, processes, output }) {
  const docker = findExecutable(['docker', 'podman'])
  if (!docker) return undefined
  const answers = await processes.run('docker', docker, ['info', '--format', '{{.ID}}'], { silent: true }).then(
    () => true,
    () => false,
  )
  if (!answers) return undefined
  await output.step(`no redis-server on PATH: getting ${image} for Docker`, () =>
    processes.run('docker', docker, ['pull', '--quiet', image], { capture: true }),
  )
  const volume = `throughline-redis-${crypto.createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`
  return {
    command: docker,
    // the values come from our environment: they do not show in the list of processes
    args: [
      'run',
      '--rm',
      '--interactive',
      '--publish',
      `127.0.0.1:${port}:6379`,
      '--volume',
      `${volume}:/data`,
      '--env',
      'APPENDONLY',
      '--env',
      'REDIS_PASSWORD',
      image,
      'sh',
      '-c',
      script,
    ],
    env: { ...env, APPENDONLY: durable ? 'yes' : 'no', REDIS_PASSWORD: password ?? '' },
    keepStdin: true,
  }
}

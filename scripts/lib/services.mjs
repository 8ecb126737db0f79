import path from 'node:path'
import { startPostgres } from './postgres.mjs'
import { startRedis } from './redis.mjs'

/**
 * Postgres and Redis for one DATA_DIR: those that the environment names, else own ones on free loopback ports.
 * @param {{
 *   root: string, dataDir: string, env: NodeJS.ProcessEnv, secrets: import('./secrets.mjs').Secrets, durable: boolean,
 *   external: { databaseUrl?: string, redisUrl?: string }, redisPassword: boolean,
 *   pickPort: (wanted: number) => Promise<number>, wantedPorts: { postgres: number, redis: number },
 *   processes: import('./processes.mjs').Processes, output: import('./output.mjs').Output,
 *   onLaunch: (name: string, pid: number, port: number) => void,
 * }} options
 */
export async function startServices(options) {
  const { root, dataDir, env, secrets, durable, external, pickPort, wantedPorts, processes, output, onLaunch } = options
  const postgres = async () => {
    if (external.databaseUrl) return external.databaseUrl
    const port = await pickPort(wantedPorts.postgres)
    const launched = (/** @type {number} */ pid) => onLaunch('postgres', pid, port)
    return output.step('Postgres', () =>
      startPostgres({
        root,
        dataDir,
        port,
        password: secrets.postgresPassword,
        durable,
        env,
        processes,
        output,
        onLaunch: launched,
      }),
    )
  }
  const redis = async () => {
    if (external.redisUrl) return external.redisUrl
    const port = await pickPort(wantedPorts.redis)
    const password = options.redisPassword ? secrets.redisPassword : undefined
    const launched = (/** @type {number} */ pid) => onLaunch('redis', pid, port)
    const packagesDir = path.join(root, 'node_modules', '.cache', 'throughline', 'redis')
    return output.step('Redis', () =>
      startRedis({ dataDir, port, password, durable, env, packagesDir, processes, output, onLaunch: launched }),
    )
  }
  const [adminUrl, redisUrl] = await Promise.all([postgres(), redis()])
  return { adminUrl, redisUrl }
}

// Where scripts/measure.mjs has put Postgres and Redis, and which machine this is.
import os from 'node:os'

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run npm run bench`)
  return value
}

export const adminUrl = needed('TEST_DATABASE_ADMIN_URL')
export const redisUrl = needed('TEST_REDIS_URL')

/** One line that belongs under every figure. */
export const machine = (): string =>
  `${os.cpus().length} cores (${os.cpus()[0]?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.type()} ${os.release()}, Node ${process.version}`

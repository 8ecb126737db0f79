import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

export type { Logger }

const secrets = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'apiKey',
  'secret',
]

/** Where a secret may stand in what is logged: at the top, in headers, one level down. */
export const redactedPaths = secrets.flatMap((name) => {
  const key = /^[a-zA-Z]+$/.test(name) ? `.${name}` : `["${name}"]`
  return [key.replace(/^\./, ''), `*${key}`, `req.headers${key}`, `res.headers${key}`]
})

/** JSON lines on stdout, or where they are sent; readable ones when a person is looking. */
export function createLogger(
  { level, name }: { level: string; name: string },
  destination?: DestinationStream,
): Logger {
  const readable = process.stdout.isTTY && !destination
  const options = {
    level,
    name,
    base: { name },
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    ...(readable
      ? { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss.l' } } }
      : {}),
  }
  return destination ? pino(options, destination) : pino(options)
}

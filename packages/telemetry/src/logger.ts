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

/** Lines are written together: so many bytes, or what has come within so many milliseconds. A write a line cost more than the line. */
const together = { minLength: 4096, periodicFlush: 50 }
/** From a warning on a line is written at once, with those before it: the process may not live much longer. */
const atOnceFrom = 40

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
  if (readable) return pino(options)
  if (destination) return pino(options, destination)
  const stdout = pino.destination({ dest: process.stdout.fd, sync: false, ...together })
  return pino(
    {
      ...options,
      hooks: {
        logMethod(line, write, severity) {
          write.apply(this, line)
          if (severity >= atOnceFrom) stdout.flush()
        },
      },
    },
    stdout,
  )
}

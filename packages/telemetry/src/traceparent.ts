import { randomFillSync } from 'node:crypto'

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The caller's W3C trace context when it is well formed, else nothing. */
export const parseTraceparent = (header: unknown): string | null =>
  typeof header === 'string' && pattern.test(header) ? header : null

const traceBytes = 16
const spanBytes = 8
/** Asked of the system in bulk: each asking costs more than the bytes do. */
const pool = Buffer.alloc(256 * (traceBytes + spanBytes))
let used = pool.length

/** Begins a trace: one id that goes from the request into the job and each log line. */
export function newTraceparent(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const start = used
  used += traceBytes + spanBytes
  return `00-${pool.toString('hex', start, start + traceBytes)}-${pool.toString('hex', start + traceBytes, used)}-01`
}

import { randomBytes } from 'node:crypto'

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/

/** The caller's W3C trace context when it is well formed, else nothing. */
export const parseTraceparent = (header: unknown): string | null =>
  typeof header === 'string' && pattern.test(header) ? header : null

/** Begins a trace: one id that goes from the request into the job and each log line. */
export const newTraceparent = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`

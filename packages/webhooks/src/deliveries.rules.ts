// What a try means for its message and its endpoint. Pure: no I/O, no clock, no chance but what is handed in.
import { createHmac, randomBytes } from 'node:crypto'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]
/** Waits between tries, in milliseconds: ten tries in a little over three days. */
export const retryWaits: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
]
/** Up to this part of a wait comes on top, so that what failed together is not tried again together. */
const jitter = 0.1
/** An endpoint that took nothing for this long is given up. */
export const failingDays = 5
const keptCharacters = 2_000

/** What came of one try. */
export interface Outcome {
  /** Null when there was no answer. */
  statusCode: number | null
  error: string | null
  durationMs: number
  response: string
}

export type Verdict =
  | { kind: 'delivered' }
  /** 410: whoever is there wants to hear nothing any more. */
  | { kind: 'gone' }
  | { kind: 'again'; waitMs: number }
  | { kind: 'failed' }

const isDelivered = ({ statusCode }: Outcome): boolean => statusCode !== null && statusCode >= 200 && statusCode < 300

/**
 * @param attempts tries that were begun, this one included
 * @param chance 0 to 1, for the jitter
 */
export function judge(outcome: Outcome, attempts: number, chance: number, waits = retryWaits): Verdict {
  if (isDelivered(outcome)) return { kind: 'delivered' }
  if (outcome.statusCode === 410) return { kind: 'gone' }
  const wait = waits[attempts - 1]
  return wait === undefined ? { kind: 'failed' } : { kind: 'again', waitMs: Math.round(wait * (1 + jitter * chance)) }
}

/** Why an answer does not count, in words; null when it does. */
export function flawOf(statusCode: number): string | null {
  if (statusCode >= 300 && statusCode < 400) return 'A redirect is not followed: give the address that it leads to.'
  if (statusCode === 410) return 'It answered 410 Gone: nothing more is sent there.'
  return statusCode >= 200 && statusCode < 300 ? null : `It answered ${statusCode} instead of 2xx.`
}

/** What is kept of an answer: text that the database takes, and not much of it. */
export const excerptOf = (body: Buffer): string =>
  body.toString('utf8').replaceAll('\0', '\uFFFD').slice(0, keptCharacters).toWellFormed()

const secretPrefix = 'whsec_'

/** 256 random bits, as Standard Webhooks writes them. */
export const newWebhookSecret = (): string => `${secretPrefix}${randomBytes(32).toString('base64')}`

const signatureBy = (secret: string, content: string): string => {
  const key = Buffer.from(secret.slice(secretPrefix.length), 'base64')
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}

/** The three headers of Standard Webhooks; a signature by each secret, newest first. */
export function signedHeaders(
  { id, body }: { id: string; body: string },
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => signatureBy(secret, `${id}.${timestamp}.${body}`)).join(' '),
  }
}

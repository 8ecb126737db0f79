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
  /** What the answer asks to be left alone for, milliseconds; 0 when it asks for nothing. */
  retryAfterMs: number
}

export type Verdict =
  | { kind: 'delivered' }
  /** 410: whoever is there wants to hear nothing any more. */
  | { kind: 'gone' }
  /** `spared`: tries of the plan that the wait passes over. */
  | { kind: 'again'; waitMs: number; spared: number }
  | { kind: 'failed' }

const isDelivered = ({ statusCode }: Outcome): boolean => statusCode !== null && statusCode >= 200 && statusCode < 300

/** The next wait of a plan, or what was asked for instead, as far as the plan goes. */
function nextWait([first, ...later]: readonly [number, ...number[]], askedMs: number) {
  let waitMs = first
  let spared = 0
  for (const wait of later) {
    if (waitMs >= askedMs) break
    waitMs += wait
    spared += 1
  }
  return { waitMs: spared === 0 ? waitMs : Math.min(waitMs, askedMs), spared }
}

/**
 * What a receiver asks for lengthens a wait and never shortens it; the tries that it passes over count as made, so that
 * the plan ends when it would have ended.
 * @param attempts tries that were begun or spared, this one included
 * @param chance 0 to 1, for the jitter
 */
export function judge(outcome: Outcome, attempts: number, chance: number, waits = retryWaits): Verdict {
  if (isDelivered(outcome)) return { kind: 'delivered' }
  if (outcome.statusCode === 410) return { kind: 'gone' }
  const [first, ...later] = waits.slice(attempts - 1)
  if (first === undefined) return { kind: 'failed' }
  const { waitMs, spared } = nextWait([first, ...later], outcome.retryAfterMs)
  return { kind: 'again', waitMs: Math.round(waitMs * (1 + jitter * chance)), spared }
}

/** Answers that say when to come again (RFC 9110 for 503, RFC 6585 for 429). */
const busyStatuses: readonly number[] = [429, 503]
const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds that `Retry-After` asks to wait: seconds, or until a date. 0 for no wish, and for one that is none. */
export function retryAfterMs(statusCode: number, header: string | undefined, now: Date): number {
  const wish = header?.trim() ?? ''
  if (!busyStatuses.includes(statusCode)) return 0
  if (/^\d+$/.test(wish)) return Number(wish) * second
  const until = httpDate.test(wish) ? Date.parse(wish) : Number.NaN
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime())
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

// Whether a delivery comes from the gateway that it claims to come from. Pure: no I/O, no clock.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { PaymentProvider } from '@throughline/config'

/** How far the signer's clock may be from ours, both ways. */
export const toleranceSeconds = 300

export interface Delivery {
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The bytes as they came: parsed and written again, JSON has another signature. */
  body: Uint8Array
}

export type SignatureFlaw = 'missing' | 'malformed' | 'stale' | 'mismatch'
export type Verdict =
  /** `eventId` is null where the scheme does not sign one; it is in the body then. */
  { genuine: true; eventId: string | null } | { genuine: false; flaw: SignatureFlaw }

/** What a delivery claims of itself, before anything of it is believed. */
interface Claim {
  eventId: string | null
  timestamp: string
  /** What is signed in front of the body. */
  prefix: string
  signatures: string[]
  encoding: 'base64' | 'hex'
}

function headerOf({ headers }: Delivery, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Standard Webhooks: `webhook-signature: v1,<base64> v1,<base64>` over `id.timestamp.body`. */
function standardClaim(delivery: Delivery): Claim | SignatureFlaw {
  const eventId = headerOf(delivery, 'webhook-id')
  const timestamp = headerOf(delivery, 'webhook-timestamp')
  const signature = headerOf(delivery, 'webhook-signature')
  if (!eventId || !timestamp || !signature) return 'missing'
  if (!/^[\x21-\x7e]{1,255}$/.test(eventId)) return 'malformed'
  const signatures = signature.split(' ').flatMap((part) => part.match(/^v1,(.+)$/)?.[1] ?? [])
  return { eventId, timestamp, prefix: `${eventId}.${timestamp}.`, signatures, encoding: 'base64' }
}

/** `t=<seconds>,v1=<hex>,v1=<hex>` over `t.body`. */
function timestampedClaim(delivery: Delivery, header: string): Claim | SignatureFlaw {
  const value = headerOf(delivery, header)
  if (!value) return 'missing'
  const parts = value.split(',').map((part) => part.trim().split('='))
  const valuesOf = (key: string) => parts.flatMap(([name, given]) => (name === key && given ? [given] : []))
  const [timestamp, ...more] = valuesOf('t')
  // Two times: whoever reads the other one would take a signature for what it does not cover.
  if (!timestamp || more.length > 0) return 'malformed'
  return { eventId: null, timestamp, prefix: `${timestamp}.`, signatures: valuesOf('v1'), encoding: 'hex' }
}

/** Digits only: what `Number` makes of '', '1e9', 'NaN' or 'Infinity' must not get through. */
function secondsOf(timestamp: string): number {
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN
  return Number.isFinite(seconds) ? seconds : Number.NaN
}

/** In a time that does not tell how much is right. Lengths are no secret, and unequal ones cannot be compared. */
function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Checks age and signature with every key of the provider.
 * @param now when the delivery came in, not when it is looked at
 */
export function verify(provider: PaymentProvider, delivery: Delivery, now: Date): Verdict {
  const claim = provider.scheme === 'standard' ? standardClaim(delivery) : timestampedClaim(delivery, provider.header)
  if (typeof claim === 'string') return { genuine: false, flaw: claim }
  const { eventId, timestamp, prefix, signatures, encoding } = claim
  const seconds = secondsOf(timestamp)
  if (Number.isNaN(seconds) || signatures.length === 0) return { genuine: false, flaw: 'malformed' }
  if (!(Math.abs(Math.floor(now.getTime() / 1000) - seconds) <= toleranceSeconds))
    return { genuine: false, flaw: 'stale' }
  const expected = provider.keys.map((key) =>
    createHmac('sha256', key).update(prefix).update(delivery.body).digest(encoding),
  )
  const matches = signatures.some((given) => expected.some((right) => isSame(given, right)))
  return matches ? { genuine: true, eventId } : { genuine: false, flaw: 'mismatch' }
}

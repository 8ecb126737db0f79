// What an event may do to a payment, in whatever order events come. Pure: no I/O, no clock.
import type { GatewayPaymentState } from '@throughline/contracts'
import { digitsOf } from '../currency-digits.ts'

/** The types that mean something here; every other one is kept and ignored. */
const stateOfType: ReadonlyMap<string, GatewayPaymentState> = new Map([
  ['payment.created', 'PENDING'],
  ['payment.processing', 'PROCESSING'],
  ['payment.failed', 'FAILED'],
  ['payment.succeeded', 'SUCCEEDED'],
  ['payment.refunded', 'REFUNDED'],
  ['payment.disputed', 'DISPUTED'],
])

/** The state that an event of this type tells of, or nothing. */
export const toldBy = (type: string): GatewayPaymentState | undefined => stateOfType.get(type)

/**
 * Forward is to the right, over as many steps as there are: a gateway leaves steps out and sends them in any order. A
 * payment is at the furthest step that was ever told, so the order of arrival cannot matter. That is why there are no
 * two ends: a failed payment may be paid at a second try, and one that was refunded and disputed is DISPUTED, because
 * somebody has to look at it.
 */
const forward: readonly GatewayPaymentState[] = ['PENDING', 'PROCESSING', 'FAILED', 'SUCCEEDED', 'REFUNDED', 'DISPUTED']

/** Whether a payment may go from one state to another. */
export const isForward = (from: GatewayPaymentState, to: GatewayPaymentState): boolean =>
  forward.indexOf(to) > forward.indexOf(from)

export interface PaymentFacts {
  state: GatewayPaymentState
  /** A decimal with two digits behind the point. */
  amount: string
  currency: string
  reference: string | null
}

export type Merged =
  | { outcome: 'applied'; facts: PaymentFacts }
  | { outcome: 'stale' }
  | { outcome: 'refused'; because: string }

/** What is known of a payment after an event. Amount, currency and reference are what they were at first. */
export function merge(known: PaymentFacts, told: PaymentFacts): Merged {
  if (known.currency !== told.currency) return { outcome: 'refused', because: 'another currency' }
  if (known.amount !== told.amount) return { outcome: 'refused', because: 'another amount' }
  const reference = known.reference ?? told.reference
  if (told.reference !== null && told.reference !== reference)
    return { outcome: 'refused', because: 'another reference' }
  const state = isForward(known.state, told.state) ? told.state : known.state
  if (state === known.state && reference === known.reference) return { outcome: 'stale' }
  return { outcome: 'applied', facts: { ...known, state, reference } }
}

/** Columns are numeric(18,2). */
const keptDigits = 2

/**
 * An amount in the smallest unit of its currency as a decimal with two digits behind the point: exact, by moving the
 * point in the digits.
 * @returns nothing when it cannot be kept exactly: 1.234 dinars
 */
export function decimalOf(minorUnits: number, currency: string): string | undefined {
  const exponent = digitsOf(currency)
  if (exponent === undefined || !Number.isSafeInteger(minorUnits) || minorUnits < 0) return undefined
  const digits = BigInt(minorUnits)
    .toString()
    .padStart(exponent + 1, '0')
  const point = digits.length - exponent
  const behind = digits.slice(point).padEnd(keptDigits, '0')
  if (/[^0]/.test(behind.slice(keptDigits))) return undefined
  return `${digits.slice(0, point)}.${behind.slice(0, keptDigits)}`
}

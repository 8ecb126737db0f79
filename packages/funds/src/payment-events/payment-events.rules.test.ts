import { gatewayPaymentStates } from '@throughline/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf, isForward, merge, type PaymentFacts, toldBy } from './payment-events.rules.ts'

/** Where a payment is after these events, in this order. */
function after([first, ...rest]: PaymentFacts[]): PaymentFacts | undefined {
  return (
    first &&
    rest.reduce((known, told) => {
      const merged = merge(known, told)
      return merged.outcome === 'applied' ? merged.facts : known
    }, first)
  )
}
function permutations<T>(items: T[]): T[][] {
  if (items.length < 2) return [items]
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  )
}
const paid = { amount: '12.50', currency: 'EUR', reference: null }

describe('a payment', () => {
  it('ends in the same state whatever the order of its events: all 720 orders of all six states', () => {
    const orders = permutations(gatewayPaymentStates.map((state): PaymentFacts => ({ ...paid, state })))
    expect(orders).toHaveLength(720)
    expect(new Set(orders.map((order) => after(order)?.state))).toEqual(new Set(['DISPUTED']))
  })

  it('ends the same whatever the order and the repetitions, and whichever events carry the reference', () => {
    const told = fc.record({
      state: fc.constantFrom(...gatewayPaymentStates),
      reference: fc.constantFrom(null, 'call-7'),
    })
    const histories = fc
      .array(told, { minLength: 1, maxLength: 12 })
      .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })))
    fc.assert(
      fc.property(histories, fc.nat(11), ([events, shuffled], again) => {
        const facts = (list: typeof events): PaymentFacts[] => list.map((event) => ({ ...paid, ...event }))
        const repeated = [...shuffled, ...shuffled.slice(0, again)]
        expect(after(facts(repeated))).toEqual(after(facts(events)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...gatewayPaymentStates), { minLength: 2, maxLength: 8 }), (states) => {
        let known: PaymentFacts = { ...paid, state: states[0] ?? 'PENDING' }
        for (const state of states) {
          const merged = merge(known, { ...paid, state })
          if (merged.outcome !== 'applied') continue
          expect(isForward(known.state, merged.facts.state)).toBe(true)
          known = merged.facts
        }
      }),
    )
    for (const state of gatewayPaymentStates) expect(isForward(state, state)).toBe(false)
  })

  it('may succeed after it failed, and does not fail after it succeeded', () => {
    expect(merge({ ...paid, state: 'FAILED' }, { ...paid, state: 'SUCCEEDED' })).toMatchObject({ outcome: 'applied' })
    expect(merge({ ...paid, state: 'SUCCEEDED' }, { ...paid, state: 'FAILED' })).toEqual({ outcome: 'stale' })
  })

  it('keeps its amount, its currency and its reference: an event with another one is refused', () => {
    const known: PaymentFacts = { ...paid, state: 'PENDING', reference: 'call-7' }
    for (const other of [{ amount: '12.51' }, { currency: 'USD' }, { reference: 'call-8' }])
      expect(merge(known, { ...known, state: 'SUCCEEDED', ...other })).toMatchObject({ outcome: 'refused' })
    expect(merge(known, { ...known, state: 'SUCCEEDED', reference: null })).toEqual({
      outcome: 'applied',
      facts: { ...known, state: 'SUCCEEDED' },
    })
  })

  it('is moved by the types that mean something, and by no name that every object has', () => {
    expect(toldBy('payment.succeeded')).toBe('SUCCEEDED')
    for (const type of ['constructor', '__proto__', 'toString', 'payment', 'PAYMENT.SUCCEEDED', ''])
      expect(toldBy(type)).toBeUndefined()
  })
})

describe('an amount in the smallest unit', () => {
  it.for([
    [0, 'EUR', '0.00'],
    [5, 'EUR', '0.05'],
    [1250, 'EUR', '12.50'],
    [9_007_199_254_740_991, 'USD', '90071992547409.91'],
    [500, 'JPY', '500.00'],
    [1230, 'KWD', '1.23'],
    [10, 'KWD', '0.01'],
    [12_300, 'CLF', '1.23'],
    [700, 'XOF', '700.00'],
    [100, 'AFN', '1.00'],
  ] as const)('%i of %s is %s', ([minorUnits, currency, decimal]) => {
    expect(decimalOf(minorUnits, currency)).toBe(decimal)
  })

  it('is refused when it cannot be kept exactly, is not whole, or is of no money', () => {
    for (const [minorUnits, currency] of [
      [1234, 'KWD'],
      [1, 'CLF'],
      [100, 'XAU'],
      [100, 'XTS'],
      [1.5, 'EUR'],
      [-1, 'EUR'],
      [2 ** 53, 'EUR'],
      [Number.NaN, 'EUR'],
      [Number.POSITIVE_INFINITY, 'EUR'],
    ] as const)
      expect(decimalOf(minorUnits, currency), `${minorUnits} ${currency}`).toBeUndefined()
  })

  it('comes back as the same number of units, to the last one', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom('EUR', 'USD', 'GBP'), (minorUnits, currency) => {
        expect(BigInt(decimalOf(minorUnits, currency)?.replace('.', '') ?? -1)).toBe(BigInt(minorUnits))
      }),
      { numRuns: 2_000 },
    )
  })
})

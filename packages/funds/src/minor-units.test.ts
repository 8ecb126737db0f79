import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinor, toMinor } from './minor-units.ts'

describe('money in the smallest unit of its currency', () => {
  it.each([
    ['1250.00', 'EUR', 125_000n],
    ['1250', 'EUR', 125_000n],
    ['0.05', 'USD', 5n],
    ['-0.5', 'EUR', -50n],
    ['1250', 'JPY', 1250n],
    ['1250.00', 'JPY', 1250n],
    ['1.5000', 'EUR', 150n],
    ['9999999999999999.99', 'EUR', 999_999_999_999_999_999n],
  ] as const)('%s of %s is %s', (decimal, currency, units) => expect(toMinor(decimal, currency)).toBe(units))

  it.each([
    ['1.005', 'EUR', 'more decimals than EUR, which has 2'],
    ['1.5', 'JPY', 'more decimals than JPY, which has 0'],
    ['1e6', 'EUR', 'not a decimal'],
    ['(100.00)', 'EUR', 'not a decimal'],
    ['1,250.00', 'EUR', 'not a decimal'],
    ['.5', 'EUR', 'not a decimal'],
    ['', 'EUR', 'not a decimal'],
    ['99999999999999999', 'EUR', 'too large'],
    ['1', 'ZZQ', 'not a currency'],
    ['1', 'KWD', 'more than two decimals'],
    ['1', 'XDR', 'not a currency'],
  ] as const)('%j of %s is refused: %s', (decimal, currency, reason) => {
    expect(() => toMinor(decimal, currency)).toThrow(reason)
  })

  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }), (units) => {
        expect(toMinor(fromMinor(units, 'EUR'), 'EUR')).toBe(units)
      }),
    )
    expect(fromMinor(-5n, 'EUR')).toBe('-0.05')
    expect(fromMinor(7n, 'JPY')).toBe('7')
  })
})

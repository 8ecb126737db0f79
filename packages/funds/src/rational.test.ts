import { describe, expect, it } from 'vitest'
import { decimalOf, minus, over, percent, rational, rounded, times } from './rational.ts'

describe('an exact fraction', () => {
  it('is reduced, and its denominator is above zero', () => {
    expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n })
    expect(rational(0n, 7n)).toEqual({ numerator: 0n, denominator: 1n })
    expect(() => rational(1n, 0n)).toThrow(RangeError)
  })
  it('is subtracted, multiplied and divided without loss', () => {
    expect(minus(rational(1n, 2n), rational(1n, 3n))).toEqual(rational(1n, 6n))
    expect(times(rational(2n, 3n), rational(3n, 4n))).toEqual(rational(1n, 2n))
    expect(over(rational(1n), rational(-3n))).toEqual(rational(-1n, 3n))
  })
  it.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [7n, 3n, 2n],
    [8n, 3n, 3n],
  ])('%s/%s is rounded to %s', (a, b, nearest) => expect(rounded(rational(a, b))).toBe(nearest))
  it.each([
    [2n, 3n, 4, '0.6667'],
    [-1n, 8n, 2, '-0.13'],
    [3n, 2n, 0, '2'],
    [1n, 1000n, 2, '0.00'],
  ] as const)('%s/%s with %s places is %s', (a, b, places, text) => {
    expect(decimalOf(rational(a, b), places)).toBe(text)
  })
  it('can be a percentage', () => {
    expect(percent('12.5')).toEqual(rational(1n, 8n))
    expect(percent('100.00')).toEqual(rational(1n))
    expect(percent('150', 200n)).toEqual(rational(3n, 2n))
    for (const text of ['100.01', '-1', '1e1', '5 %', '', '1,5']) expect(() => percent(text)).toThrow()
  })
})

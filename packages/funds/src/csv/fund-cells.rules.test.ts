import { CellError } from '@throughline/cells'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fundAmount, restOfShares, sharePercent, wholePercent } from './fund-cells.rules.ts'

const euros = { decimal: 'point', currency: 'EUR' } as const

describe('an amount of a fund', () => {
  it.each([
    ['1,250.50', euros, '', 125_050n],
    ['€ 1,250.50', euros, '', 125_050n],
    ['EUR 12', euros, 'eur', 1200n],
    ['1.250,50', { ...euros, decimal: 'comma' }, 'EUR', 125_050n],
    ['$5', { ...euros, currency: 'CAD' }, '', 500n],
    ['1,250', { ...euros, currency: 'JPY' }, 'JPY', 1250n],
    ['1 000 kr', { ...euros, currency: 'SEK' }, '', 100_000n],
    ['1 000,50 kr', { decimal: 'comma', currency: 'NOK' }, '', 100_050n],
    ['1.000,50 kr', { decimal: 'comma', currency: 'DKK' }, 'DKK', 100_050n],
    ['1000 kr', { ...euros, currency: 'ISK' }, '', 1000n],
  ] as const)('%j is read', (cell, style, currency, expected) => {
    expect(fundAmount(cell, style, currency)).toBe(expected)
  })
  it.each([
    ['(100.00)', euros, '', 'brackets'],
    ['1e6', euros, '', 'scientific'],
    ['-5', euros, '', 'negative'],
    ['1.250,50', euros, '', 'style of this file'],
    ['1.005', euros, '', 'two decimals'],
    ['US$ 5', euros, '', 'kept in EUR'],
    ['USD 5', euros, '', 'kept in EUR'],
    ['$5', euros, '', 'kept in EUR'],
    ['5 kr', euros, '', 'kept in EUR'],
    ['5', euros, 'USD', 'kept in EUR'],
    ['5', euros, 'ZZQ', 'not a code'],
    ['12.50', { ...euros, currency: 'JPY' }, '', 'JPY has not'],
    ['', euros, '', 'not a number'],
  ] as const)('%j is refused: %#', (cell, style, currency, reason) => {
    expect(() => fundAmount(cell, style, currency)).toThrow(CellError)
    expect(() => fundAmount(cell, style, currency)).toThrow(reason)
  })
})

describe('a share', () => {
  it.each([
    ['12.5 %', 'point', 125_000n],
    ['33,3333', 'comma', 333_333n],
    ['100.0000', 'point', wholePercent],
    ['0.0001%', 'point', 1n],
  ] as const)('%s is read', (cell, decimal, share) => expect(sharePercent(cell, decimal)).toBe(share))
  it.each([
    ['(5)', 'brackets'],
    ['1e1', 'scientific'],
    ['-5', 'not a percentage'],
    ['0', 'above 0'],
    ['100.01', 'up to 100'],
    ['33.33333', 'more than 4 decimals'],
    ['12,5', 'not a percentage like 12.5'],
    ['', 'not a percentage'],
  ] as const)('%j is refused: %s', (cell, reason) => expect(() => sharePercent(cell, 'point')).toThrow(reason))
})

describe('shares together', () => {
  const third = 333_333n
  it('come to 100 %, or somebody takes the rest', () => {
    expect(restOfShares([600_000n, 400_000n], 'Deal', null)).toBe(0n)
    expect(restOfShares([third, third, third], 'Deal', 'Fund III')).toBe(1n)
  })
  it('are refused otherwise, with the sum and the difference', () => {
    expect(() => restOfShares([third, third, third], 'Deal', null)).toThrow(
      'The shares of "Deal" sum to 99.9999 %, not to 100.00 %: 0.0001 % is missing.',
    )
    expect(() => restOfShares([600_000n, 500_000n], 'Deal', 'Fund III')).toThrow('sum to 110.00 %')
    expect(() => restOfShares([600_000n, 500_000n], 'Deal', 'Fund III')).toThrow('10.00 % is too much')
  })
  it('and their rest are always the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { maxLength: 10 }), (shares) => {
        const sum = shares.reduce((all, share) => all + share, 0n)
        expect(sum + restOfShares(shares, 'x', 'rest')).toBe(wholePercent)
      }),
    )
  })
})

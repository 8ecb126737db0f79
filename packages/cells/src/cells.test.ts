import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from './dates.ts'
import { parseCurrency, parseMoney } from './money.ts'

describe('an amount', () => {
  it.each([
    ['1250', 'point', '1250.00'],
    ['1,250.5', 'point', '1250.50'],
    ['$1,250,000.00', 'point', '1250000.00'],
    ['EUR 12', 'point', '12.00'],
    ["1'250.00", 'point', '1250.00'],
    ['007.10', 'point', '7.10'],
    ['1.5000', 'point', '1.50'],
    ['1.250,50', 'comma', '1250.50'],
    ['1 250,50 €', 'comma', '1250.50'],
    ['12,5', 'comma', '12.50'],
    ['9999999999999999.99', 'point', '9999999999999999.99'],
  ] as const)('%j with a decimal %s is %s', (cell, decimal, expected) => {
    expect(parseMoney(cell, decimal)).toBe(expected)
  })
  it.each([
    ['(100.00)', 'point', 'brackets'],
    ['1e6', 'point', 'scientific'],
    ['1.5E+3', 'point', 'scientific'],
    ['1.250,50', 'point', 'style of this file'],
    ['1,250.50', 'comma', 'style of this file'],
    ['12,34', 'point', 'style of this file'],
    ['-5', 'point', 'negative'],
    ['1.005', 'point', 'two decimals'],
    ['1.250', 'point', 'two decimals'],
    ['1,250', 'comma', 'two decimals'],
    ['99999999999999999', 'point', 'too large'],
    ['about 5', 'point', 'not a number'],
    ['1,2,3', 'point', 'not a number'],
  ] as const)('%j with a decimal %s is refused: %s', (cell, decimal, reason) => {
    expect(() => parseMoney(cell, decimal)).toThrow(reason)
  })
  it('comes back as it was written, in either style', () => {
    const amount = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }), fc.integer({ min: 0, max: 99 }))
    fc.assert(
      fc.property(amount, fc.boolean(), ([whole, cents], isGrouped) => {
        const tail = String(cents).padStart(2, '0')
        const written = (group: string, point: string) =>
          `${isGrouped ? String(whole).replace(/\B(?=(\d{3})+$)/g, group) : whole}${point}${tail}`
        expect(parseMoney(written(',', '.'), 'point')).toBe(`${whole}.${tail}`)
        expect(parseMoney(written('.', ','), 'comma')).toBe(`${whole}.${tail}`)
      }),
    )
  })
})

describe('a date', () => {
  it.each([
    ['2025-01-31', 'dmy', '2025-01-31'],
    ['2025-01-31T23:30:00Z', 'mdy', '2025-01-31'],
    ['2025-01-31 09:00', 'mdy', '2025-01-31'],
    ['04.09.2024', 'dmy', '2024-09-04'],
    ['4/9/2024', 'mdy', '2024-04-09'],
    ['24-08-2024', 'dmy', '2024-08-24'],
    ['2024/08/24', 'ymd', '2024-08-24'],
    ['29.02.2024', 'dmy', '2024-02-29'],
  ] as const)('%j as %s is %s', (cell, order, expected) => expect(parseDate(cell, order)).toBe(expected))
  it.each([
    ['24/08/2024', 'mdy'],
    ['08/24/2024', 'dmy'],
    ['29.02.2025', 'dmy'],
    ['31.04.2025', 'dmy'],
    ['1.2.24', 'dmy'],
    ['tomorrow', 'ymd'],
    ['45678', 'ymd'],
    ['2025-13-01', 'ymd'],
  ] as const)('%j as %s is refused', (cell, order) => expect(() => parseDate(cell, order)).toThrow(/Date/))
  it('comes back as it was written, in every order', () => {
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-')
        expect([
          parseDate(`${d}.${m}.${y}`, 'dmy'),
          parseDate(`${m}/${d}/${y}`, 'mdy'),
          parseDate(`${y}/${m}/${d}`, 'ymd'),
        ]).toEqual([iso, iso, iso])
      }),
    )
  })
})

describe('a currency', () => {
  it('is its code in capitals', () => {
    expect([parseCurrency('eur'), parseCurrency('€'), parseCurrency(' US$ ')]).toEqual(['EUR', 'EUR', 'USD'])
  })
  it.each(['$', 'ZZQ', ''])('%j is refused', (cell) => expect(() => parseCurrency(cell)).toThrow('Currency'))
})

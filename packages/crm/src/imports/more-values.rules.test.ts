import { CellError } from '@throughline/cells'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CustomFieldRule,
  parseConsent,
  parseCountry,
  parseCustom,
  parseEmails,
  parsePeople,
  parsePercent,
  parsePhones,
  parseSize,
  parseTags,
} from './more-values.rules.ts'

describe('per cent', () => {
  it.each([
    ['0', 0],
    ['100', 100],
    ['25 %', 25],
    ['25,0%', 25],
    ['99.00', 99],
  ])('%j is %d', (cell, percent) => expect(parsePercent(cell)).toBe(percent))
  it.each(['101', '-1', '12.5', '', 'x', '1e1', '0.25'])('%j is refused', (cell) =>
    expect(() => parsePercent(cell)).toThrow(CellError),
  )
})

describe('what a cell holds several of', () => {
  it('tags are in lower case, each once, at most 30', () => {
    expect(parseTags('Key account; VIP,vip\nnew')).toEqual(['key account', 'vip', 'new'])
    expect(() => parseTags(Array.from({ length: 31 }, (_, n) => `t${n}`).join())).toThrow('There are 31 tags')
    expect(() => parseTags('x'.repeat(200))).toThrow('is too long')
  })
  it('e-mails are told apart by anything between them, and each must be one', () => {
    expect(parseEmails('A@acme.com; b@acme.com c@acme.com')).toEqual(['a@acme.com', 'b@acme.com', 'c@acme.com'])
    expect(() => parseEmails('a@acme.com, nobody')).toThrow('nobody')
  })
  it('phone numbers keep their spaces and commas', () => {
    expect(parsePhones('+49 30 1, ext. 2; 0171')).toEqual(['+49 30 1, ext. 2', '0171'])
  })
})

describe('words that mean one of a few things', () => {
  it.each([
    ['Yes', 'GIVEN'],
    ['opted out', 'WITHDRAWN'],
    ['0', 'WITHDRAWN'],
    ['UNKNOWN', 'UNKNOWN'],
  ])('consent %j is %s', (cell, consent) => expect(parseConsent(cell)).toBe(consent))
  it.each([
    ['10', '1-10'],
    ['11', '11-50'],
    ['1,000', '501-1000'],
    ['1.001', '1001-5000'],
    ['51 – 200', '51-200'],
    ['5000+', '5001+'],
    ['10001+', '5001+'],
  ])('size %j is %s', (cell, size) => expect(parseSize(cell)).toBe(size))
  it.each([
    ['DE', 'DE'],
    ['deutschland', 'DE'],
    ['Pays-Bas', 'NL'],
    ['United States', 'US'],
  ])('country %j is %s', (cell, country) => expect(parseCountry(cell)).toBe(country))
  it.each([() => parseConsent('maybe'), () => parseSize('many'), () => parseCountry('Atlantis')])(
    'anything else is refused: %s',
    (parse) => expect(parse).toThrow(CellError),
  )
  it('a number of people lies in the band that it is given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (people) => {
        const [, from, to] = /^(\d+)(?:-(\d+)|\+)$/.exec(parseSize(String(people))) ?? []
        expect(Math.max(people, 1)).toBeGreaterThanOrEqual(Number(from))
        expect(people).toBeLessThanOrEqual(to === undefined ? Number.POSITIVE_INFINITY : Number(to))
      }),
    )
  })
})

describe('people', () => {
  it('are read with names, addresses and roles, or what there is of these', () => {
    expect(parsePeople('"Doe, Jane" <Jane@acme.com> (champion); Bob (lawyer);  x@acme.com; Eve')).toEqual([
      { name: 'Doe, Jane', email: 'jane@acme.com', role: 'champion' },
      { name: 'Bob', email: null, role: 'lawyer' },
      { name: null, email: 'x@acme.com', role: 'contact' },
      { name: 'Eve', email: null, role: 'contact' },
    ])
  })
  it('are refused when they are written in no known way', () => {
    expect(() => parsePeople('Jane <jane@acme.com')).toThrow('People')
    expect(() => parsePeople('Jane <nobody>')).toThrow('E-mail')
    expect(() => parsePeople(Array.from({ length: 21 }, (_, n) => `P${n}`).join(';'))).toThrow('There are 21 people')
  })
  it('come back as they were written, whatever signs their names and roles have', () => {
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 })
      .map((given) => given.replace(/\s+/g, ' ').trim())
      .filter((given) => given !== '')
    const written = (given: string, mark: RegExp) => given.replace(mark, '\\$&')
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (people) => {
        const cell = people
          .map(([name, role], n) => `"${written(name, /["\\]/g)}" <p${n}@acme.com> (${written(role, /[()\\]/g)})`)
          .join('; ')
        expect(parsePeople(cell)).toEqual(people.map(([name, role], n) => ({ name, email: `p${n}@acme.com`, role })))
      }),
    )
  })
})

describe('one of a firm’s own fields', () => {
  const field = (type: CustomFieldRule['type'], ...options: string[]) => ({ key: 'k', label: 'Budget', type, options })
  const point = { decimal: 'point', dateOrder: 'ymd' } as const
  const comma = { decimal: 'comma', dateOrder: 'dmy' } as const
  it.each([
    ['1,234.5', point, 1234.5],
    ['1.234,5', comma, 1234.5],
    ['-3', point, -3],
    ['12 %', point, 12],
    ['€ 5', point, 5],
  ])('number %j is read in the style of the file', (cell, options, number) =>
    expect(parseCustom(cell, field('NUMBER'), options)).toBe(number),
  )
  it('a number in the other style is refused by the name of its field', () => {
    expect(() => parseCustom('1.234,5', field('NUMBER'), point)).toThrow('Budget "1.234,5"')
  })
  it('a date follows the order of the file', () => {
    expect(parseCustom('04.09.2026', field('DATE'), comma)).toBe('2026-09-04')
  })
  it.each([
    ['Ja', true],
    ['x', true],
    ['falsch', false],
    ['0', false],
  ])('yes or no: %j is %s', (cell, answer) => expect(parseCustom(cell, field('BOOLEAN'), point)).toBe(answer))
  it('a choice is the option that is written so, before one that is only alike', () => {
    const choice = field('CHOICE', 'Größe M', 'GRÖSSE m')
    expect(parseCustom('GRÖSSE m', choice, point)).toBe('GRÖSSE m')
    expect(parseCustom('grosse m', field('CHOICE', 'Grösse M'), point)).toBe('Grösse M')
    expect(() => parseCustom('L', choice, point)).toThrow('is none of Größe M, GRÖSSE m')
    expect(() => parseCustom('perhaps', field('BOOLEAN'), point)).toThrow('neither yes nor no')
  })
})

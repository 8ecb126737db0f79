import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentDisposition, fileName } from './file-names.ts'

const stored = (name: string) => fileName(name, 'file')

describe('the name of a file', () => {
  it.each([
    ['deals.csv', 'deals.csv'],
    ['Größe & Préis (1).csv', 'Größe & Préis (1).csv'],
    ['日本語.csv', '日本語.csv'],
    ['👩‍💻.csv', '👩‍💻.csv'],
    ['a\r\nSet-Cookie: x=1.csv', 'aSet-Cookie_ x=1.csv'],
    ['a\0b\u007f\u0085.csv', 'ab.csv'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['\u2066a\u2069\u200F\uFEFF.csv', 'a.csv'],
    ['a\u2028b.csv', 'ab.csv'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Users\\me\\deals.csv', 'C__Users_me_deals.csv'],
    ['.htaccess', 'htaccess'],
    ['deals.csv. . ', 'deals.csv'],
    ['lone \uD800 surrogate.csv', 'lone \uFFFD surrogate.csv'],
    ['e\u0301.csv', 'é.csv'],
    ['e\u202E\u0301.csv', 'é.csv'],
  ])('%j is stored as %j', (given, name) => expect(stored(given)).toBe(name))

  it.each(['', ' ', '.', '..', '///', '\\', '\0', '\u202E', ' . '])(
    'is another one when %j leaves nothing',
    (given) => {
      expect(stored(given)).toBe('file')
    },
  )
  it('is another one when there is none', () => expect(fileName(undefined, 'deals.csv')).toBe('deals.csv'))

  it('has at most 255 bytes, with its extension and no character cut in two', () => {
    expect(stored(`${'x'.repeat(400)}.csv`)).toBe(`${'x'.repeat(251)}.csv`)
    expect(stored(`${'ü'.repeat(400)}.csv`)).toBe(`${'ü'.repeat(125)}.csv`)
    expect(stored(`${'😀'.repeat(400)}.csv`)).toBe(`${'😀'.repeat(62)}.csv`)
  })

  it('is safe whatever was given, and stays the same when it is cleaned again', () => {
    const awkward = ['.', ' ', '_', '/', 'a', '\u0301', '\u202E', '\uD800', '😀', 'x'.repeat(60), 'ü'.repeat(60)]
    const name = fc.oneof(
      fc.array(fc.constantFrom(...awkward), { maxLength: 14 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 300 }).map((units) => String.fromCharCode(...units)),
    )
    fc.assert(
      fc.property(name, (given) => {
        const result = stored(given)
        expect(Buffer.byteLength(result)).toBeLessThanOrEqual(255)
        expect(result).not.toMatch(/[/\\:\p{Cc}\u202A-\u202E\u2066-\u2069]/u)
        expect(result).not.toMatch(/^\.|^$/)
        expect(result.isWellFormed()).toBe(true)
        expect(stored(result)).toBe(result)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the header of a download', () => {
  it.each([
    ['deals.csv', `attachment; filename="deals.csv"; filename*=UTF-8''deals.csv`],
    ['Grün "1".csv', `attachment; filename="Gr_n _1_.csv"; filename*=UTF-8''Gr%C3%BCn%20%221%22.csv`],
    ["O'Neill (1)*.csv", `attachment; filename="O_Neill _1__.csv"; filename*=UTF-8''O%27Neill%20%281%29%2A.csv`],
    ['\uD800.csv', `attachment; filename="_.csv"; filename*=UTF-8''%EF%BF%BD.csv`],
    ['a\r\nX: 1', `attachment; filename="aX_ 1"; filename*=UTF-8''aX_%201`],
  ])('of %j is %s', (name, header) => expect(contentDisposition(name)).toBe(header))

  it('holds nothing but what a header may hold, whatever the name', () => {
    const name = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units))
    fc.assert(
      fc.property(name, (given) => {
        expect(contentDisposition(given)).toMatch(
          /^attachment; filename="[\w. -]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/,
        )
      }),
      { numRuns: 500 },
    )
  })
})

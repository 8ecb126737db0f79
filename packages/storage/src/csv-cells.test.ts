import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, neutralised, restored } from './csv-cells.ts'

describe('a cell that a spreadsheet may open', () => {
  it.each([
    '=1+1',
    "=cmd|' /C calc'!A0",
    '+31 6',
    '-2+3',
    '-1,5',
    '--1',
    '-',
    '+1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '\0x',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    "'=1",
  ])('%j is made harmless', (cell) => expect(neutralised(cell)).toBe(`'${cell}`))

  it.each(['-12.50', '12', '-0', '0.5', 'text', "O'Neill", "'tis", '', ' ', '1-2', 'a=b'])(
    '%j stays as it is',
    (cell) => expect(neutralised(cell)).toBe(cell),
  )

  it('comes back as it was, and none begins as a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^'{0,3}[=+\-@\t\r\n\0＝＋－＠].*$/),
      fc.stringMatching(/^-?\d+(\.\d+)?$/),
    )
    fc.assert(
      fc.property(cell, (text) => {
        const written = neutralised(text)
        expect(restored(written)).toBe(text)
        expect(/^[=+\-@\t\r\n\0＝＋－＠]/.test(written) && !/^-?\d+(\.\d+)?$/.test(written)).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a line of CSV', () => {
  it('quotes what would end a cell or a record', () => {
    expect(csvLine(['a,b', 'c"d', 'e\nf', 'g\rh', '=1', '-1', ''])).toBe('"a,b","c""d","e\nf","g\rh",\'=1,-1,\r\n')
    expect(csvLine(['a,b', 'c;d'], ';')).toBe('a,b;"c;d"\r\n')
  })
})

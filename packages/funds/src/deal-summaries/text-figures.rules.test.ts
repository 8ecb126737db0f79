import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { missingFigures } from './text-figures.rules.ts'

const says = (passage: string, sentence: string) => expect(missingFigures(sentence, [passage]), sentence).toEqual([])
const lacks = (passage: string, sentence: string, ...missing: string[]) =>
  expect(missingFigures(sentence, [passage]), sentence).toEqual(missing)

describe('a figure of a sentence', () => {
  it('is in a passage however the amount is written', () => {
    for (const written of [
      'EUR 12,500,000',
      '12.5 million',
      '€12.5m',
      '12 500 000 EUR',
      "12'500'000.00",
      '12.500.000,00',
    ])
      for (const said of ['€12.5 million', 'EUR12.5m', '12,500,000', '12.5 mn'])
        says(`They pay ${written} for it.`, said)
  })

  it('is not, when the amount, its size or its currency is another', () => {
    lacks('They pay EUR 12.5 million.', 'They pay EUR 12.6 million.', 'EUR 12.6 million')
    lacks('They pay EUR 12.5 million.', 'They pay EUR 12.5 billion.', 'EUR 12.5 billion')
    lacks('They pay EUR 12.5 million.', 'They pay $12.5 million.', '$12.5 million')
    lacks('They pay EUR 12.5 million.', 'They pay 12.', '12')
  })

  it('keeps percentages apart from numbers', () => {
    for (const said of ['18%', '18 %', '18.0 per cent', '18 percent']) says('It grew by 18% a year.', said)
    lacks('It has 18 employees.', 'It grew by 18%.', '18%')
    lacks('It grew by 18%.', 'It has 18 employees.', '18')
  })

  it('is a day in any of the ways in which days are written', () => {
    for (const written of [
      '2026-07-01',
      '1 July 2026',
      'July 1, 2026',
      '1st of July 2026',
      '01.07.2026',
      '1 Jul. 2026',
    ])
      for (const said of ['2026-07-01', '1 July 2026', 'July 2026', '2026'])
        says(`Closing is on ${written}.`, `On ${said}.`)
    lacks('Closing is on 1 July 2026.', 'Closing is on 2 July 2026.', '2 July 2026')
    lacks('Closing is on 1 July 2026.', 'Closing is in June 2026.', 'June 2026')
    lacks('Closing is in 2025.', 'Closing is in 2026.', '2026')
  })

  it('may stand in any of the passages that are cited', () => {
    expect(missingFigures('From 5 to 7.', ['It was 5.', 'It is 7.'])).toEqual([])
    expect(missingFigures('From 5 to 8, and 8 again.', ['It was 5.', 'It is 7.'])).toEqual(['8'])
  })

  it('reads a lone comma or dot before three digits in both ways', () => {
    for (const said of ['1234', '1,234', '1.234']) says('There are 1.234 of them.', said)
    lacks('There are 1.234 of them.', '12.34', '12.34')
  })

  it('leaves names with digits alone', () => {
    says('The aircraft is good.', 'The A320 had its maintenance in Q3 as v1.2 says.')
  })
})

const amount = fc
  .tuple(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom('EUR ', '$', ''))
  .map(([value, sign]) => ({ value, text: `${sign}${value.toLocaleString('en')}` }))

describe('whatever is written', () => {
  it('a text has its own figures', () => {
    const piece = fc.constantFrom(
      ...['EUR', ' ', '.', ',', '1', '25', '000', '%', 'm', '-', '/', 'May', '2026', '€', "'", 'Q'],
    )
    const figures = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.oneof(figures, fc.string({ maxLength: 300, unit: 'binary' })), (text) => {
        expect(missingFigures(text, [text])).toEqual([])
      }),
      { numRuns: 3_000 },
    )
  })

  it('an amount that was changed is told', () => {
    fc.assert(
      fc.property(amount, fc.integer({ min: 1, max: 1_000 }), ({ value, text }, more) => {
        // `1,000` is read as one as well: in half of Europe it is.
        fc.pre(value + more !== value * 1_000)
        const other = text.replace(/[\d,]+/, (value + more).toLocaleString('en'))
        expect(missingFigures(`It costs ${text} today.`, [`The price is ${text}.`])).toEqual([])
        expect(missingFigures(`It costs ${other} today.`, [`The price is ${text}.`])).toEqual([other])
      }),
    )
  })
})

import { expect, it } from 'vitest'
import { grossOf } from './chosen-lines.ts'

it('what is paid is net and taxes of each line, to the cent and at any size', () => {
  expect(grossOf([{ net: '58500.00', withheld: '1500.00' }])).toBe('60000.00')
  expect(
    grossOf([
      { net: '9007199254740993.01', withheld: '0.00' },
      { net: '0.01', withheld: '0.00' },
    ]),
  ).toBe('9007199254740993.02')
  expect(grossOf([{ net: '1200', withheld: '34' }])).toBe('1234')
  expect(grossOf([])).toBe('0')
})

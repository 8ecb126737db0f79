import { expect, it } from 'vitest'
import { customWords, optionsIn } from './field-words.ts'

it('says a value as a person reads it', () => {
  expect(customWords({ type: 'TEXT' }, 'As it is')).toBe('As it is')
  expect(customWords({ type: 'NUMBER' }, 1234.5)).toBe('1,234.5')
  expect(customWords({ type: 'NUMBER' }, 0)).toBe('0')
  expect(customWords({ type: 'BOOLEAN' }, false)).toBe('No')
  expect(customWords({ type: 'DATE' }, '2026-12-31')).toContain('2026')
  expect(customWords({ type: 'CHOICE' }, null)).toBe('–')
  expect(customWords({ type: 'CHOICE' }, undefined)).toBe('–')
})

it('takes an option a line and leaves out what is empty', () => {
  expect(optionsIn(' Gold \n\n Silver, polished\n')).toEqual(['Gold', 'Silver, polished'])
})

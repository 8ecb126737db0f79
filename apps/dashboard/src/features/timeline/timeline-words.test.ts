import { expect, it } from 'vitest'
import { authorOf, instantIn, localOf } from './timeline-words.ts'

it('gives an instant to the browser’s field and gets the same minute back', () => {
  for (const at of ['2026-03-29T01:15:00.000Z', '2026-11-21T23:59:00.000Z', '2024-02-29T00:00:00.000Z'])
    expect(instantIn(localOf(at))).toBe(at)
})
it('says nothing for a field that is empty or half typed', () => {
  expect(instantIn('')).toBeUndefined()
  expect(instantIn('2026-13-')).toBeUndefined()
})
it('names whoever wrote it', () => {
  expect(authorOf({ author: { id: 'x', name: 'Ada' } })).toBe('Ada')
  expect(authorOf({ author: null })).toBe('Throughline')
})

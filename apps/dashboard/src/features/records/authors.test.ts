import { expect, it } from 'vitest'
import { authorsOf, authorsSince } from './authors.ts'

it('names who was faster, all of them, and admits whom it does not know', () => {
  expect(authorsOf(['Ada', 'Ada'])).toBe('Ada')
  expect(authorsOf(['Ada', undefined, 'Ben'])).toBe('Ada and Ben and somebody')
  expect(authorsOf([undefined])).toBe('Somebody')
})

it('names nobody for a field that reads as it did', () => {
  const before = { industry: 'Mining', owner: { id: '1' }, tags: ['a'] }
  const now = { industry: 'Mining', owner: { id: '2' }, tags: ['a'] }
  expect(authorsSince({ industry: 'Ada', ownerId: 'Ben', tags: 'Cem' }, before, now)).toBe('Ben')
  expect(authorsSince({ industry: 'Ada' }, before, now)).toBe('Somebody')
})

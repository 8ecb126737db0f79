import { expect, it } from 'vitest'
import { moved } from './moved.ts'

it('moves one thing past its neighbour and leaves the others as they were', () => {
  expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
})
it('moves nothing past the ends', () => {
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
  expect(moved([], 0, 1)).toEqual([])
})

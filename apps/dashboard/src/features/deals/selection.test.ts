import { expect, it } from 'vitest'
import { extend, toggle } from './selection.ts'

const nothing = { ids: new Set<string>(), anchor: null }
const order = ['a', 'b', 'c', 'd', 'e']

it('takes a range from where it was last clicked, in both directions', () => {
  const one = toggle(nothing, 'c')
  expect([...extend(one, order, 'e').ids]).toEqual(['c', 'd', 'e'])
  expect([...extend(one, order, 'a').ids].sort()).toEqual(['a', 'b', 'c'])
})

it('takes one row where no range has begun, or where its beginning is gone', () => {
  expect([...extend(nothing, order, 'b').ids]).toEqual(['b'])
  expect([...extend({ ids: new Set(['x']), anchor: 'x' }, order, 'b').ids]).toEqual(['x', 'b'])
})

it('lets a row go at the second click', () => {
  expect(toggle(toggle(nothing, 'a'), 'a').ids.size).toBe(0)
})

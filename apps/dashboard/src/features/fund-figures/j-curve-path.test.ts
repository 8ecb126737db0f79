import { describe, expect, it } from 'vitest'
import { pathOf } from './j-curve-path.ts'

describe('the line of a curve', () => {
  const box = { width: 100, height: 10, low: -5, high: 5 }

  it('goes from edge to edge, large values above', () => {
    expect(pathOf([-5, 0, 5], box)).toBe('M0.0 10.0 L50.0 5.0 L100.0 0.0')
  })

  it('is drawn of one value and of equal values too', () => {
    expect(pathOf([0], box)).toBe('M0.0 5.0')
    expect(pathOf([0, 0], { ...box, low: 0, high: 0 })).toBe('M0.0 10.0 L100.0 10.0')
    expect(pathOf([], box)).toBe('')
  })
})

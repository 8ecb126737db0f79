import { describe, expect, it } from 'vitest'
import { customPeriod, periodOf } from './periods.ts'

describe('a period by its name', () => {
  const today = '2026-11-21'
  it.each([
    ['month', '2026-11-01', today],
    ['lastMonth', '2026-10-01', '2026-10-31'],
    ['threeMonths', '2026-09-01', today],
    ['quarter', '2026-10-01', today],
    ['year', '2026-01-01', today],
    ['twelveMonths', '2025-12-01', today],
  ] as const)('%s is from %s to %s', (name, from, to) => {
    expect(periodOf(name, today)).toEqual({ from, to })
  })
  it('goes over the turn of the year', () => {
    expect(periodOf('lastMonth', '2027-01-05')).toEqual({ from: '2026-12-01', to: '2026-12-31' })
    expect(periodOf('threeMonths', '2027-01-05').from).toBe('2026-11-01')
  })
})

it('chosen days are a period when both are days, in their order', () => {
  expect(customPeriod('2026-01-01', '2026-01-01')).toEqual({ from: '2026-01-01', to: '2026-01-01' })
  expect([customPeriod('2026-02-01', '2026-01-01'), customPeriod('', '2026-01-01'), customPeriod('x', 'y')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

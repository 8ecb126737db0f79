import { fundTerms } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { termsOf } from './terms-of-form.ts'

const usual = {
  ...{ feeSteps: '2025-01-01 2 commitments\n2030-01-01  1.5 invested_cost', preferredReturn: '8', carry: '20' },
  ...{ catchUp: '100', waterfall: 'european', recallablePolicy: 'gips', recallableMonths: '24', noticeDays: '10' },
  ...{ overcallCap: '50', tolerance: '0', lateRate: '12', dayCount: 'act/365', cureDays: '5', cureCount: 'business' },
  ...{ investmentPeriodEnd: '', holidays: '2026-12-25\n\n2026-12-26' },
}
const formOf = (change: object = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...usual, ...change })) form.set(name, String(value))
  return form
}

describe('the terms of a form', () => {
  it('are the usual ones where nothing else is said', () => {
    expect(termsOf(formOf()).terms).toEqual({
      ...fundTerms.parse({}),
      feeSteps: [
        { from: '2025-01-01', rate: '2', base: 'commitments' },
        { from: '2030-01-01', rate: '1.5', base: 'invested_cost' },
      ],
      holidays: ['2026-12-25', '2026-12-26'],
    })
  })

  it('know no end of recallable distributions when no months are said', () => {
    expect(termsOf(formOf({ recallableMonths: '' })).terms?.recallableMonths).toBeNull()
  })

  it.each([
    [{ feeSteps: '2025-01-01 two commitments' }, /^feeSteps 0 rate/],
    [{ feeSteps: 'from now on' }, /^feeSteps 0/],
    [{ noticeDays: '' }, /^noticeDays/],
    [{ holidays: '25.12.2026' }, /^holidays 0/],
    [{ carry: '120' }, /^carry: must be at most 100/],
  ])('say what is wrong with %j', (change, words) => {
    expect(termsOf(formOf(change)).wrong).toMatch(words)
  })
})

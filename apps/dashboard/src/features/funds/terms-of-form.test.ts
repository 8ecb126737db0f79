import { fundTerms } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { termsOf } from './terms-of-form.ts'

const usual = {
  ...{ preferredReturn: '8', carry: '20', catchUp: '100', waterfall: 'european', recallablePolicy: 'gips' },
  ...{ recallableMonths: '24', recyclingCap: '', noticeDays: '10', overcallCap: '50', tolerance: '0', lateRate: '12' },
  ...{ dayCount: 'act/365', cureDays: '5', cureCount: 'business', investmentPeriodEnd: '' },
}
const steps: [string, string, string][] = [
  ['2025-01-01', '2', 'commitments'],
  ['2030-01-01', ' 1.5 ', 'invested_cost'],
]
const days: [string, string][] = [
  ['2026-12-25', 'Christmas'],
  ['2026-12-26', ' '],
]

function formOf(change: object = {}, rows: { steps?: typeof steps; days?: typeof days } = {}) {
  const form = new FormData()
  for (const [name, value] of Object.entries({ ...usual, ...change })) form.set(name, String(value))
  for (const [from, rate, base] of rows.steps ?? steps) {
    form.append('feeStepFrom', from)
    form.append('feeStepRate', rate)
    form.append('feeStepBase', base)
  }
  for (const [on, name] of rows.days ?? days) {
    form.append('holidayOn', on)
    form.append('holidayName', name)
  }
  return form
}

describe('the terms of a form', () => {
  it('say of each field what is wrong first', () => {
    const { wrong } = termsOf(formOf({}, { steps: [['', 'two', 'commitments']], days: [['', '']] }))
    expect(Object.fromEntries(wrong)).toEqual({
      'feeSteps.0.from': 'must be a day',
      'feeSteps.0.rate': 'must be a percentage like 12.5',
      'holidays.0': 'must be a day',
    })
  })

  it('are the usual ones where nothing else is said, with a row for each fee step and holiday', () => {
    expect(termsOf(formOf()).terms).toEqual({
      ...fundTerms.parse({}),
      feeSteps: [
        { from: '2025-01-01', rate: '2', base: 'commitments' },
        { from: '2030-01-01', rate: '1.5', base: 'invested_cost' },
      ],
      holidays: ['2026-12-25', '2026-12-26'],
      holidayNames: { '2026-12-25': 'Christmas' },
    })
    expect(termsOf(formOf({}, { steps: [], days: [] })).terms).toEqual(fundTerms.parse({}))
  })

  it('know no end of recallable distributions when no months are said', () => {
    expect(termsOf(formOf({ recallableMonths: '' })).terms?.recallableMonths).toBeNull()
  })

  it('know no recycling cap when none is said, and keep what is', () => {
    expect(termsOf(formOf()).terms?.recyclingCap).toBeNull()
    expect(termsOf(formOf({ recyclingCap: ' 12.5 ' })).terms?.recyclingCap).toBe('12.5')
  })

  it.each([
    [{ recyclingCap: '120' }, {}, 'recyclingCap'],
    [{ recyclingCap: 'a third' }, {}, 'recyclingCap'],
    [{ noticeDays: '' }, {}, 'noticeDays'],
    [{ carry: '120' }, {}, 'carry'],
    [{ lateRate: 'a lot' }, {}, 'lateInterest.rate'],
    [{ cureDays: '5.5' }, {}, 'cure.days'],
    [{}, { steps: [...steps, ['2031-01-01', 'two', 'commitments']] }, 'feeSteps.2.rate'],
    [{}, { steps: [['', '2', 'commitments']] }, 'feeSteps.0.from'],
    [{}, { steps: [...steps, ['2025-01-01', '1', 'commitments']] }, 'feeSteps.2.from'],
    [{}, { days: [['', 'Easter']] }, 'holidays.0'],
    [{}, { days: [...days, ['2026-12-25', 'Again']] }, 'holidays.2'],
  ] as [object, { steps?: typeof steps; days?: typeof days }, string][])(
    'say at its field what is wrong with %j %j',
    (change, rows, way) => {
      const { terms, wrong } = termsOf(formOf(change, rows))
      expect(terms).toBeUndefined()
      expect([...wrong.keys()]).toEqual([way])
    },
  )
})

import { describe, expect, it } from 'vitest'
import { allocationOf, amountToType } from './allocation-form.ts'

const form = { basis: 'amount', amount: '1,250.00', percent: '12.5', tranche: '2' }

describe('an allocation in its form', () => {
  it('is sent by amount or by per cent, never by both', () => {
    expect(allocationOf(form, 'deal')).toEqual({ dealId: 'deal', tranche: 2, amount: '1250.00' })
    expect(allocationOf({ ...form, basis: 'percent' }, 'deal')).toEqual({ dealId: 'deal', tranche: 2, percent: '12.5' })
  })

  it('is confirmed by what is sent, and not while that is nothing', () => {
    expect(amountToType(form)).toBe('1250.00')
    expect(amountToType({ ...form, basis: 'percent' })).toBe('12.5')
    for (const bad of [{ amount: '1e5' }, { amount: '' }, { tranche: '0' }, { tranche: 'x' }])
      expect(amountToType({ ...form, ...bad })).toBeUndefined()
  })
})

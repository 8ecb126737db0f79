import { expect, it } from 'vitest'
import { amountOf, isConfirmed } from './typed-amount.tsx'

it('reads amounts as people type them, and nothing else', () => {
  expect(['1250', '1,250.5', '1 250.50', '0.05', '007'].map(amountOf)).toEqual([
    '1250.00',
    '1250.50',
    '1250.50',
    '0.05',
    '7.00',
  ])
  expect(['', '-5', '1e3', '(5.00)', '5.001', '1,25', '€5'].map(amountOf)).toEqual(Array(7).fill(undefined))
})

it('is confirmed by the same amount, however it is written', () => {
  expect(isConfirmed('1,250', '1250.00')).toBe(true)
  expect(isConfirmed('1250.01', '1250.00')).toBe(false)
  expect(isConfirmed('', undefined)).toBe(false)
})

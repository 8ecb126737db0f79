import { expect, it } from 'vitest'
import { addSums } from './money.ts'

it('adds to the cent at any size, and keeps currencies apart', () => {
  expect(
    addSums([
      { currency: 'USD', value: '9999999999999999.99' },
      { currency: 'EUR', value: '0.1' },
      { currency: 'EUR', value: '0.20' },
      { currency: 'USD', value: '0.01' },
    ]),
  ).toEqual([
    { currency: 'EUR', value: '0.30' },
    { currency: 'USD', value: '10000000000000000.00' },
  ])
})

it('takes away, below nothing as well, and forgets what is nothing', () => {
  const one = { currency: 'EUR', value: '10.50' }
  expect(addSums([one], [one])).toEqual([])
  expect(addSums([{ currency: 'EUR', value: '-0.05' }], [one])).toEqual([{ currency: 'EUR', value: '-10.55' }])
})

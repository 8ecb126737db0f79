import { expect, it } from 'vitest'
import { addOwn, addSums, weightedOf } from './money.ts'

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

it('weighs each deal by its own probability, 0 as well, and the others by that of their stage, half up at the end', () => {
  const sums = [{ currency: 'EUR', value: '300.00' }]
  expect(weightedOf({ sums, own: [] }, 33.3)).toEqual([{ currency: 'EUR', value: '99.90' }])
  const none = { currency: 'EUR', value: '100.00', timesPercent: '0.00' }
  expect(weightedOf({ sums, own: [none] }, 50)).toEqual([{ currency: 'EUR', value: '100.00' }])
  const cent = [{ currency: 'EUR', value: '0.05' }]
  expect(weightedOf({ sums: cent, own: [] }, 10)).toEqual([{ currency: 'EUR', value: '0.01' }])
  expect(weightedOf({ sums: cent, own: [] }, 9.9)).toEqual([{ currency: 'EUR', value: '0.00' }])
})

it('takes what a deal with a probability of its own brings along, and takes all of it away again', () => {
  const sure = { currency: 'EUR', value: '0.10', probability: 90 }
  const usual = { currency: 'EUR', value: '7.00', probability: null }
  const own = addOwn([], [sure, usual])
  expect(own).toEqual([{ currency: 'EUR', value: '0.10', timesPercent: '9.00' }])
  expect(addOwn(own, [], [sure, usual])).toEqual([])
})

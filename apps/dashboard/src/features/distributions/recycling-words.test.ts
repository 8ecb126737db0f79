import { type DistributionTotals, fundTerms } from '@throughline/contracts'
import { formatDay, formatMoney } from '@throughline/ui'
import { expect, it } from 'vitest'
import { aboveCapWord, isAboveCap, recallableHint, recallableWord } from './recycling-words.ts'

const zero = '0.00'
const of = (recallable: string, aboveCap: string, recyclingCap: string | null, expiresOn: string | null = null) => ({
  ...{ recyclingCap, expiresOn },
  totals: {
    ...{ investors: 2, returnOfCapital: '150.00', gain: zero, income: zero, carry: zero, withheld: zero },
    ...{ gross: '150.00', net: '150.00', unpaid: '150.00', recallable, aboveCap },
  } satisfies DistributionTotals,
})

it('says until when it can be called back, and the cap where there is one', () => {
  expect(recallableWord(of('100.00', zero, null, '2028-01-15'))).toBe(`until ${formatDay('2028-01-15')}`)
  expect(recallableWord(of('100.00', '20.00', '10'))).toBe('while the fund lives, cap 10 % of a commitment')
  expect(recallableWord(of(zero, '20.00', '10'))).toBe('cap 10 % of a commitment')
  expect(recallableWord(of(zero, zero, '10'))).toBeUndefined()
})

it('says what is above the cap, and that it is distributed all the same', () => {
  expect([isAboveCap(of(zero, zero, '10')), isAboveCap(of(zero, '0.01', '10'))]).toEqual([false, true])
  expect(aboveCapWord(of('100.00', '20.00', '12.5'), 'EUR')).toContain(formatMoney('20.00', 'EUR'))
  expect(aboveCapWord(of('100.00', '20.00', '12.5'), 'EUR')).toContain('the recycling cap of 12.5 % of a commitment')
})

it('says in the form what the terms make of it', () => {
  expect(recallableHint(fundTerms.parse({}))).toBe('Can be called again for 24 months.')
  expect(recallableHint(fundTerms.parse({ recallableMonths: null, recyclingCap: '20' }))).toBe(
    'Can be called again as long as the fund lives. In all, at most 20 % of a commitment (recycling cap).',
  )
})

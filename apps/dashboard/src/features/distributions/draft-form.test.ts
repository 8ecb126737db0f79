import { type DistributionDetail, draftDistribution } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { type DraftForm, emptyForm, formOf, missingOf, requestOf } from './draft-form.ts'

const gp = { id: '0190a000-0000-7000-8000-000000000001', label: 'General Partner' }
const lp = { id: '0190a000-0000-7000-8000-000000000002', label: 'Pension Fund' }
const filled: DraftForm = {
  ...emptyForm('2026-11-21'),
  ...{ title: ' Sale of Northwind ', returnOfCapital: '250,000', gain: '10 000.50', method: 'waterfall' },
  ...{ carryInvestor: gp, dealId: lp.id },
  byCountry: [{ key: 'a', country: 'DE', rate: '26.375' }],
  byInvestor: [{ key: 'b', investor: lp, rate: ' 15 ' }],
}

describe('a distribution in the form', () => {
  it('is sent as the contract wants it, with the recipient of the carry and the rates', () => {
    const request = requestOf(filled)
    expect(draftDistribution.parse(request)).toEqual({
      ...{ title: 'Sale of Northwind', distributedOn: '2026-11-21', dealId: lp.id },
      ...{ returnOfCapital: '250000', gain: '10000.50', income: '0', recallable: '0' },
      basis: {
        ...{ method: 'waterfall', carryInvestorId: gp.id },
        withholding: { byCountry: { DE: '26.375' }, byInvestor: { [lp.id]: '15' } },
      },
    })
    expect(requestOf({ ...filled, method: 'commitment' }).basis.carryInvestorId).toBeNull()
  })

  it('is what it was when it is opened again', () => {
    const request = requestOf(filled)
    const stored: Pick<DistributionDetail, keyof typeof request> = { ...request, income: '0.00', recallable: '0.00' }
    const again = formOf({ ...detail, ...stored })
    expect(requestOf(again)).toEqual(request)
    expect([again.carryInvestor, again.byInvestor[0]?.investor]).toEqual([gp, lp])
  })

  it.each([
    [{ title: ' ' }, 'title'],
    [{ distributedOn: '' }, 'day'],
    [{ gain: '1e6' }, 'Gain'],
    [{ recallable: '-1' }, 'Recallable'],
    [{ returnOfCapital: '', gain: '0' }, 'how much'],
    [{ byCountry: [{ key: 'a', country: '', rate: '5' }] }, 'by country'],
    [{ byCountry: [{ key: 'a', country: 'DE', rate: '101' }] }, 'by country'],
    [{ byInvestor: [{ key: 'a', investor: null, rate: '5' }] }, 'by investor'],
    [{ byInvestor: ['a', 'b'].map((key) => ({ key, investor: lp, rate: '5' })) }, 'two rates'],
  ])('says what is missing of %j', (change, words) => {
    expect(missingOf(filled)).toBeUndefined()
    expect(missingOf({ ...filled, ...change })).toContain(words)
  })
})

const zero = { returnOfCapital: '0', gain: '0', income: '0', carry: '0', withheld: '0', recallable: '0', aboveCap: '0' }
const detail: DistributionDetail = {
  ...{
    id: gp.id,
    fundId: gp.id,
    number: null,
    state: 'DRAFT',
    expiresOn: null,
    recyclingCap: null,
    lastEditorId: null,
    version: 1,
  },
  ...{ approvedById: null, approvedAt: null, declaredAt: null, paidAt: null, cancelReason: null },
  ...{ createdAt: '2026-11-21T00:00:00.000Z', matrixSha256: '', ...requestOf(filled) },
  ...{ dealTitle: null, problem: null },
  named: [gp, lp].map(({ id, label }) => ({ investorId: id, name: label })),
  totals: { ...zero, investors: 0, gross: '0', net: '0', unpaid: '0' },
}

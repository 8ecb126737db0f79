import { type CreateAllocation, createAllocation as createAllocationBody } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund } from '../books/testing.ts'
import { createAllocationWithCall, dealFunding, listCalls } from '../capital-calls/index.ts'
import { aDraft, anIssuedCall, makeWonDeal } from '../capital-calls/testing.ts'
import { cancelAllocation, createAllocation, listAllocations } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

let funds = 0
const manager = () => acme.ctx('manager')
const aFund = (commitments = ['600000.00', '400000.00']) => {
  funds += 1
  return makeTestFund(manager(), commitments, { name: `Fund ${funds}` })
}
const wanted = (dealId: string, given: Partial<CreateAllocation> = { amount: '100000.00' }) =>
  createAllocationBody.parse({ dealId, ...given })
const page = { limit: 100 }

describe('an allocation', () => {
  it('is an amount, or a percentage of what the deal came to, rounded once', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager(), { value: '333333.33' })
    const made = await createAllocation(manager(), fund.id, wanted(dealId, { percent: '33.333333' }))
    expect(made).toMatchObject({ amount: '111111.11', percent: '33.333333', state: 'ACTIVE', currency: 'EUR' })
    const byAmount = await createAllocation(manager(), fund.id, wanted(dealId, { amount: '1.50', tranche: 2 }))
    expect(byAmount).toMatchObject({ amount: '1.50', percent: null, tranche: 2 })
    for (const given of [{}, { amount: '1.00', percent: '1' }, { amount: '0.00' }, { percent: '0' }])
      await expect(
        createAllocation(manager(), fund.id, wanted(dealId, { ...given, tranche: 3 })),
      ).rejects.toMatchObject({ code: 'unprocessable' })
  })

  it('is there once, however many ask for it at a time, and the answer says which one it is', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    const asked = await Promise.allSettled(
      Array.from({ length: 50 }, () => createAllocation(manager(), fund.id, wanted(dealId, { amount: '10.00' }))),
    )
    const made = asked.flatMap((result) => (result.status === 'fulfilled' ? [result.value.id] : []))
    expect(made).toHaveLength(1)
    for (const result of asked)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'conflict', details: { allocationId: made[0] } })
    expect((await listAllocations(manager(), fund.id, page)).data).toHaveLength(1)
    const referenced = await createAllocation(
      manager(),
      fund.id,
      wanted(dealId, { amount: '10.00', tranche: 2, externalRef: 'A-1' }),
    )
    await expect(
      createAllocation(manager(), fund.id, wanted(dealId, { amount: '10.00', tranche: 3, externalRef: 'A-1' })),
    ).rejects.toMatchObject({ code: 'conflict', details: { allocationId: referenced.id } })
  })

  it('takes no more than the deal came to, whichever funds ask at the same time', async () => {
    const dealId = await makeWonDeal(manager(), { value: '1000.00' })
    const many = [await aFund(), await aFund(), await aFund()]
    const asked = await Promise.allSettled(
      many.flatMap((fund) =>
        [1, 2].map((tranche) => createAllocation(manager(), fund.id, wanted(dealId, { amount: '300.00', tranche }))),
      ),
    )
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    expect((await dealFunding(manager(), dealId)).proposal).toMatchObject({ amount: '100.00', currency: 'EUR' })
  })

  it('takes no more than the commitments of the fund, co-investments included', async () => {
    const fund = await aFund(['1000.00', '500.00'])
    const dealId = await makeWonDeal(manager())
    const investorId = fund.investors[0]?.id ?? ''
    await createAllocation(manager(), fund.id, wanted(dealId, { amount: '1000.00' }))
    const beside = await createAllocation(manager(), fund.id, wanted(dealId, { amount: '500.00', investorId }))
    expect(beside).toMatchObject({ investorId, investorName: expect.stringContaining('Investor 1') })
    await expect(
      createAllocation(manager(), fund.id, wanted(dealId, { amount: '0.01', tranche: 2 })),
    ).rejects.toMatchObject({ code: 'unprocessable', details: { available: '0.00' } })
    const found = (await dealFunding(manager(), dealId)).proposal?.funds.find(({ id }) => id === fund.id)
    expect(found?.available).toBe('0.00')
  })

  it('is of a won deal in the currency of the fund, and of investors of the fund', async () => {
    const fund = await aFund()
    const open = await makeWonDeal(manager(), { stage: 'NEGOTIATION' })
    const dollars = await makeWonDeal(manager(), { currency: 'USD' })
    const theirs = await makeWonDeal(globex.ctx('manager'))
    const ours = await makeWonDeal(manager())
    await expect(createAllocation(manager(), fund.id, wanted(open))).rejects.toMatchObject({ code: 'conflict' })
    await expect(createAllocation(manager(), fund.id, wanted(dollars))).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await expect(createAllocation(manager(), fund.id, wanted(theirs))).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      createAllocation(manager(), fund.id, wanted(ours, { amount: '1.00', investorId: fund.id })),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    expect((await dealFunding(manager(), open)).proposal).toBeNull()
    for (const attempt of [
      () => createAllocation(globex.ctx('manager'), fund.id, wanted(theirs)),
      () => listAllocations(globex.ctx('manager'), fund.id, page),
      () => dealFunding(globex.ctx('manager'), ours),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' })
  })

  it('gives its place free when it is cancelled, which an issued call keeps it from', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    const made = await createAllocation(manager(), fund.id, wanted(dealId))
    const cancelled = await cancelAllocation(manager(), made.id, { reason: 'Another fund takes it', version: 1 })
    expect(cancelled).toMatchObject({ state: 'CANCELLED', reason: 'Another fund takes it', version: 2 })
    await expect(cancelAllocation(manager(), made.id, { reason: 'Again' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(cancelAllocation(globex.ctx('owner'), made.id, { reason: 'No' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const again = await createAllocation(manager(), fund.id, wanted(dealId))
    await expect(cancelAllocation(manager(), again.id, { reason: 'Stale', version: 9 })).rejects.toMatchObject({
      code: 'stale_version',
    })
    const call = await anIssuedCall(acme, fund.id, aDraft({ components: [{ dealId }] }))
    await expect(cancelAllocation(manager(), again.id, { reason: 'Too late' })).rejects.toMatchObject({
      code: 'conflict',
      details: { callId: call.id },
    })
    expect((await dealFunding(manager(), dealId)).calls.map(({ id, state }) => [id, state])).toEqual([
      [call.id, 'ISSUED'],
    ])
  })
})

describe('an allocation with its call', () => {
  const dates = { title: 'For Alpha', purpose: '', noticeDate: '2026-03-02', dueDate: '2026-03-16' }

  it('is both of them, which know each other', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    const { allocation, call } = await createAllocationWithCall(manager(), fund.id, {
      allocation: wanted(dealId, { percent: '10' }),
      call: dates,
    })
    expect(call).toMatchObject({ state: 'DRAFT', amount: '50000.00', title: 'For Alpha' })
    expect(allocation).toMatchObject({ amount: '50000.00', callId: call.id })
  })

  it('is neither when one of them is refused', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(manager())
    await expect(
      createAllocationWithCall(manager(), fund.id, {
        allocation: wanted(dealId),
        call: { ...dates, dueDate: '2026-03-03' },
      }),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    await createAllocation(manager(), fund.id, wanted(dealId))
    await expect(
      createAllocationWithCall(manager(), fund.id, { allocation: wanted(dealId), call: dates }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect((await listAllocations(manager(), fund.id, page)).data).toHaveLength(1)
    expect((await listCalls(manager(), fund.id, page)).data).toEqual([])
    expect(
      await acme.systemCtx().db.queryOne(sql`select count(*)::int as n from audit_entries
        where action = 'capital_call.drafted' and after::text like ${`%${dealId}%`}`),
    ).toEqual({ n: 0 })
  })
})

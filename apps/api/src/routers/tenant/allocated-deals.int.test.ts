// What a fund has taken of a deal and not called for yet: the deal desk may not make the deal smaller than that.
import { randomUUID } from 'node:crypto'
import { allocationView } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund } from '../../../../../packages/funds/src/books/testing.ts'
import { makeWonDeal } from '../../../../../packages/funds/src/capital-calls/testing.ts'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  manager = await api.as(acme, 'manager')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const key = () => ({ 'idempotency-key': randomUUID() })

it('a deal is not made smaller than what is allocated of it, nor worth it in another currency, until the allocation is cancelled', async () => {
  const dealId = await makeWonDeal(acme.ctx('manager'), { value: '500000.00' })
  const allocations = []
  for (const name of ['One', 'Two']) {
    const fund = await makeTestFund(acme.ctx('manager'), ['900000.00'], { name })
    const made = await manager.post(`/tenant/v1/funds/${fund.id}/allocations`, { dealId, amount: '100000.00' }, key())
    expect(made.statusCode).toBe(201)
    allocations.push(allocationView.parse(made.json()))
  }
  const change = (body: object) => manager.patch(`/tenant/v1/deals/${dealId}`, body)
  const refused = await change({ value: '199999.99' })
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({
    error: {
      message: expect.stringMatching(
        /less than 200000\.00: there is an allocation of 100000\.00 EUR to One, .* to Two/,
      ),
      details: { atLeast: '200000.00' },
    },
  })
  expect((await change({ currency: 'USD' })).statusCode).toBe(409)
  expect((await change({ value: '200000.00' })).statusCode).toBe(200)
  expect((await change({ value: '700000.00', title: 'Larger' })).statusCode).toBe(200)
  const [first] = allocations
  const cancelled = await manager.post(
    `/tenant/v1/allocations/${first?.id}/cancel`,
    { reason: 'Another takes it' },
    key(),
  )
  expect(cancelled.statusCode).toBe(200)
  expect((await change({ value: '100000.00' })).statusCode).toBe(200)
  expect((await change({ value: '99999.00' })).statusCode).toBe(409)
})

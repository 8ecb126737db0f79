// Payments over HTTP: statuses, keys, and five hundred people who all click at once.
import { randomUUID } from 'node:crypto'
import { paymentDetail, paymentPage, paymentView, receiptChanged, receiptPage } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../../../../../packages/funds/src/books/testing.ts'
import { makeIssuedCall, type TestCall } from '../../../../../packages/funds/src/receivables/testing.ts'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
let fund: TestFund
let call: TestCall
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  fund = await makeTestFund(acme.ctx('manager'), ['100000.00', '100000.00'])
  call = await makeIssuedCall(acme.ctx('manager'), fund, ['50000.00', '50000.00'])
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const url = () => `/tenant/v1/funds/${fund.id}/payments`
let references = 0
const body = (over: object = {}) => {
  references += 1
  return {
    ...{ bankReference: `B-${references}`, account: 'DE02', valueDate: '2026-03-10', amount: '10.00', currency: 'EUR' },
    to: { lineId: call.lines[0]?.id },
    ...over,
  }
}
const key = () => ({ 'idempotency-key': randomUUID() })

/** A client that gets "still running" or "not ready" asks again with the same key, as browsers do. */
async function postUntilAnswered(given: object, headers: Record<string, string>) {
  for (;;) {
    const response = await manager.post(url(), given, headers)
    if (response.statusCode !== 409 && response.statusCode !== 503) return response
  }
}

const written = (bankReference: string) =>
  acme.systemCtx().db.queryOne(sql`
    select (select count(*)::int from bank_receipts r where r.bank_reference = ${bankReference}) as receipts, count(*)::int as payments,
      count(distinct p.entry_id)::int as entries,
      (select count(*)::int from ledger_entries e where e.id = any(array_agg(p.entry_id))) as booked,
      (select count(*)::int from audit_entries a where a.action = 'payment.recorded' and a.subject_id = r.id) as audited
    from payments p join bank_receipts r on r.tenant_id = p.tenant_id and r.id = p.receipt_id
    where r.bank_reference = ${bankReference} group by r.id`)

it('five hundred equal requests with one key are one payment, and all are answered with it', async () => {
  const given = body()
  const headers = key()
  const answers = await Promise.all(Array.from({ length: 500 }, () => postUntilAnswered(given, headers)))
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]))
  expect(new Set(answers.map((answer) => paymentView.parse(answer.json()).id)).size).toBe(1)
  expect(await written(given.bankReference)).toEqual({ receipts: 1, payments: 1, entries: 1, booked: 1, audited: 1 })
}, 120_000)

it('five hundred with keys of their own are one payment too, because the booking is one', async () => {
  const given = body()
  const answers = await Promise.all(Array.from({ length: 500 }, () => postUntilAnswered(given, key())))
  const statuses = answers.map(({ statusCode }) => statusCode)
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  expect(statuses.filter((status) => status === 200)).toHaveLength(499)
  expect(new Set(answers.map((answer) => paymentView.parse(answer.json()).id)).size).toBe(1)
  expect(await written(given.bankReference)).toEqual({ receipts: 1, payments: 1, entries: 1, booked: 1, audited: 1 })
}, 120_000)

it('needs a key, a permission, and an amount that is one', async () => {
  expect((await manager.post(url(), body())).statusCode).toBe(428)
  const viewer = await api.as(acme, 'viewer')
  expect((await viewer.post(url(), body(), key())).statusCode).toBe(403)
  for (const amount of ['0.00', '-1.00', '1.001', '1e3', '(5.00)', ''])
    expect((await manager.post(url(), body({ amount }), key())).statusCode, amount).toBe(400)
  for (const to of [{}, { lineId: call.lines[0]?.id, investorId: fund.investors[0]?.id }, { lineId: 'x' }])
    expect((await manager.post(url(), body({ to }), key())).statusCode).toBe(400)
  expect((await manager.post(url(), body({ currency: 'USD' }), key())).statusCode).toBe(422)
  const elsewhere = await api.as(await world.tenant('Globex'), 'owner')
  expect((await elsewhere.post(url(), body(), key())).statusCode).toBe(404)
  expect((await elsewhere.get(url())).statusCode).toBe(404)
})

it('a receipt is read, bounced with the version that was seen, and its payment explains itself', async () => {
  const payment = paymentView.parse((await manager.post(url(), body(), key())).json())
  const receiptUrl = `/tenant/v1/bank-receipts/${payment.receiptId}`
  const { receipt } = receiptChanged.parse((await manager.get(receiptUrl)).json())
  const bounce = { version: receipt.version, reason: 'No funds', on: '2026-03-12' }
  const stale = await manager.post(`${receiptUrl}/bounce`, { ...bounce, version: 99 }, key())
  expect(stale.statusCode).toBe(412)
  const bounced = receiptChanged.parse((await manager.post(`${receiptUrl}/bounce`, bounce, key())).json())
  expect(bounced.receipt.state).toBe('BOUNCED')
  expect(
    (await manager.post(`${receiptUrl}/unmatch`, { version: bounced.receipt.version, reason: 'x' }, key())).statusCode,
  ).toBe(409)
  const detail = paymentDetail.parse((await manager.get(`/tenant/v1/payments/${payment.id}`)).json())
  expect([detail.moves.length, detail.entry.lines.length]).toEqual([1, 2])
  const list = paymentPage.parse((await manager.get(`${url()}?limit=2&kind=BOUNCE`)).json())
  expect(list.data.map(({ reversesId }) => reversesId)).toEqual([payment.id])
  const receipts = await manager.get(`/tenant/v1/funds/${fund.id}/bank-receipts?state=BOUNCED`)
  expect(receiptPage.parse(receipts.json()).data).toHaveLength(1)
})

// What the desk itself has written is clean, whatever has happened: called, paid too much, bounced, un-matched, refunded, late,
// written off, cancelled; the subscription line drawn, paid for and repaid.
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeTestFund } from '../books/testing.ts'
import { cancelCall, chargeInterest, writeOff } from '../capital-calls/index.ts'
import { aDraft, anIssuedCall } from '../capital-calls/testing.ts'
import { recordBounce, recordPayment, recordRefund, unmatchReceipt } from '../receipts/index.ts'
import { book, strikeNav } from '../valuation/index.ts'
import { brokenIn } from './testing.ts'

let world: TestWorld
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
})
afterAll(() => world?.close())

const broken = (fundId: string, asOf?: string) => brokenIn(acme.ctx('manager'), fundId, asOf)

it('is clean behind every step', async () => {
  const ctx = acme.ctx('manager')
  const fund = await makeTestFund(ctx, ['1000.00', '2000.00', '3000.00'], { name: 'Real' })
  const components = [{ amount: '500.01' }, { kind: 'FEE', label: 'Fee', amount: '99.99' }]
  const call = await anIssuedCall(acme, fund.id, aDraft({ components }))
  expect(await broken(fund.id)).toEqual([])
  const lines = await ctx.db.query<{ id: string; due: string }>(
    sql`select id, due from capital_call_lines where call_id = ${call.id}::uuid order by due`,
  )
  const pay = (bankReference: string, line: number, amount: string) =>
    recordPayment(ctx, fund.id, {
      ...{ bankReference, amount, account: 'DE1', valueDate: '2026-03-10', currency: 'EUR', payer: '', text: '' },
      to: { lineId: lines[line]?.id ?? '' },
    })
  const receiptOf = async (reference: string) => {
    const row = await ctx.db.queryOne<{ id: string; version: number }>(
      sql`select id, version from bank_receipts where fund_id = ${fund.id}::uuid and bank_reference = ${reference}`,
    )
    return { id: row?.id ?? '', version: row?.version ?? 0 }
  }
  const steps: (() => Promise<unknown>)[] = [
    () => pay('B-1', 0, '150.00'),
    () => pay('B-2', 1, '40.00'),
    () => pay('B-3', 2, '10.00'),
    () => anIssuedCall(acme, fund.id, aDraft({ components: [{ amount: '60.00' }] })),
    async () => {
      const { id, version } = await receiptOf('B-2')
      await unmatchReceipt(ctx, id, { version, reason: 'Wrong' })
    },
    async () => {
      const { id, version } = await receiptOf('B-1')
      await recordBounce(ctx, id, { version, reason: 'Back', on: '2026-03-20' })
    },
    () => chargeInterest(ctx, { callId: call.id, lineId: lines[1]?.id ?? '' }, { through: '2026-06-30' }),
    () => writeOff(ctx, { callId: call.id, lineId: lines[2]?.id ?? '' }, { what: 'rest', reason: 'Never' }),
    () => pay('B-4', 2, '5.00'),
    () =>
      recordRefund(ctx, fund.id, {
        investorId: fund.investors[2]?.id ?? '',
        amount: '5.00',
        on: '2026-03-21',
        reason: 'Asked',
      }),
    async () => {
      const other = await anIssuedCall(acme, fund.id, aDraft({ components: [{ amount: '30.00' }] }))
      await cancelCall(ctx, other.id, { reason: 'Called off' })
    },
    () => book(ctx, fund.id, { kind: 'line_draw', on: '2026-02-20', amount: '300.00', note: '' }),
    () => book(ctx, fund.id, { kind: 'line_interest', on: '2026-03-14', amount: '2.01', note: '' }),
    () => book(ctx, fund.id, { kind: 'line_repayment', on: '2026-03-16', amount: '199.99', note: '' }),
    () => strikeNav(ctx, fund.id, '2026-06-30', 'daily'),
  ]
  for (const [index, step] of steps.entries()) {
    await step()
    expect([index, await broken(fund.id)]).toEqual([index, []])
    for (const day of ['2026-03-09', '2026-03-15', '2026-03-31', '2026-07-01'])
      expect([index, day, await broken(fund.id, day)]).toEqual([index, day, []])
  }
})

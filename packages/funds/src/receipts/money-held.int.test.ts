// Whatever is done with the money of a fund, in whatever order: no cent is lost, and none is there twice.
import type { RecordPayment } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { holdFund } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { fromMinor, smaller, toMinor } from '../minor-units.ts'
import { drawPrepaid } from '../receivables/index.ts'
import { makeIssuedCall } from '../receivables/testing.ts'
import { listPayers, recordBounce, recordPayment, recordRefund, unmatchReceipt } from './index.ts'
import { sumsOf } from './testing.ts'

let world: TestWorld
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
})
afterAll(() => world.close())

const investors = 3
const who = fc.nat(investors - 1)
const cents = fc.bigInt(1n, 20_000n)
const step = fc.oneof(
  fc.record({ act: fc.constant('pay' as const), who, cents, line: fc.nat(5) }),
  fc.record({ act: fc.constant('advance' as const), who, cents }),
  fc.record({
    act: fc.constant('call' as const),
    dues: fc.array(cents, { minLength: investors, maxLength: investors }),
  }),
  fc.record({ act: fc.constantFrom('bounce' as const, 'unmatch' as const), nth: fc.nat(20) }),
  fc.record({ act: fc.constantFrom('refund' as const, 'repay' as const), who, cents }),
  fc.record({ act: fc.constant('draw' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const ctx = () => acme.ctx('manager')
let made = 0
const amount = (units: bigint) => fromMinor(units, 'EUR')

async function pay(fund: TestFund, to: RecordPayment['to'], units: bigint) {
  made += 1
  const booking = { bankReference: `B-${made}`, account: 'DE02', valueDate: '2026-03-10', currency: 'EUR' }
  return recordPayment(ctx(), fund.id, { ...booking, amount: amount(units), to, payer: '', text: '' })
}

async function take(fund: TestFund, each: Step): Promise<unknown> {
  const idOf = (index: number) => fund.investors[index]?.id ?? ''
  switch (each.act) {
    case 'call':
      return makeIssuedCall(ctx(), fund, each.dues.map(amount), { outside: '0.01', dueDate: '2026-03-31' })
    case 'advance':
      return pay(fund, { investorId: idOf(each.who) }, each.cents)
    case 'pay': {
      const lines = await ctx().db.query<{ id: string }>(sql`select id from capital_call_lines
        where fund_id = ${fund.id}::uuid and investor_id = ${idOf(each.who)}::uuid order by id`)
      const line = lines[each.line % Math.max(1, lines.length)]
      return line && pay(fund, { lineId: line.id }, each.cents)
    }
    case 'refund': {
      const row = await ctx().db.queryOne<{ prepaid: string }>(sql`select prepaid from fund_positions
        where fund_id = ${fund.id}::uuid and investor_id = ${idOf(each.who)}::uuid`)
      const prepaid = toMinor(row?.prepaid ?? '0', 'EUR')
      if (prepaid === 0n) return
      const part = amount(smaller(each.cents, prepaid))
      return recordRefund(ctx(), fund.id, {
        investorId: idOf(each.who),
        amount: part,
        on: '2026-03-15',
        reason: 'Asked',
      })
    }
    case 'repay': {
      const { data } = await listPayers(ctx(), fund.id, { limit: 10, having: 'owed' })
      const payer = data.find(({ investorId }) => investorId === idOf(each.who))
      return payer && pay(fund, { owedBy: payer.investorId }, smaller(each.cents, toMinor(payer.owed, 'EUR')))
    }
    case 'draw':
      return ctx().db.transaction(async () => {
        const inside = ctx()
        const investorIds = fund.investors.map(({ id }) => id)
        await drawPrepaid(inside, await holdFund(inside, fund.id), { investorIds, on: '2026-03-16', callId: fund.id })
      })
    default:
      return back(fund, each)
  }
}

/** A receipt goes back; one of which something was refunded cannot be un-matched. */
async function back(fund: TestFund, { act, nth }: { act: 'bounce' | 'unmatch'; nth: number }): Promise<unknown> {
  const receipts = await ctx().db.query<{ id: string; version: number }>(sql`select id, version from bank_receipts
    where fund_id = ${fund.id}::uuid and state = 'MATCHED' order by id`)
  const receipt = receipts[nth % Math.max(1, receipts.length)]
  if (!receipt) return
  const { id, version } = receipt
  if (act === 'bounce') return recordBounce(ctx(), id, { version, reason: 'No funds', on: '2026-03-20' })
  return unmatchReceipt(ctx(), id, { version, reason: 'Wrong' }).catch((error: unknown) =>
    expect(error).toMatchObject({ code: 'unprocessable' }),
  )
}

it('every cent is on a line, prepaid, or went back, after every step of any history', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      made += 1
      const fund = await makeTestFund(ctx(), Array(investors).fill('1000000.00'), { name: `Fund ${made}` })
      for (const each of steps) {
        await take(fund, each)
        const {
          applied,
          prepaid,
          received,
          back: went,
          refunded,
          owed,
          ...wrong
        } = await sumsOf(acme.systemCtx(), fund.id)
        expect(wrong).toMatchObject({ badLines: 0, badInvestors: 0, badExcess: 0 })
        expect(Number(wrong.trialBalance)).toBe(0)
        const [a, p, r, b, f, o] = [applied, prepaid, received, went, refunded, owed].map((sum) => toMinor(sum, 'EUR'))
        expect((a ?? 0n) + (p ?? 0n)).toBe((r ?? 0n) - (b ?? 0n) - (f ?? 0n) + (o ?? 0n))
      }
    }),
    { numRuns: 25 },
  )
}, 240_000)

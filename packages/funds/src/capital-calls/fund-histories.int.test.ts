// Funds that live through random calls on real Postgres: the service keeps what the rules promise.
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readPositions } from '../books/index.ts'
import { makeTestFund } from '../books/testing.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { absolute, isAbove, rational } from '../rational.ts'
import { cancelCall } from './index.ts'
import { aDraft, anIssuedCall } from './testing.ts'

let world: TestWorld
let acme: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
})
afterAll(() => world.close())

interface History {
  /** Cents. */
  commitments: bigint[]
  /** Parts of all that is left, in thousandths; cancelled ones leave nothing. */
  calls: { part: number; fee: number; cancelled: boolean }[]
}

const histories = fc.record<History>({
  commitments: fc.array(fc.bigInt({ min: 100n, max: 100_000_000_00n }), { minLength: 2, maxLength: 9 }),
  calls: fc.array(
    fc.record({
      part: fc.integer({ min: 1, max: 700 }),
      fee: fc.integer({ min: 0, max: 300 }),
      cancelled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

const decimal = (cents: bigint) => fromMinor(cents, 'EUR')
let funds = 0

it('end at every commitment to the cent when all is called, whatever was called and cancelled before', async () => {
  const ctx = acme.ctx('manager')
  await fc.assert(
    fc.asyncProperty(histories, async ({ commitments, calls }) => {
      funds += 1
      const fund = await makeTestFund(ctx, commitments.map(decimal), { name: `Fund ${funds}` })
      const whole = sumOf(commitments)
      let left = whole
      for (const { part, fee, cancelled } of calls) {
        const amount = (left * BigInt(part)) / 1000n
        const ofFee = (amount * BigInt(fee)) / 1000n
        if (amount - ofFee <= 0n) continue
        const components = [
          { amount: decimal(amount - ofFee) },
          ...(ofFee > 0n ? [{ kind: 'FEE', label: 'Fee', amount: decimal(ofFee) }] : []),
        ]
        const call = await anIssuedCall(acme, fund.id, aDraft({ components }))
        if (cancelled) await cancelCall(ctx, call.id, { reason: 'Called off' })
        else left -= amount
      }
      for (const { called, commitment } of await readPositions(ctx, fund)) {
        expect(called <= commitment).toBe(true)
        // Within two cents of the exact share: one component each may be rounded.
        const off = rational(absolute(called * whole - commitment * (whole - left)), whole)
        expect(isAbove(off, rational(2n))).toBe(false)
      }
      if (left > 0n) await anIssuedCall(acme, fund.id, aDraft({ components: [{ amount: decimal(left) }] }))
      for (const { called, commitment } of await readPositions(ctx, fund)) expect(called).toBe(commitment)
      expect(
        await acme.systemCtx().db.queryOne(sql`select sum(amount)::text as trial,
          sum(amount) filter (where account = 'call_receivable')::text as receivable
          from ledger_balances where fund_id = ${fund.id}::uuid`),
      ).toEqual({ trial: '0.00', receivable: decimal(whole) })
    }),
    { numRuns: 25 },
  )
}, 240_000)

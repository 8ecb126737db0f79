import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holdFund, readPositions } from '../books/index.ts'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { receiptTaken } from '../ledger/index.ts'
import { receivePrepaid } from '../payments/index.ts'
import { drawPrepaid, readAccounts, splitBetween, writePayments } from './index.ts'
import { makeIssuedCall } from './testing.ts'

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
const aFund = (commitments: readonly string[]) => {
  funds += 1
  return makeTestFund(acme.ctx('manager'), commitments, { name: `Fund ${funds}` })
}
/** Everybody pays so much in advance. */
const payInAdvance = (fund: TestFund, amount: bigint) => {
  const ctx = acme.ctx('manager')
  return ctx.db.transaction(async () => {
    const held = await holdFund(ctx, fund.id)
    await writePayments(
      ctx,
      held,
      fund.investors.map(({ id }) => {
        const { moves } = receivePrepaid({ lines: [], prepaid: 0n }, amount)
        return {
          kind: 'RECEIPT',
          investorId: id,
          amount,
          prepaid: amount,
          moves,
          entry: receiptTaken(id, moves),
          on: '2026-02-01',
        }
      }),
    )
  })
}
const sums = (fund: TestFund) =>
  acme.systemCtx().db.query(sql`select account, sum(amount)::text as amount from ledger_balances
    where fund_id = ${fund.id}::uuid group by 1 order by 1`)

describe('what is prepaid', () => {
  it('pays the next call when it is issued: lines, positions and books say so', async () => {
    const fund = await aFund(['1000.00', '1000.00'])
    await payInAdvance(fund, 30_00n)
    const call = await makeIssuedCall(acme.ctx('manager'), fund, ['100.00', '20.00'], { outside: '15.00' })
    const ctx = acme.ctx('manager')
    const ids = fund.investors.map(({ id }) => id)
    const accounts = await readAccounts(ctx, { id: fund.id, currency: 'EUR' }, ids)
    expect(
      ids.map((id) => [
        accounts.get(id)?.prepaid,
        accounts.get(id)?.lines.map((line) => [line.applied, line.fromPrepaid]),
      ]),
    ).toEqual([
      [0n, [[30_00n, 30_00n]]],
      [10_00n, [[20_00n, 20_00n]]],
    ])
    // Of the first, 85 are inside of the commitment; of the second, 5.
    const positions = await readPositions(ctx, fund, ids)
    expect(positions.map(({ funded, fundedOutside, prepaid }) => [funded, fundedOutside, prepaid])).toEqual([
      [30_00n, 0n, 0n],
      [5_00n, 15_00n, 10_00n],
    ])
    expect(await sums(fund)).toEqual([
      { account: 'call_receivable', amount: '70.00' },
      { account: 'cash', amount: '60.00' },
      { account: 'contributed_capital', amount: '-90.00' },
      { account: 'other_contributions', amount: '-30.00' },
      { account: 'prepaid_capital', amount: '-10.00' },
    ])
    expect(
      await acme
        .systemCtx()
        .db.query(sql`select kind, line_id as "lineId", amount, moves, entry_id is not null as booked
        from payments where call_id = ${call.id}::uuid and investor_id = ${ids[0] ?? ''}::uuid`),
    ).toEqual([
      {
        kind: 'PREPAID_APPLIED',
        lineId: call.lines[0]?.id,
        amount: '30.00',
        moves: [
          { on: 'line', lineId: call.lines[0]?.id, from: 'prepaid', amount: '3000' },
          { on: 'prepaid', amount: '-3000' },
        ],
        booked: true,
      },
    ])
  })

  it('is drawn in the same number of statements for two investors and for two hundred', async () => {
    const counts: number[] = []
    for (const investors of [2, 200]) {
      const fund = await aFund(Array.from({ length: investors }, () => '1000.00'))
      const due = fund.investors.map(() => '10.00')
      await makeIssuedCall(acme.ctx('manager'), fund, due)
      await payInAdvance(fund, 5_00n)
      const ctx = acme.ctx('manager')
      const recorded = recordStatements()
      await ctx.db.transaction(async () =>
        drawPrepaid(ctx, await holdFund(ctx, fund.id), {
          investorIds: fund.investors.map(({ id }) => id),
          on: '2026-03-02',
          callId: fund.id,
        }),
      )
      recorded.stop()
      counts.push(recorded.take().length)
      expect(
        await acme
          .systemCtx()
          .db.queryOne(
            sql`select count(*)::int as n, sum(applied)::text as sum from capital_call_lines where fund_id = ${fund.id}::uuid and from_prepaid = 5`,
          ),
      ).toEqual({ n: investors, sum: `${investors * 5}.00` })
    }
    expect(counts[0]).toBe(counts[1])
  })

  it('of another firm is not seen', async () => {
    const fund = await aFund(['1000.00'])
    await payInAdvance(fund, 1_00n)
    const ids = fund.investors.map(({ id }) => id)
    expect((await readAccounts(globex.ctx('owner'), { id: fund.id, currency: 'EUR' }, ids)).size).toBe(0)
  })
})

it('what is paid on a line settles the inside of the commitment first, and comes back from the outside first', () => {
  expect(splitBetween(85n, 0n, 90n)).toEqual({ insideCommitment: 85n, outsideCommitment: 5n })
  expect(splitBetween(85n, 90n, 80n)).toEqual({ insideCommitment: -5n, outsideCommitment: -5n })
})

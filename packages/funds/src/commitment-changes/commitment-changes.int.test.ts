import { randomUUID } from 'node:crypto'
import type { CreateCommitment, FundView } from '@throughline/contracts'
import { createFund as createFundBody, createInvestor as createInvestorBody } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { happen, holdFund, post, readPositions } from '../books/index.ts'
import { makeTestFund } from '../books/testing.ts'
import type { CommitmentEvent } from '../commitments/index.ts'
import { createFund, getFund, updateFund } from '../funds/index.ts'
import { createInvestor, getFundPosition, listFundInvestors, listPositionEvents } from '../investors/index.ts'
import { callIssued, distributionDeclared } from '../ledger/index.ts'
import { changeCommitment, createCommitment, transferCommitment } from './index.ts'

let world: TestWorld
let acme: TestTenant
let ctx: Ctx
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  await world.tenant('Globex')
  ctx = acme.ctx('manager')
})
afterAll(() => world.close())

let made = 0
const aFund = (currency = 'EUR'): Promise<FundView> => {
  made += 1
  return createFund(
    ctx,
    createFundBody.parse({
      ...{ name: `Fund ${made}`, legalName: `Fund ${made} SCSp`, currency, timeZone: 'Europe/Berlin', vintage: 2025 },
    }),
  )
}
const anInvestor = async (name = 'Somebody'): Promise<string> =>
  (await createInvestor(ctx, createInvestorBody.parse({ name, kind: 'ENTITY' }))).id
const commit = (fundId: string, investorId: string, change: Partial<CreateCommitment> = {}) =>
  createCommitment(ctx, fundId, {
    ...{ investorId, closeName: 'First close', closeDate: '2025-01-01', amount: '1000000.00', feeFree: false },
    ...change,
  })
const source = { kind: 'capital_call', id: randomUUID() } as const
const happened = (fundId: string, investorId: string, ...events: CommitmentEvent[]) =>
  ctx.db.transaction(async () =>
    happen(
      ctx,
      await holdFund(ctx, fundId),
      events.map((event) => ({ investorId, event, source })),
    ),
  )
const called = (date: string, amount: bigint): CommitmentEvent => ({
  ...{ date, kind: 'called', callId: source.id, insideCommitment: amount, outsideCommitment: 0n, recalled: 0n },
})
const paid = (date: string, amount: bigint): CommitmentEvent => ({
  ...{ date, kind: 'funded', insideCommitment: amount, outsideCommitment: 0n },
})
const figures = async (fundId: string, investorId: string, asOf?: string) =>
  (await getFundPosition(ctx, { fundId, investorId }, { asOf })).figures

describe('a commitment', () => {
  it('is promised once per close, and counts in position and totals', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    const commitment = await commit(fund.id, investor)
    expect(commitment).toMatchObject({ amount: '1000000.00', version: 1, feeFree: false })
    await expect(commit(fund.id, investor)).rejects.toMatchObject({ code: 'conflict' })
    await commit(fund.id, investor, {
      closeName: 'Second close',
      closeDate: '2025-06-01',
      amount: '5.00',
      feeFree: true,
    })
    expect(await figures(fund.id, investor)).toMatchObject({ commitment: '1000005.00', feeFree: '5.00' })
    expect(await figures(fund.id, investor, '2025-05-31')).toMatchObject({ commitment: '1000000.00', feeFree: '0.00' })
    expect((await getFund(ctx, fund.id)).totals).toMatchObject({ investors: 1, commitment: '1000005.00' })
  })

  it('is increased, decreased and released from a day on, with a reason that stays', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    const { id } = await commit(fund.id, investor)
    const change = (kind: 'increase' | 'decrease' | 'release', amount: string, date: string, version: number) =>
      changeCommitment(ctx, id, { change: kind, amount, date, reason: `To ${kind}`, version })
    expect(await change('increase', '500000.00', '2025-02-01', 1)).toMatchObject({ amount: '1500000.00', version: 2 })
    await expect(change('decrease', '1.00', '2025-02-02', 1)).rejects.toMatchObject({ code: 'stale_version' })
    await change('decrease', '100000.00', '2025-02-02', 2)
    await change('release', '400000.00', '2025-03-01', 3)
    expect(await figures(fund.id, investor)).toMatchObject({
      ...{ commitment: '1400000.00', released: '400000.00', uncalled: '1000000.00' },
    })
    expect(await figures(fund.id, investor, '2025-02-01')).toMatchObject({ commitment: '1500000.00' })
    const { data } = await listPositionEvents(ctx, { fundId: fund.id, investorId: investor }, { limit: 2 })
    expect(data).toMatchObject([
      { kind: 'released', on: '2025-03-01', amount: '400000.00', reason: 'To release' },
      { kind: 'decreased', amount: '100000.00' },
    ])
  })

  it('cannot change before a call that was issued, on a locked day, on one to come, or in a closed fund', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    const { id } = await commit(fund.id, investor)
    await happened(fund.id, investor, called('2025-04-01', 1_000n))
    const increase = (date: string) => changeCommitment(ctx, id, { change: 'increase', amount: '1', date, reason: 'x' })
    await expect(increase('2025-03-31')).rejects.toThrow(/A call was issued on 2025-04-01/)
    await expect(commit(fund.id, await anInvestor(), { closeDate: '2025-03-31' })).rejects.toThrow(/A call was issued/)
    await expect(increase('2999-01-01')).rejects.toThrow(/still to come/)
    await expect(increase('2025-04-01')).resolves.toMatchObject({ amount: '1000001.00' })
    const set = (column: ReturnType<typeof sql>) =>
      acme.systemCtx().db.execute(sql`update funds set ${column} where id = ${fund.id}::uuid`)
    await set(sql`locked_through = '2025-06-30'`)
    await expect(increase('2025-06-30')).rejects.toThrow(/locked through 2025-06-30/)
    await set(sql`state = 'CLOSED'`)
    await expect(increase('2025-07-01')).rejects.toThrow(/is closed/)
  })

  it('gives no more than was not called, on the day and ever since', async () => {
    const [fund, investor] = [await aFund(), await anInvestor()]
    const { id } = await commit(fund.id, investor, { amount: '1000.00' })
    await happened(fund.id, investor, called('2025-04-01', 60_000n))
    const take = (change: 'decrease' | 'release', amount: string) =>
      changeCommitment(ctx, id, { change, amount, date: '2025-05-01', reason: 'x' })
    await expect(take('decrease', '400.01')).rejects.toThrow(/400.00 of the commitment was not called yet/)
    await take('release', '300.00')
    await expect(take('decrease', '100.01')).rejects.toThrow(/100.00/)
    await expect(take('release', '100.01')).rejects.toThrow(/no more can be released/)
    await take('decrease', '100.00')
    expect(await figures(fund.id, investor)).toMatchObject({ commitment: '900.00', uncalled: '0.00' })
  })

  it('has amounts of the currency: no cents of yen', async () => {
    const [fund, investor] = [await aFund('JPY'), await anInvestor()]
    await expect(commit(fund.id, investor, { amount: '100.50' })).rejects.toMatchObject({ code: 'unprocessable' })
    await commit(fund.id, investor, { amount: '100' })
    expect((await getFund(ctx, fund.id)).totals).toMatchObject({ commitment: '100.00', uncalled: '100.00' })
  })

  it('holds the currency of its fund', async () => {
    const fund = await aFund()
    await expect(updateFund(ctx, fund.id, { currency: 'USD' })).resolves.toMatchObject({ currency: 'USD', version: 2 })
    await commit(fund.id, await anInvestor())
    await expect(updateFund(ctx, fund.id, { currency: 'EUR' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a transfer', () => {
  const transfer = (id: string, toInvestorId: string, amount: string, date = '2025-12-01') =>
    transferCommitment(ctx, id, { toInvestorId, amount, date, reason: 'Sold' })

  it('takes its share of everything along, and the capital accounts with it', async () => {
    const [fund, seller, buyer] = [await aFund(), await anInvestor('Seller'), await anInvestor('Buyer')]
    const { id } = await commit(fund.id, seller, { amount: '1000.00' })
    await happened(fund.id, seller, called('2025-02-01', 60_000n), paid('2025-03-01', 60_000n), {
      ...{ date: '2025-04-01', kind: 'distributed', amount: 9_000n, recallable: 3_000n, expiresOn: null },
    })
    await ctx.db.transaction(async () => {
      const held = await holdFund(ctx, fund.id)
      const line = { investorId: seller, returnOfCapital: 6_000n, gain: 2_000n, income: 1_000n, withheld: 0n }
      await post(ctx, held, [
        {
          entry: callIssued([{ investorId: seller, insideCommitment: 60_000n, outsideCommitment: 0n }]),
          effectiveOn: '2025-02-01',
          source,
        },
        { entry: distributionDeclared([line]), effectiveOn: '2025-04-01', source },
      ])
    })
    const before = await figures(fund.id, seller)
    const { from, to } = await transfer(id, buyer, '250.00')
    expect([from.amount, to.amount, to.closeName, to.feeFree]).toEqual(['750.00', '250.00', 'First close', false])
    const [left, right] = [await figures(fund.id, seller), await figures(fund.id, buyer)]
    expect(right).toMatchObject({
      ...{ commitment: '250.00', called: '150.00', paidIn: '150.00', distributed: '22.50', recallable: '7.50' },
    })
    for (const [name, sum] of Object.entries(before)) {
      const parts = [left, right].map((each) => Object.entries(each).find(([key]) => key === name)?.[1])
      expect([name, Number(parts[0]) + Number(parts[1])]).toEqual([name, Number(sum)])
    }
    const balances = await acme.systemCtx().db.query<{ account: string; amount: string }>(sql`
      select account, sum(amount)::text as amount from investor_balances
      where fund_id = ${fund.id}::uuid and investor_id = ${buyer}::uuid group by 1 order by 1`)
    expect(balances).toEqual([
      { account: 'contributed_capital', amount: '-150.00' },
      { account: 'distributed_gain', amount: '5.00' },
      { account: 'distributed_income', amount: '2.50' },
      { account: 'returned_capital', amount: '15.00' },
    ])
    await transfer(id, buyer, '750.00')
    expect(await figures(fund.id, seller)).toMatchObject({ commitment: '0.00', called: '0.00', distributed: '0.00' })
    expect(await figures(fund.id, seller, '2025-11-30')).toEqual({ ...before })
    expect(await readPositions(ctx, fund, [seller])).toMatchObject([{ commitment: 0n, lots: [{ amount: 0n }] }])
  })

  it('is refused while called money is not paid, before the last thing that happened, of more, and to oneself', async () => {
    const [fund, seller, buyer] = [await aFund(), await anInvestor(), await anInvestor()]
    const { id } = await commit(fund.id, seller, { amount: '1000.00' })
    await expect(transfer(id, seller, '1.00')).rejects.toThrow(/another investor/)
    await expect(transfer(id, buyer, '1000.01')).rejects.toThrow(/no more can go/)
    await expect(transfer(id, randomUUID(), '1.00')).rejects.toMatchObject({ code: 'validation_failed' })
    await happened(fund.id, seller, called('2025-02-01', 60_000n))
    await expect(transfer(id, buyer, '1.00')).rejects.toThrow(/600.00 that was called is not paid/)
    await happened(fund.id, seller, paid('2025-06-01', 60_000n))
    await expect(transfer(id, buyer, '1.00', '2025-05-01')).rejects.toThrow(/happened to this investor on 2025-06-01/)
    await expect(transfer(id, buyer, '1.00')).resolves.toMatchObject({ to: { amount: '1.00' } })
  })

  it('of a fee-free commitment stays free of fees, and is not mixed with one that is not', async () => {
    const [fund, seller, buyer, other] = [await aFund(), await anInvestor(), await anInvestor(), await anInvestor()]
    const { id } = await commit(fund.id, seller, { feeFree: true })
    await commit(fund.id, other)
    await expect(transfer(id, other, '10.00')).rejects.toMatchObject({ code: 'conflict' })
    await transfer(id, buyer, '10.00')
    expect(await figures(fund.id, buyer)).toMatchObject({ feeFree: '10.00' })
    expect(await readPositions(ctx, fund, [buyer])).toMatchObject([{ feeFree: 1_000n }])
    expect(await figures(fund.id, seller)).toMatchObject({ feeFree: '999990.00' })
  })
})

describe('the investors of a fund', () => {
  it('are two statements a page, whatever their number, and add up to the totals of the fund', async () => {
    const { id } = await makeTestFund(
      ctx,
      Array.from({ length: 250 }, (_, n) => `${n + 1}.10`),
      { name: 'Of many' },
    )
    let [cursor, sum, pages]: [string | null, number, number] = [null, 0, 0]
    do {
      const recorded = recordStatements()
      const page: Awaited<ReturnType<typeof listFundInvestors>> = await listFundInvestors(ctx, id, {
        limit: 100,
        ...(cursor ? { cursor } : {}),
      })
      recorded.stop()
      expect(recorded.take().filter((text) => /from/.test(text))).toHaveLength(2)
      sum += page.data.reduce((all, { figures: each }) => all + Math.round(Number(each.commitment) * 100), 0)
      cursor = page.page.nextCursor
      pages += 1
    } while (cursor)
    expect([pages, sum]).toEqual([3, (250 * 251 * 100) / 2 + 250 * 10])
    expect(Number((await getFund(ctx, id)).totals.commitment) * 100).toBe(sum)
    const found = await listFundInvestors(ctx, id, { limit: 10, q: 'Investor 250' })
    expect(found.data).toMatchObject([{ name: 'Investor 250 of Of many', figures: { commitment: '250.10' } }])
  })
})

import { type CreateBooking, createBooking } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../books/testing.ts'
import { makeWonDeal } from '../capital-calls/testing.ts'
import { explainFigure, fundFiguresOn } from '../figures/index.ts'
import { brokenIn } from '../reconciliation/testing.ts'
import { listEntries, reverseEntry, setPeriodLock, trialBalanceAsOf } from '../trial-balance/index.ts'
import { book, listNavShares, markHolding, strikeNav } from '../valuation/index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world.close())

const admin = () => acme.ctx('owner')
const viewer = () => acme.ctx('viewer')
let count = 0
/** Two investors, 600,000.00 and 400,000.00; no carry, so that rates can be counted by hand. */
function aFund(commitments = ['600000.00', '400000.00']): Promise<TestFund> {
  count += 1
  return makeTestFund(admin(), commitments, { name: `Fund ${count}`, terms: { carry: '0' } })
}
type LineKind = 'line_draw' | 'line_repayment' | 'line_interest'
const line = async (fund: TestFund, kind: LineKind, on: string, amount: string): Promise<string> =>
  (await book(admin(), fund.id, { kind, on, amount, note: 'By the bank' })).entryId
const drawn = (fund: TestFund, on = '2025-03-01', amount = '100.00') => line(fund, 'line_draw', on, amount)
const repaid = (fund: TestFund, on: string, amount: string) => line(fund, 'line_repayment', on, amount)
const figures = (fund: TestFund, asOf?: string) => fundFiguresOn(viewer(), fund.id, asOf)
const balanceOf = async (fund: TestFund, account: string, asOf?: string) =>
  (await trialBalanceAsOf(viewer(), fund.id, asOf)).data.find((row) => row.account === account)
const entriesOf = async (fund: TestFund) =>
  (await listEntries(viewer(), fund.id, { limit: 100, account: 'credit_line' })).data
const cents = (decimals: readonly string[]) => decimals.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n)
const tooMuch = { code: 'unprocessable', message: expect.stringContaining('more of the subscription line') }

describe('the subscription line of a fund', () => {
  it('is a debt that changes no net assets when it is drawn or repaid; its interest lowers them', async () => {
    const fund = await aFund()
    await receiveFrom(admin(), fund, '2025-02-01', 10n)
    await drawn(fund, '2025-03-01', '250000.00')
    await expect(figures(fund)).resolves.toMatchObject({ nav: '100000.00', subscriptionLine: { drawn: '250000.00' } })
    await expect(balanceOf(fund, 'cash')).resolves.toMatchObject({ debit: '350000.00' })
    await expect(balanceOf(fund, 'credit_line')).resolves.toEqual({
      ...{ account: 'credit_line', name: 'Subscription line, drawn', type: 'liability' },
      ...{ debit: '0.00', credit: '250000.00' },
    })
    await repaid(fund, '2025-04-01', '200000.00')
    await line(fund, 'line_interest', '2025-04-01', '1234.56')
    const { debit, credit, netAssets } = await trialBalanceAsOf(viewer(), fund.id)
    expect(debit).toBe(credit)
    expect(netAssets).toBe('98765.44')
    await expect(balanceOf(fund, 'cash')).resolves.toMatchObject({ debit: '148765.44' })
    await expect(balanceOf(fund, 'line_interest')).resolves.toMatchObject({ type: 'expense', debit: '1234.56' })
    await expect(figures(fund)).resolves.toMatchObject({ nav: '98765.44', subscriptionLine: { drawn: '50000.00' } })
    await expect(figures(fund, '2025-03-31')).resolves.toMatchObject({ subscriptionLine: { drawn: '250000.00' } })
    await expect(figures(fund, '2025-02-28')).resolves.toMatchObject({ subscriptionLine: 'none_recorded' })
  })

  it('is in the shares of investors with its interest alone, and the reconciliation finds nothing', async () => {
    const fund = await aFund(['600000.01', '300000.07', '99999.92'])
    await receiveFrom(admin(), fund, '2025-02-01', 10n)
    await strikeNav(admin(), fund.id, '2025-02-28', 'final')
    await drawn(fund, '2025-03-01', '250000.00')
    await repaid(fund, '2025-04-01', '100000.00')
    await line(fund, 'line_interest', '2025-04-01', '1000.01')
    const { id, nav } = await strikeNav(admin(), fund.id, '2025-06-30', 'final')
    const { data } = await listNavShares(viewer(), id, { limit: 10 })
    expect(cents(data.map(({ fees }) => fees))).toBe(-100_001n)
    expect(cents(data.map(({ ending }) => ending))).toBe(cents([nav]))
    for (const { contributions, distributions, income, unrealised } of data)
      expect([contributions, distributions, income, unrealised]).toEqual(['0.00', '0.00', '0.00', '0.00'])
    await expect(brokenIn(admin(), fund.id)).resolves.toEqual([])
    await expect(brokenIn(admin(), fund.id, '2025-03-15')).resolves.toEqual([])
  })

  it('opens the entries that what is drawn consists of', async () => {
    const fund = await aFund()
    await drawn(fund)
    await repaid(fund, '2025-03-05', '30.00')
    await line(fund, 'line_interest', '2025-03-05', '1.00')
    const explain = async (figure: 'drawn' | 'fees' | 'nav') =>
      (await explainFigure(viewer(), { fundId: fund.id, figure }, { limit: 10 })).data
    expect((await explain('drawn')).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['line_repayment', '-30.00'],
      ['line_draw', '100.00'],
    ])
    expect((await explain('fees')).map(({ kind, amount }) => [kind, amount])).toEqual([['line_interest', '1.00']])
    expect(cents((await explain('nav')).map(({ amount }) => amount))).toBe(-100n)
  })

  it('is not repaid beyond what is drawn on the day, nor so that a later day is below zero', async () => {
    const fund = await aFund()
    await expect(repaid(fund, '2025-03-01', '0.01')).rejects.toMatchObject(tooMuch)
    await drawn(fund)
    await expect(repaid(fund, '2025-02-28', '1.00')).rejects.toMatchObject(tooMuch)
    await expect(repaid(fund, '2025-03-01', '100.01')).rejects.toMatchObject({
      message: 'On 2025-03-01, 0.01 more of the subscription line would be repaid than is drawn.',
      details: { on: '2025-03-01', amount: '0.01' },
    })
    await repaid(fund, '2025-06-01', '80.00')
    // On this day alone 50.00 could be repaid, and then in June 30.00 too much would be.
    await expect(repaid(fund, '2025-04-01', '50.00')).rejects.toMatchObject({
      details: { on: '2025-06-01', amount: '30.00' },
    })
    await repaid(fund, '2025-04-01', '20.00')
    await expect(figures(fund)).resolves.toMatchObject({ subscriptionLine: { drawn: '0.00' } })
    expect(await entriesOf(fund)).toHaveLength(3)
  })

  it('is not below zero when many repay at the same time', async () => {
    const fund = await aFund()
    await drawn(fund)
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => repaid(fund, '2025-03-02', '30.00')))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
    for (const each of tries) if (each.status === 'rejected') expect(each.reason).toMatchObject(tooMuch)
    await expect(figures(fund)).resolves.toMatchObject({ subscriptionLine: { drawn: '10.00' } })
  })

  it('keeps a draw that was repaid; a repayment can be taken back, and the draw after it', async () => {
    const fund = await aFund()
    const draw = await drawn(fund)
    const repayment = await repaid(fund, '2025-03-10', '60.00')
    const back = (entryId: string, effectiveOn: string) =>
      reverseEntry(admin(), fund.id, entryId, { reason: 'Of another fund', effectiveOn })
    await expect(back(draw, '2025-03-20')).rejects.toMatchObject(tooMuch)
    // A draw that never was cannot have been repaid either.
    await expect(back(draw, '2025-03-01')).rejects.toMatchObject(tooMuch)
    await back(repayment, '2025-03-10')
    await expect(back(repayment, '2025-03-10')).rejects.toMatchObject({ code: 'conflict' })
    await expect(back(draw, '2025-02-28')).rejects.toMatchObject(tooMuch)
    await back(draw, '2025-03-01')
    await expect(balanceOf(fund, 'credit_line')).resolves.toBeUndefined()
    await expect(figures(fund)).resolves.toMatchObject({ subscriptionLine: 'none_recorded' })
    await expect(brokenIn(admin(), fund.id)).resolves.toEqual([])
  })

  it('takes nothing in a locked period, on a day to come, of another firm, or without an amount', async () => {
    const fund = await aFund()
    await drawn(fund, '2025-03-01')
    await setPeriodLock(admin(), fund.id, { lockedThrough: '2025-06-30', reason: 'Audited' })
    for (const kind of ['line_draw', 'line_repayment', 'line_interest'] as const) {
      await expect(line(fund, kind, '2025-06-30', '1.00')).rejects.toThrow('locked through 2025-06-30')
      await expect(line(fund, kind, '2999-01-01', '1.00')).rejects.toThrow('not come yet')
      const booking: CreateBooking = { kind, on: '2025-07-01', amount: '1.00', note: '' }
      await expect(book(globex.ctx('owner'), fund.id, booking)).rejects.toMatchObject({ code: 'not_found' })
      for (const bad of [
        { amount: '0.00' },
        { amount: '-1.00' },
        { amount: '1e3' },
        { on: '2025-02-30' },
        { dealId: fund.id },
      ])
        expect(createBooking.safeParse({ ...booking, ...bad }).success).toBe(false)
      expect(createBooking.parse({ kind, on: '2025-07-01', amount: '1.00' })).toEqual(booking)
    }
    const [entry] = await entriesOf(fund)
    await expect(
      reverseEntry(admin(), fund.id, entry?.id ?? '', { reason: 'A mistake', effectiveOn: '2025-03-01' }),
    ).rejects.toThrow('locked')
    expect(await entriesOf(fund)).toHaveLength(1)
    const rows = await globex.systemCtx().db.query(sql`select 1 from ledger_lines where account = 'credit_line'`)
    expect(rows).toEqual([])
  })
})

describe('the net rate', () => {
  it('is shown with the line and without it, as if investors had paid when the line did', async () => {
    const fund = await aFund()
    const dealId = await makeWonDeal(admin(), { title: 'Northwind', value: '900000.00' })
    await drawn(fund, '2025-03-01', '500000.00')
    await book(admin(), fund.id, { kind: 'investment', dealId, on: '2025-03-01', amount: '500000.00', note: '' })
    // Nobody has paid yet: no rate with the line, and without it 500,000.00 paid and worth as much.
    await expect(figures(fund, '2025-06-01')).resolves.toMatchObject({
      nav: '0.00',
      irr: { net: { rate: null, reason: 'one_sided' } },
      subscriptionLine: { drawn: '500000.00', netIrrWithout: { rate: expect.closeTo(0, 9) } },
    })
    await receiveFrom(admin(), fund, '2025-09-01', 2n)
    await repaid(fund, '2025-09-01', '500000.00')
    await markHolding(admin(), fund.id, { dealId, on: '2026-03-01', value: '605000.00', reason: 'A round' })
    const { irr, subscriptionLine, ...rest } = await figures(fund, '2026-03-01')
    expect(rest).toMatchObject({
      nav: '605000.00',
      paidIn: '500000.00',
      tvpi: { value: '1.2100' },
      accruedCarry: '0.00',
    })
    // With: -500,000 on 1 September, +605,000 on 1 March, 181 days. Without: the same 365 days apart.
    expect(irr.net.rate).toBeCloseTo(1.21 ** (365 / 181) - 1, 8)
    expect(irr.net.warnings).toEqual(['under_one_year'])
    expect(irr.gross.rate).toBeCloseTo(0.21, 8)
    expect(subscriptionLine).toMatchObject({ drawn: '0.00', netIrrWithout: { reason: null, warnings: [] } })
    if (subscriptionLine === 'none_recorded') throw new Error('the line was used')
    expect(subscriptionLine.netIrrWithout.rate).toBeCloseTo(0.21, 8)
    await expect(brokenIn(admin(), fund.id)).resolves.toEqual([])
  })

  it('takes as many questions for 300 investors and 40 draws as for two and one', async () => {
    const statements = async (investors: number, draws: number) => {
      const fund = await aFund(Array.from({ length: investors }, (_, n) => `${1000 + n}.00`))
      await receiveFrom(admin(), fund, '2025-02-01', 2n)
      for (let day = 1; day <= draws; day += 1) await drawn(fund, `2025-0${3 + (day % 5)}-11`)
      const recorded = recordStatements()
      await figures(fund)
      const taken = recorded.take().length
      await figures(fund, '2025-06-30')
      const counts = [taken, recorded.take().length]
      recorded.stop()
      return counts
    }
    expect(await statements(300, 40)).toEqual(await statements(2, 1))
  })
})

import { randomUUID } from 'node:crypto'
import { type CreateBooking, navKinds } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../books/testing.ts'
import { transferCommitment } from '../commitment-changes/index.ts'
import {
  explainFigure,
  fundFiguresOn,
  investorFiguresOn,
  jCurveOf,
  portfolioFiguresNow,
  waterfallStatementOn,
} from '../figures/index.ts'
import { brokenIn } from '../reconciliation/testing.ts'
import { getEntry, listEntries, reverseEntry, setPeriodLock } from '../trial-balance/index.ts'
import {
  accrueFees,
  book,
  listFees,
  listHoldings,
  listMarks,
  listNav,
  listNavShares,
  markHolding,
  strikeNav,
} from './index.ts'

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
let count = 0
async function aFund(
  commitments = ['600000.00', '300000.00', '100000.00'],
  terms = {},
  tenant = acme,
): Promise<TestFund> {
  count += 1
  const fund = await makeTestFund(tenant.ctx('owner'), commitments, { name: `Fund ${count}`, terms })
  await receiveFrom(tenant.ctx('owner'), fund, '2025-02-01', 2n)
  return fund
}
async function aDeal(title = 'Northwind', tenant = acme): Promise<string> {
  const row = await tenant.systemCtx().db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${tenant.id}::uuid, uuidv7(), ${title}, 1000, 'EUR', 'CLOSED_WON', now()) returning id`)
  return row?.id ?? ''
}
/** A fund that has put 200,000 into a deal. */
async function invested(commitments?: string[], terms = {}): Promise<{ fund: TestFund; dealId: string }> {
  const fund = await aFund(commitments, terms)
  const dealId = await aDeal()
  await booked(fund, { kind: 'investment', dealId, on: '2025-03-01', amount: '200000.00', note: '' })
  return { fund, dealId }
}
const booked = (fund: TestFund, booking: CreateBooking) => book(admin(), fund.id, booking)
const mark = (fund: TestFund, dealId: string, on: string, value: string) =>
  markHolding(admin(), fund.id, { dealId, on, value, reason: 'Last round' })
const cents = (decimals: readonly string[]) => decimals.reduce((sum, text) => sum + BigInt(text.replace('.', '')), 0n)
const sharesOf = async (periodId: string) => (await listNavShares(acme.ctx('viewer'), periodId, { limit: 100 })).data

describe('holdings', () => {
  it('are what was bought, marked, sold and earned, as of a day', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-06-30', '260000.00')
    await booked(fund, { kind: 'income', dealId, on: '2025-07-15', amount: '1500.50', note: '' })
    await booked(fund, {
      kind: 'sale',
      dealId,
      on: '2025-09-01',
      amount: '90000.00',
      cost: '50000.00',
      note: 'A quarter',
    })
    const at = async (day: string) => (await listHoldings(acme.ctx('viewer'), fund.id, day)).data[0]
    expect(await at('2025-05-01')).toMatchObject({ cost: '200000.00', value: '200000.00', markedOn: null })
    expect(await at('2025-08-01')).toMatchObject({ value: '260000.00', realised: '1500.50', markedOn: '2025-06-30' })
    // A quarter of what was marked up has gone with a quarter of the cost.
    expect(await at('2025-12-31')).toMatchObject({
      dealTitle: 'Northwind',
      invested: '200000.00',
      cost: '150000.00',
      value: '195000.00',
      realised: '91500.50',
      moic: '1.4325',
    })
  })

  it('are marked by the difference, also back in time, where later marks stay what they were', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-09-30', '300000.00')
    await mark(fund, dealId, '2025-06-30', '250000.00')
    const valueOn = async (day: string) => (await listHoldings(acme.ctx('viewer'), fund.id, day)).data[0]?.value
    expect([await valueOn('2025-06-29'), await valueOn('2025-06-30'), await valueOn('2025-09-30')]).toEqual([
      '200000.00',
      '250000.00',
      '300000.00',
    ])
    const again = await mark(fund, dealId, '2025-09-30', '300000.00')
    expect(again.entryId).toBeNull()
    await expect(listMarks(acme.ctx('viewer'), fund.id, { limit: 2 })).resolves.toMatchObject({
      data: [{ id: again.id }, {}],
      page: { limit: 2 },
    })
  })

  it('refuse what cannot be: nothing held, more sold than held, days to come, deals of another firm, locked days', async () => {
    const { fund, dealId } = await invested()
    const sale = { kind: 'sale', dealId, on: '2025-09-01', amount: '1.00', cost: '200000.01', note: '' } as const
    await expect(booked(fund, sale)).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(mark(fund, dealId, '2025-02-28', '1.00')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(mark(fund, dealId, '2999-01-01', '1.00')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(mark(fund, await aDeal('Theirs', globex), '2025-06-30', '1.00')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(
      markHolding(globex.ctx('owner'), fund.id, { dealId, on: '2025-06-30', value: '1.00', reason: 'No' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    await setPeriodLock(admin(), fund.id, { lockedThrough: '2025-06-30', reason: 'Half year' })
    await expect(mark(fund, dealId, '2025-06-30', '1.00')).rejects.toMatchObject({ code: 'unprocessable' })
    await setPeriodLock(admin(), fund.id, { lockedThrough: null, reason: 'One more mark' })
    await expect(mark(fund, dealId, '2025-06-30', '1.00')).resolves.toMatchObject({ value: '1.00' })
  })
})

describe('the management fee', () => {
  const feeSteps = [{ from: '2025-01-01', rate: '2', base: 'commitments' }]

  it('is accrued quarter by quarter, once, and owed until it is paid', async () => {
    const fund = await aFund(undefined, { feeSteps })
    // The first close was on the first of January: four quarters of 5,000.
    await expect(accrueFees(admin(), fund.id, '2025-12-31')).resolves.toEqual({ quarters: 4, amount: '20000.00' })
    await expect(accrueFees(admin(), fund.id, '2025-12-31')).resolves.toEqual({ quarters: 0, amount: '0.00' })
    const fees = await listFees(acme.ctx('viewer'), fund.id)
    expect(fees.payable).toBe('20000.00')
    expect(fees.data.filter(({ accrued }) => accrued === '5000.00')).toHaveLength(4)
    const pay = (amount: string) => booked(fund, { kind: 'fee_payment', on: '2026-01-10', amount, note: '' })
    await expect(pay('20000.01')).rejects.toMatchObject({ code: 'unprocessable' })
    await pay('15000.00')
    await expect(listFees(acme.ctx('viewer'), fund.id)).resolves.toMatchObject({ payable: '5000.00' })
  })

  it('of a quarter can be taken back and accrued again', async () => {
    const fund = await aFund(undefined, { feeSteps })
    await accrueFees(admin(), fund.id, '2025-02-01')
    const [quarter] = (await listFees(acme.ctx('viewer'), fund.id)).data.toReversed()
    await reverseEntry(admin(), fund.id, quarter?.entryId ?? '', { reason: 'Wrong rate', effectiveOn: '2025-02-02' })
    await expect(accrueFees(admin(), fund.id, '2025-02-01')).resolves.toEqual({ quarters: 1, amount: '5000.00' })
  })

  it('is nothing for a fund without a rate', async () => {
    const fund = await aFund()
    await expect(accrueFees(admin(), fund.id, '2025-12-31')).resolves.toEqual({ quarters: 0, amount: '0.00' })
  })
})

describe('the net asset value', () => {
  it('is what the books say, and its shares sum to it to the cent, with ugly numbers too', async () => {
    const commitments = ['333333.33', '1.01', '77777.77', '0.03', '912345.67', '13.37', '250000.11']
    const { fund, dealId } = await invested(commitments, {
      feeSteps: [{ from: '2025-01-01', rate: '1.73', base: 'commitments' }],
    })
    let before: Awaited<ReturnType<typeof sharesOf>> = []
    for (const [index, value] of ['199999.99', '123456.71', '413131.37'].entries()) {
      const on = `2025-0${index * 2 + 4}-30`
      await mark(fund, dealId, on, value)
      await accrueFees(admin(), fund.id, on)
      await booked(fund, { kind: 'expense', on, amount: '17.77', note: 'Bank charges' })
      const period = await strikeNav(admin(), fund.id, on, navKinds[1])
      const shares = await sharesOf(period.id)
      expect(cents([...shares.map(({ ending }) => ending), period.accruedCarry])).toBe(cents([period.nav]))
      for (const [at, share] of shares.entries()) {
        const { beginning, contributions, distributions, income, fees, unrealised, carry, ending } = share
        expect(cents([beginning, contributions, distributions, income, fees, unrealised, carry])).toBe(cents([ending]))
        expect(beginning).toBe(before[at]?.ending ?? '0.00')
      }
      before = shares
    }
  })

  it('is of investors after the carry that it would cost, and goes down to nothing again with the profit', async () => {
    const { fund, dealId } = await invested()
    const at = async (on: string, value: string) => {
      await mark(fund, dealId, on, value)
      const period = await strikeNav(admin(), fund.id, on, 'daily')
      const shares = await sharesOf(period.id)
      return [period.nav, period.accruedCarry, ...shares.map(({ carry, ending }) => `${carry} -> ${ending}`)]
    }
    expect(await at('2025-06-30', '300000.00')).toEqual([
      ...['600000.00', '20000.00', '-12000.00 -> 348000.00', '-6000.00 -> 174000.00', '-2000.00 -> 58000.00'],
    ])
    expect(await at('2025-07-31', '150000.00')).toEqual([
      ...['450000.00', '0.00', '12000.00 -> 270000.00', '6000.00 -> 135000.00', '2000.00 -> 45000.00'],
    ])
    expect(await brokenIn(admin(), fund.id)).toEqual([])
    await expect(listNav(globex.ctx('owner'), fund.id, { limit: 1 })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('struck again is the same one, and another revision when the books have changed; nothing is overwritten', async () => {
    const { fund, dealId } = await invested()
    const first = await strikeNav(admin(), fund.id, '2025-06-30', 'daily')
    expect(await strikeNav(admin(), fund.id, '2025-06-30', 'daily')).toEqual(first)
    await mark(fund, dealId, '2025-06-15', '210000.00')
    const second = await strikeNav(admin(), fund.id, '2025-06-30', 'daily')
    expect([first.revision, first.nav, second.revision, second.nav]).toEqual([1, '500000.00', 2, '510000.00'])
    const { data } = await listNav(acme.ctx('viewer'), fund.id, { limit: 1 })
    expect(data).toEqual([second])
    expect(cents((await sharesOf(first.id)).map(({ ending }) => ending))).toBe(500_000_00n)
  })

  it('takes what was dated back into the next period, whose beginning is still the ending before', async () => {
    const { fund, dealId } = await invested()
    const first = await strikeNav(admin(), fund.id, '2025-06-30', 'final')
    await mark(fund, dealId, '2025-05-31', '300000.00')
    const second = await strikeNav(admin(), fund.id, '2025-07-31', 'final')
    const [endings, next] = [await sharesOf(first.id), await sharesOf(second.id)]
    expect(next.map(({ beginning }) => beginning)).toEqual(endings.map(({ ending }) => ending))
    expect(next.map(({ unrealised }) => unrealised)).toEqual(['60000.00', '30000.00', '10000.00'])
  })

  it('goes with a commitment that is transferred, to the cent', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-06-30', '260000.01')
    const [seller, buyer] = fund.investors
    const before = await sharesOf((await strikeNav(admin(), fund.id, '2025-07-30', 'daily')).id)
    await transferCommitment(admin(), seller?.commitmentId ?? '', {
      toInvestorId: buyer?.id ?? '',
      amount: '600000.00',
      date: '2025-07-31',
      reason: 'Sold',
    })
    const period = await strikeNav(admin(), fund.id, '2025-07-31', 'daily')
    const after = await sharesOf(period.id)
    const endings = after.map(({ ending }) => ending)
    expect(cents([...endings, period.accruedCarry])).toBe(cents([period.nav]))
    expect(endings[0]).toBe('0.00')
    expect(cents([endings[1] ?? ''])).toBe(cents(before.slice(0, 2).map(({ ending }) => ending)))
  })

  it('is struck once by many at the same time, for no day to come, and for no other firm', async () => {
    const { fund } = await invested()
    const all = await Promise.all(Array.from({ length: 10 }, () => strikeNav(admin(), fund.id, '2025-06-30', 'daily')))
    expect(new Set(all.map(({ id }) => id)).size).toBe(1)
    await expect(strikeNav(admin(), fund.id, '2999-01-01', 'daily')).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(strikeNav(globex.ctx('owner'), fund.id, '2025-06-30', 'daily')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(listNavShares(globex.ctx('owner'), all[0]?.id ?? '', { limit: 10 })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('and figures take as many statements for 500 investors as for 10', async () => {
    const statements = async (investors: number) => {
      const { fund, dealId } = await invested(Array.from({ length: investors }, (_, n) => `${1000 + n * 7}.13`))
      await mark(fund, dealId, '2025-06-30', '260000.00')
      const first = fund.investors[0]?.id ?? ''
      const recorded = recordStatements()
      const counts: number[] = []
      for (const work of [
        () => strikeNav(admin(), fund.id, '2025-06-30', 'daily'),
        () => fundFiguresOn(acme.ctx('viewer'), fund.id),
        () => fundFiguresOn(acme.ctx('viewer'), fund.id, '2025-06-30'),
        () => investorFiguresOn(acme.ctx('viewer'), { fundId: fund.id, investorId: first }),
        () => jCurveOf(acme.ctx('viewer'), fund.id),
        () => waterfallStatementOn(acme.ctx('viewer'), fund.id),
      ]) {
        await work()
        counts.push(recorded.take().length)
      }
      recorded.stop()
      return counts
    }
    expect(await statements(500)).toEqual(await statements(10))
  })
})

describe('figures', () => {
  it('of a fund are of the day that they name, and every one has its entries', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-06-30', '300000.00')
    const early = await fundFiguresOn(acme.ctx('viewer'), fund.id, '2025-02-28')
    expect(early).toMatchObject({
      asOf: '2025-02-28',
      nav: '500000.00',
      paidIn: '500000.00',
      tvpi: { value: '1.0000' },
    })
    const late = await fundFiguresOn(acme.ctx('viewer'), fund.id, '2026-02-01')
    expect(late).toMatchObject({
      commitment: '1000000.00',
      called: '500000.00',
      uncalled: '500000.00',
      outstanding: '0.00',
      nav: '600000.00',
      // Of investors: 600,000.00 less a carry of 20,000.00.
      rvpi: { value: '1.1600' },
      tvpi: { value: '1.1600' },
      pic: { value: '0.5000' },
      moic: { value: '1.5000' },
      policy: 'gips',
      subscriptionLine: 'none_recorded',
    })
    // 20 % in a year, less the carry that this would cost: 8 % is preferred, and caught up with.
    expect(late.accruedCarry).toBe('20000.00')
    expect(late.irr.net.rate).toBeCloseTo(0.16, 6)
    const today = await fundFiguresOn(acme.ctx('viewer'), fund.id)
    expect(today).toMatchObject({ called: late.called, nav: late.nav, uncalled: late.uncalled })
    for (const [figure, sum] of [
      ['nav', '600000.00'],
      ['called', '500000.00'],
      ['paidIn', '500000.00'],
      ['unrealised', '100000.00'],
      ['distributed', '0.00'],
    ] as const) {
      const { data } = await explainFigure(acme.ctx('viewer'), { fundId: fund.id, figure }, { limit: 100 })
      expect(cents(data.map(({ amount }) => amount))).toBe(cents([sum]))
    }
  })

  it('of nothing have a reason instead of a number', async () => {
    const fund = await makeTestFund(admin(), ['100.00'], { name: 'Empty' })
    await expect(fundFiguresOn(acme.ctx('viewer'), fund.id)).resolves.toMatchObject({
      dpi: { value: null, reason: 'nothing_paid_in' },
      irr: { net: { rate: null, reason: 'one_sided' }, gross: { rate: null, reason: 'one_sided' } },
      struckOn: null,
    })
    await expect(jCurveOf(acme.ctx('viewer'), fund.id)).resolves.toMatchObject({ data: [] })
  })

  it('of an investor are of the last struck share', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-06-30', '300000.00')
    const who = { fundId: fund.id, investorId: fund.investors[0]?.id ?? '' }
    await expect(investorFiguresOn(acme.ctx('viewer'), who)).resolves.toMatchObject({ nav: '0.00', navAsOf: null })
    await strikeNav(admin(), fund.id, '2025-06-30', 'final')
    await expect(investorFiguresOn(acme.ctx('viewer'), who)).resolves.toMatchObject({
      // 60 % of 600,000.00 less a carry of 20,000.00.
      nav: '348000.00',
      navAsOf: '2025-06-30',
      tvpi: { value: '1.1600' },
    })
    await expect(investorFiguresOn(acme.ctx('viewer'), { ...who, investorId: randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(investorFiguresOn(globex.ctx('viewer'), who)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of the portfolio are of totals, by currency', async () => {
    const tenant = await world.tenant('Initech')
    const small = await makeTestFund(tenant.ctx('owner'), ['100.00'], { name: 'Small' })
    const large = await makeTestFund(tenant.ctx('owner'), ['10000.00'], { name: 'Large' })
    await makeTestFund(tenant.ctx('owner'), ['500.00'], { name: 'Dollars', currency: 'USD' })
    await receiveFrom(tenant.ctx('owner'), small, '2025-02-01', 1n)
    await receiveFrom(tenant.ctx('owner'), large, '2025-02-01', 2n)
    const { data } = await portfolioFiguresNow(tenant.ctx('viewer'))
    expect(data).toMatchObject([
      {
        currency: 'EUR',
        funds: 2,
        commitment: '10100.00',
        paidIn: '5100.00',
        nav: '5100.00',
        pic: { value: '0.5050' },
      },
      { currency: 'USD', funds: 1, commitment: '500.00', nav: '0.00', tvpi: { value: null } },
    ])
  })

  it('draw a curve that ends with today', async () => {
    const { fund, dealId } = await invested()
    await mark(fund, dealId, '2025-06-30', '300000.00')
    const { data } = await jCurveOf(acme.ctx('viewer'), fund.id)
    expect(data[0]).toMatchObject({
      on: '2025-02-28',
      contributed: '500000.00',
      netCashFlow: '-500000.00',
      nav: '500000.00',
    })
    expect(data.find(({ on }) => on === '2025-06-30')?.nav).toBe('600000.00')
    expect(data.at(-1)?.nav).toBe('600000.00')
  })
})

describe('an entry', () => {
  it('is found by account, investor, deal and day, and shows its lines', async () => {
    const { fund, dealId } = await invested()
    const marked = await mark(fund, dealId, '2025-06-30', '260000.00')
    const kinds = async (query: object) =>
      (await listEntries(acme.ctx('viewer'), fund.id, { limit: 100, ...query })).data.map(({ kind }) => kind)
    expect(await kinds({ dealId })).toEqual(['nav_mark', 'investment'])
    expect(await kinds({ account: 'unrealised_gain' })).toEqual(['nav_mark'])
    expect(await kinds({ investorId: fund.investors[0]?.id })).toEqual(['receipt', 'call_issued'])
    expect(await kinds({ from: '2025-03-01', to: '2025-03-31' })).toEqual(['investment'])
    expect(await kinds({ sourceId: marked.id })).toEqual(['nav_mark'])
    await expect(getEntry(acme.ctx('viewer'), fund.id, marked.entryId ?? '')).resolves.toMatchObject({
      amount: '60000.00',
      reversible: true,
      lineCount: 2,
      lines: [
        { account: 'unrealised_value', debit: '60000.00', credit: null },
        { account: 'unrealised_gain', debit: null, credit: '60000.00' },
      ],
    })
    await expect(getEntry(globex.ctx('viewer'), fund.id, marked.entryId ?? '')).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('is taken back once, with a reason; one of a call goes back with its call', async () => {
    const { fund, dealId } = await invested()
    const { entryId } = await mark(fund, dealId, '2025-06-30', '260000.00')
    const back = (id: string) =>
      reverseEntry(admin(), fund.id, id, { reason: 'Typing error', effectiveOn: '2025-06-30' })
    await expect(back(entryId ?? '')).resolves.toMatchObject({
      kind: 'reversal',
      reversesId: entryId,
      reason: 'Typing error',
    })
    await expect(back(entryId ?? '')).rejects.toMatchObject({ code: 'conflict' })
    const { data } = await listEntries(acme.ctx('viewer'), fund.id, { limit: 100, account: 'contributed_capital' })
    await expect(back(data[0]?.id ?? '')).rejects.toMatchObject({ code: 'unprocessable' })
    expect((await listHoldings(acme.ctx('viewer'), fund.id)).data[0]?.value).toBe('200000.00')
  })
})

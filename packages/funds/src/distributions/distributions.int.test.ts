import { draftDistribution as draftSchema } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../books/testing.ts'
import { fundFiguresOn } from '../figures/index.ts'
import { setPeriodLock, trialBalanceAsOf } from '../trial-balance/index.ts'
import {
  approveDistribution,
  cancelDistribution,
  declareDistribution,
  draftDistribution,
  getDistribution,
  listDistributionLines,
  listDistributions,
  payDistribution,
  submitDistribution,
  updateDistribution,
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

let count = 0
/** A fund whose investors have paid in a quarter of what they promised. */
async function paidFund(commitments = ['600000.00', '300000.00', '100000.00'], terms = {}): Promise<TestFund> {
  count += 1
  const fund = await makeTestFund(acme.ctx('manager'), commitments, { name: `Paid ${count}`, terms })
  await receiveFrom(acme.ctx('manager'), fund, '2025-02-01', 4n)
  return fund
}
const draft = (values: object = {}) =>
  draftSchema.parse({
    title: 'Sale of Northwind',
    distributedOn: '2026-03-31',
    returnOfCapital: '90000.00',
    gain: '9999.99',
    ...values,
  })

/** Written by one person, approved by another. */
async function approved(fund: TestFund, values: object = {}): Promise<{ id: string; gross: string }> {
  const { id } = await draftDistribution(acme.ctx('manager'), fund.id, draft(values))
  const { matrixSha256, totals } = await submitDistribution(acme.ctx('manager'), id)
  await approveDistribution(acme.ctx('owner'), id, matrixSha256)
  return { id, gross: totals.gross }
}
async function declared(fund: TestFund, values: object = {}): Promise<{ id: string; gross: string }> {
  const { id, gross } = await approved(fund, values)
  await declareDistribution(acme.ctx('manager'), id, gross)
  return { id, gross }
}
const figures = (fund: TestFund) => fundFiguresOn(acme.ctx('viewer'), fund.id)
const rowsOf = (fund: TestFund, table: 'distribution_lines' | 'ledger_entries') =>
  acme
    .systemCtx()
    .db.queryOne<{ n: number }>(
      table === 'distribution_lines'
        ? sql`select count(*)::int as n from distribution_lines where fund_id = ${fund.id}::uuid`
        : sql`select count(*)::int as n from ledger_entries where fund_id = ${fund.id}::uuid and source_kind = 'distribution'`,
    )

describe('a draft', () => {
  it('shows lines that sum to it, and touches no figure', async () => {
    const fund = await paidFund()
    const before = await figures(fund)
    const made = await draftDistribution(acme.ctx('manager'), fund.id, draft({ recallable: '10000.00' }))
    expect(made).toMatchObject({
      state: 'DRAFT',
      number: null,
      expiresOn: '2028-03-31',
      totals: { investors: 3, gross: '99999.99', net: '99999.99', recallable: '10000.00', carry: '0.00' },
    })
    const { data } = await listDistributionLines(acme.ctx('viewer'), made.id, { limit: 100 })
    expect(data.map(({ gain }) => gain).sort()).toEqual(['1000.00', '3000.00', '5999.99'])
    expect(await figures(fund)).toEqual(before)
    await expect(rowsOf(fund, 'distribution_lines')).resolves.toEqual({ n: 0 })
  })

  it('pages its lines and its list', async () => {
    const fund = await paidFund()
    const { id } = await draftDistribution(acme.ctx('manager'), fund.id, draft())
    const first = await listDistributionLines(acme.ctx('viewer'), id, { limit: 2 })
    const second = await listDistributionLines(acme.ctx('viewer'), id, {
      limit: 2,
      cursor: first.page.nextCursor ?? '',
    })
    expect([first.data.length, second.data.length, second.page.nextCursor]).toEqual([2, 1, null])
    await expect(listDistributions(acme.ctx('viewer'), fund.id, { limit: 1 })).resolves.toMatchObject({
      data: [{ id }],
    })
  })

  it('withholds by investor before country, on profit alone', async () => {
    const fund = await paidFund()
    const [one = '', two = ''] = fund.investors.map(({ id }) => id)
    await acme
      .systemCtx()
      .db.execute(sql`update investors set tax_country = 'DE' where id = any(${[one, two]}::uuid[])`)
    const basis = { withholding: { byCountry: { DE: '26.375' }, byInvestor: { [two]: '15' } } }
    const { id } = await draftDistribution(acme.ctx('manager'), fund.id, draft({ gain: '10000.00', basis }))
    const { data } = await listDistributionLines(acme.ctx('viewer'), id, { limit: 100 })
    expect(data.map(({ withheld }) => withheld)).toEqual(['1582.50', '450.00', '0.00'])
  })

  it('is refused when it is nothing, when more is recallable than returned, or for somebody without a commitment', async () => {
    const fund = await paidFund()
    const stranger = { withholding: { byInvestor: { [globex.members.owner.id]: '5' } } }
    for (const values of [{ returnOfCapital: '0', gain: '0' }, { recallable: '90000.01' }, { basis: stranger }])
      await expect(draftDistribution(acme.ctx('manager'), fund.id, draft(values))).rejects.toMatchObject({
        code: 'unprocessable',
      })
    await expect(draftDistribution(acme.ctx('manager'), fund.id, draft({ dealId: fund.id }))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('of another firm is not there', async () => {
    const fund = await paidFund()
    const { id } = await draftDistribution(acme.ctx('manager'), fund.id, draft())
    await expect(draftDistribution(globex.ctx('manager'), fund.id, draft())).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(getDistribution(globex.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(cancelDistribution(globex.ctx('owner'), id, 'Mine now')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('approval', () => {
  it('needs a second person and the lines that were seen, and is lost by an edit', async () => {
    const fund = await paidFund()
    const { id } = await draftDistribution(acme.ctx('manager'), fund.id, draft())
    const { matrixSha256, version } = await submitDistribution(acme.ctx('manager'), id)
    await expect(approveDistribution(acme.ctx('manager'), id, matrixSha256)).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(approveDistribution(acme.ctx('owner'), id, 'a'.repeat(64))).rejects.toMatchObject({ code: 'conflict' })
    await approveDistribution(acme.ctx('owner'), id, matrixSha256)
    await expect(updateDistribution(acme.ctx('manager'), id, { ...draft(), version })).rejects.toMatchObject({
      code: 'stale_version',
    })
    await expect(updateDistribution(acme.ctx('manager'), id, { ...draft({ gain: '1.00' }) })).resolves.toMatchObject({
      state: 'DRAFT',
      approvedById: null,
    })
    await expect(declareDistribution(acme.ctx('manager'), id, '90001.00')).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  it('does not reach to lines that have changed since', async () => {
    const fund = await paidFund()
    const { id, gross } = await approved(fund)
    await acme.systemCtx().db.execute(sql`update fund_positions set commitment = commitment + 1
      where fund_id = ${fund.id}::uuid and investor_id = ${fund.investors[0]?.id ?? ''}::uuid`)
    await acme.systemCtx().db.execute(sql`update fund_positions set commitment = commitment + 50000
      where fund_id = ${fund.id}::uuid and investor_id = ${fund.investors[1]?.id ?? ''}::uuid`)
    await expect(declareDistribution(acme.ctx('manager'), id, gross)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a declared distribution', () => {
  it('is numbered, owed, and in the figures; paying it takes the cash', async () => {
    const fund = await paidFund()
    const { id, gross } = await declared(fund, { recallable: '10000.00' })
    await expect(getDistribution(acme.ctx('viewer'), id)).resolves.toMatchObject({ number: 1, state: 'DECLARED' })
    await expect(figures(fund)).resolves.toMatchObject({
      distributed: '99999.99',
      recallable: '10000.00',
      nav: '150000.01',
      dpi: { value: '0.4000' },
      tvpi: { value: '1.0000' },
    })
    await expect(
      payDistribution(acme.ctx('manager'), id, { amount: '99999.98', paidOn: '2026-04-02' }),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    const paid = await payDistribution(acme.ctx('manager'), id, { amount: gross, paidOn: '2026-04-02' })
    expect(paid).toMatchObject({ state: 'PAID', totals: { unpaid: '0.00' } })
    const { data } = await trialBalanceAsOf(acme.ctx('viewer'), fund.id)
    expect(data.find(({ account }) => account === 'cash')).toMatchObject({ debit: '150000.01' })
    expect(data.some(({ account }) => account === 'distributions_payable')).toBe(false)
    await expect(
      payDistribution(acme.ctx('manager'), id, { amount: gross, paidOn: '2026-04-02' }),
    ).rejects.toMatchObject({
      code: 'illegal_transition',
    })
  })

  it('is paid line by line, with the taxes', async () => {
    const fund = await paidFund()
    const [one = ''] = fund.investors.map(({ id }) => id)
    const basis = { withholding: { byInvestor: { [one]: '25' } } }
    const { id } = await declared(fund, { basis, gain: '10000.00' })
    const part = await payDistribution(acme.ctx('manager'), id, {
      amount: '60000.00',
      paidOn: '2026-04-02',
      investorIds: [one],
    })
    expect(part).toMatchObject({ state: 'DECLARED', totals: { withheld: '1500.00', unpaid: '40000.00' } })
    await expect(cancelDistribution(acme.ctx('manager'), id, 'Too late')).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      payDistribution(acme.ctx('manager'), id, { amount: '60000.00', paidOn: '2026-04-02', investorIds: [one] }),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(
      payDistribution(acme.ctx('manager'), id, { amount: '40000.00', paidOn: '2026-04-03' }),
    ).resolves.toMatchObject({ state: 'PAID' })
    const { data } = await trialBalanceAsOf(acme.ctx('viewer'), fund.id)
    expect(data.find(({ account }) => account === 'cash')).toMatchObject({ debit: '150000.00' })
    expect(data.some(({ account }) => account === 'withholding_payable')).toBe(false)
  })

  it('is not paid with more than the cash of the fund', async () => {
    const fund = await paidFund()
    const { id, gross } = await declared(fund, { returnOfCapital: '250000.00', gain: '0.01' })
    await expect(
      payDistribution(acme.ctx('manager'), id, { amount: gross, paidOn: '2026-04-02' }),
    ).rejects.toMatchObject({ code: 'unprocessable', details: { cash: '250000.00' } })
  })

  it('and cancelled leaves every figure as it was', async () => {
    const fund = await paidFund()
    const before = await figures(fund)
    const { id } = await declared(fund, { recallable: '5000.00', income: '0.07' })
    expect(await figures(fund)).not.toEqual(before)
    await expect(cancelDistribution(acme.ctx('manager'), id, 'Wrong day')).resolves.toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'Wrong day',
    })
    expect(await figures(fund)).toEqual(before)
    await expect(rowsOf(fund, 'ledger_entries')).resolves.toEqual({ n: 2 })
  })

  it('is refused on a locked day', async () => {
    const fund = await paidFund()
    const { id, gross } = await approved(fund)
    await setPeriodLock(acme.ctx('owner'), fund.id, { lockedThrough: '2026-03-31', reason: 'Quarter closed' })
    await expect(declareDistribution(acme.ctx('manager'), id, gross)).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(rowsOf(fund, 'distribution_lines')).resolves.toEqual({ n: 0 })
  })

  it('is declared once, however many ask at the same time', async () => {
    const fund = await paidFund()
    const { id, gross } = await approved(fund)
    const answers = await Promise.allSettled(
      Array.from({ length: 100 }, () => declareDistribution(acme.ctx('manager'), id, gross)),
    )
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(rowsOf(fund, 'ledger_entries')).resolves.toEqual({ n: 1 })
    await expect(rowsOf(fund, 'distribution_lines')).resolves.toEqual({ n: 3 })
  })

  it('takes as many statements for 500 investors as for 10', async () => {
    const statements = async (investors: number) => {
      const fund = await paidFund(Array.from({ length: investors }, (_, n) => `${1000 + n * 7}.13`))
      const { id, gross } = await approved(fund, { returnOfCapital: '1000.01', gain: '0.33' })
      const recorded = recordStatements()
      await declareDistribution(acme.ctx('manager'), id, gross)
      recorded.stop()
      return recorded.take().length
    }
    expect(await statements(500)).toBe(await statements(10))
  })
})

describe('the carry of the general partner', () => {
  const terms = { waterfall: 'european', preferredReturn: '8', carry: '20', catchUp: '100' }

  it('is a line of its own, follows from the waterfall, and is in no investor’s figures', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], terms)
    const gp = fund.investors[1]?.id ?? ''
    // A quarter was paid in on 2025-02-01; a year later twice as much comes back.
    const values = {
      distributedOn: '2026-02-01',
      returnOfCapital: '250000.00',
      gain: '250000.00',
      basis: { method: 'waterfall', carryInvestorId: gp },
    }
    const { id } = await declared(fund, values)
    const { totals } = await getDistribution(acme.ctx('viewer'), id)
    expect(totals).toMatchObject({ carry: '50000.00', gain: '200000.00', gross: '500000.00' })
    const { data } = await listDistributionLines(acme.ctx('viewer'), id, { limit: 10 })
    expect(data.map(({ carry }) => carry)).toEqual(['0.00', '50000.00'])
    await expect(figures(fund)).resolves.toMatchObject({ distributed: '450000.00' })
  })

  it('is nothing below the preferred return, and needs somebody who gets it', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], terms)
    const values = { distributedOn: '2026-02-01', returnOfCapital: '250000.00', basis: { method: 'waterfall' } }
    const below = await draftDistribution(acme.ctx('manager'), fund.id, draft({ ...values, gain: '20000.00' }))
    expect(below.totals.carry).toBe('0.00')
    await expect(
      draftDistribution(acme.ctx('manager'), fund.id, draft({ ...values, gain: '100000.00' })),
    ).rejects.toMatchObject({ code: 'unprocessable' })
  })
})

import { draftDistribution as draftSchema } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, recordStatements, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../books/testing.ts'
import { explainFigure, fundFiguresOn, waterfallStatementOn } from '../figures/index.ts'
import { setPeriodLock, trialBalanceAsOf } from '../trial-balance/index.ts'
import { book } from '../valuation/index.ts'
import {
  approveDistribution,
  cancelDistribution,
  declareDistribution,
  draftDistribution,
  getDistribution,
  getDistributionWaterfall,
  listDistributionLines,
  listDistributions,
  payDistribution,
  previewDistribution,
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
    const parts = async () =>
      (await explainFigure(acme.ctx('viewer'), { fundId: fund.id, figure: 'distributed' }, { limit: 10 })).data
    expect((await parts()).map(({ kind, amount }) => [kind, amount])).toEqual([['distribution_declared', '450000.00']])
    await cancelDistribution(acme.ctx('manager'), id, 'Wrong day')
    expect((await parts()).map(({ amount }) => amount)).toEqual(['-450000.00', '450000.00'])
    await expect(figures(fund)).resolves.toMatchObject({ distributed: '0.00' })
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

  it('is stated tier by tier, of a draft as it would be now and for ever as it was declared', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], terms)
    const gp = fund.investors[1]?.id ?? ''
    const values = {
      ...{ distributedOn: '2026-02-01', returnOfCapital: '250000.00', gain: '250000.00' },
      basis: { method: 'waterfall', carryInvestorId: gp },
    }
    const made = await draftDistribution(acme.ctx('manager'), fund.id, draft(values))
    const planned = await getDistributionWaterfall(acme.ctx('viewer'), made.id)
    expect(planned).toMatchObject({ kind: 'european', amount: '500000.00', carry: '50000.00', carryBefore: '0.00' })
    expect(planned.tiers.map(({ tier, total, generalPartner }) => [tier, total, generalPartner])).toEqual([
      ['return_of_capital', '250000.00', '0.00'],
      ['preferred_return', '20000.00', '0.00'],
      ['catch_up', '5000.00', '5000.00'],
      ['split', '225000.00', '45000.00'],
    ])
    expect(planned.proof.map(({ holds }) => holds)).toEqual([true, true, true, true])
    const { matrixSha256 } = await submitDistribution(acme.ctx('manager'), made.id)
    await approveDistribution(acme.ctx('owner'), made.id, matrixSha256)
    await declareDistribution(acme.ctx('manager'), made.id, '500000.00')
    await receiveFrom(acme.ctx('manager'), fund, '2025-06-01', 4n)
    await expect(getDistributionWaterfall(acme.ctx('viewer'), made.id)).resolves.toEqual(planned)
    await expect(getDistributionWaterfall(globex.ctx('owner'), made.id)).rejects.toMatchObject({ code: 'not_found' })
    // What comes later looks at what was declared before.
    const next = await draftDistribution(
      acme.ctx('manager'),
      fund.id,
      draft({ ...values, distributedOn: '2026-03-01' }),
    )
    const second = await getDistributionWaterfall(acme.ctx('viewer'), next.id)
    expect(second).toMatchObject({ carryBefore: '50000.00' })
    expect(second.steps.map(({ of }) => of)).toEqual(['earlier', 'this'])
    expect(second.proof.every(({ holds }) => holds)).toBe(true)
  })

  it('that nobody is named for any more can still be seen, said why, and mended by an edit', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], terms)
    const gp = fund.investors[1]?.id ?? ''
    const values = { distributedOn: '2026-02-01', returnOfCapital: '250000.00', gain: '10000.00' }
    const first = await draftDistribution(
      acme.ctx('manager'),
      fund.id,
      draft({ ...values, basis: { method: 'waterfall' } }),
    )
    expect(first).toMatchObject({ problem: null, named: [], dealTitle: null })
    // Everything that investors were due has come back meanwhile.
    await declared(fund, { ...values, returnOfCapital: '250000.00', gain: '20000.00' })
    const stuck = await getDistribution(acme.ctx('viewer'), first.id)
    expect(stuck).toMatchObject({ state: 'DRAFT', totals: { investors: 0 } })
    expect(stuck.problem).toContain('general partner')
    await expect(submitDistribution(acme.ctx('manager'), first.id)).rejects.toMatchObject({ code: 'unprocessable' })
    const basis = { method: 'waterfall', carryInvestorId: gp, withholding: { byInvestor: { [gp]: '5' } } }
    const mended = { ...values, returnOfCapital: '0', gain: '260000.00', basis }
    await expect(updateDistribution(acme.ctx('manager'), first.id, draft(mended))).resolves.toMatchObject({
      problem: null,
      named: [{ investorId: gp, name: expect.stringContaining('Investor 2') }],
    })
  })

  it('deal by deal is stated by deal, and clawed back once everything is sold', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], { ...terms, waterfall: 'american' })
    const deals = await acme.systemCtx().db.query<{ id: string }>(sql`
      insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
      select ${acme.id}::uuid, uuidv7(), title, 1000, 'EUR', 'CLOSED_WON', now() from unnest('{Northwind,Fabrikam}'::text[]) title
      order by title desc returning id`)
    const [good = '', bad = ''] = deals.map(({ id }) => id)
    const invest = (dealId: string) =>
      book(acme.ctx('owner'), fund.id, { kind: 'investment', dealId, on: '2025-02-01', amount: '100000.00', note: '' })
    const sell = (dealId: string, on: string, amount: string) =>
      book(acme.ctx('owner'), fund.id, { kind: 'sale', dealId, on, amount, cost: '100000.00', note: '' })
    await invest(good)
    await invest(bad)
    await sell(good, '2026-02-01', '200000.00')
    const basis = { method: 'waterfall', carryInvestorId: fund.investors[1]?.id }
    const first = { distributedOn: '2026-02-01', returnOfCapital: '100000.00', gain: '100000.00', dealId: good, basis }
    const { id } = await declared(fund, first)
    await expect(getDistribution(acme.ctx('viewer'), id)).resolves.toMatchObject({ dealTitle: 'Northwind' })
    const statement = await getDistributionWaterfall(acme.ctx('viewer'), id)
    expect(statement.steps.map(({ of, dealTitle }) => [of, dealTitle])).toEqual([['deal', 'Northwind']])
    expect(statement).toMatchObject({ kind: 'american', carry: '20000.00', clawback: null, hurdle: null })
    expect(statement.proof.every(({ holds }) => holds)).toBe(true)
    await expect(waterfallStatementOn(acme.ctx('viewer'), fund.id)).resolves.toMatchObject({
      steps: [
        { label: 'Northwind', hypothetical: false },
        { label: 'Fabrikam', hypothetical: true },
      ],
      carryPaid: '20000.00',
    })
    await sell(bad, '2026-03-01', '30000.00')
    const last = { distributedOn: '2026-03-01', returnOfCapital: '30000.00', gain: '0', dealId: bad, basis }
    const { waterfall } = await previewDistribution(acme.ctx('manager'), fund.id, draft(last))
    expect(waterfall?.steps.map(({ dealTitle }) => dealTitle)).toEqual(['Northwind', 'Fabrikam'])
    // 200,000.00 were invested, 230,000.00 came back: the whole fund has earned less than the first deal gave.
    expect(waterfall).toMatchObject({ carryBefore: '20000.00', carry: '0.00', clawback: { received: '20000.00' } })
    const { earned = '', due = '' } = waterfall?.clawback ?? {}
    expect(Number(earned) + Number(due)).toBeCloseTo(20_000, 2)
    expect(Number(due)).toBeGreaterThan(0)
  })

  it('has no statement where the lines are by commitment alone', async () => {
    const fund = await paidFund()
    const { id } = await declared(fund)
    await expect(getDistributionWaterfall(acme.ctx('viewer'), id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a preview', () => {
  const terms = { waterfall: 'european', preferredReturn: '8', carry: '20', catchUp: '100' }

  it('is what the draft would be, the named first, and stores nothing', async () => {
    const fund = await paidFund(['600000.00', '300000.00', '100000.00'], terms)
    const gp = fund.investors[2]?.id ?? ''
    const values = draft({
      ...{ distributedOn: '2026-02-01', returnOfCapital: '250000.00', gain: '250000.00', recallable: '1000.00' },
      basis: { method: 'waterfall', carryInvestorId: gp, withholding: { byInvestor: { [gp]: '10' } } },
    })
    const preview = await previewDistribution(acme.ctx('manager'), fund.id, values)
    expect(preview.lines.map(({ investorId }) => investorId)).toEqual([
      gp,
      fund.investors[0]?.id,
      fund.investors[1]?.id,
    ])
    expect(preview.lines[0]).toMatchObject({ carry: '50000.00', withheld: '7000.00' })
    expect((await listDistributions(acme.ctx('viewer'), fund.id, { limit: 10 })).data).toEqual([])
    const { totals, id, expiresOn } = await draftDistribution(acme.ctx('manager'), fund.id, values)
    expect([preview.totals, preview.expiresOn]).toEqual([totals, expiresOn])
    await expect(getDistributionWaterfall(acme.ctx('viewer'), id)).resolves.toEqual(preview.waterfall)
    const byCommitment = await previewDistribution(acme.ctx('manager'), fund.id, draft())
    expect(byCommitment.waterfall).toBeNull()
  })

  it('is refused as the draft would be, and of another firm is not there', async () => {
    const fund = await paidFund(['900000.00', '100000.00'], terms)
    const values = { distributedOn: '2026-02-01', returnOfCapital: '250000.00', gain: '250000.00' }
    await expect(
      previewDistribution(acme.ctx('manager'), fund.id, draft({ ...values, basis: { method: 'waterfall' } })),
    ).rejects.toMatchObject({ code: 'unprocessable' })
    await expect(previewDistribution(globex.ctx('manager'), fund.id, draft())).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('takes as many statements for 500 investors as for 10, and shows the largest', async () => {
    const statements = async (investors: number) => {
      const fund = await paidFund(
        Array.from({ length: investors }, (_, n) => `${1000 + n * 7}.13`),
        terms,
      )
      const basis = { method: 'waterfall', carryInvestorId: fund.investors[0]?.id }
      const recorded = recordStatements()
      const { lines } = await previewDistribution(
        acme.ctx('manager'),
        fund.id,
        draft({ returnOfCapital: '1000.01', gain: '0.33', basis }),
      )
      recorded.stop()
      return [recorded.take().length, lines.length]
    }
    const [[many, shown], [few]] = [await statements(500), await statements(10)]
    expect(many).toBe(few)
    expect(shown).toBe(50)
  })
})

import { draftDistribution as draftSchema, fundTerms } from '@throughline/contracts'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, type TestFund } from '../books/testing.ts'
import { draftCall } from '../capital-calls/index.ts'
import { aDraft, anIssuedCall } from '../capital-calls/testing.ts'
import { transferCommitment } from '../commitment-changes/index.ts'
import { fundFiguresOn } from '../figures/index.ts'
import { getFund, updateFund } from '../funds/index.ts'
import { brokenIn } from '../reconciliation/testing.ts'
import {
  approveDistribution,
  cancelDistribution,
  declareDistribution,
  draftDistribution,
  getDistribution,
  listDistributionLines,
  listDistributions,
  previewDistribution,
  submitDistribution,
} from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

let count = 0
const aFund = (terms: object = { recyclingCap: '10' }, tenant = acme): Promise<TestFund> => {
  count += 1
  return makeTestFund(tenant.ctx('manager'), ['600000.00', '400000.00'], { name: `Recycling ${count}`, terms })
}
const draft = (values: object = {}) =>
  draftSchema.parse({ title: 'Exit', distributedOn: '2026-01-15', returnOfCapital: '150000.00', ...values })

async function approved(fund: TestFund, values: object, tenant = acme): Promise<{ id: string; gross: string }> {
  const { id } = await draftDistribution(tenant.ctx('manager'), fund.id, draft(values))
  const { matrixSha256, totals } = await submitDistribution(tenant.ctx('manager'), id)
  await approveDistribution(tenant.ctx('owner'), id, matrixSha256)
  return { id, gross: totals.gross }
}
async function declared(fund: TestFund, recallable: string, tenant = acme): Promise<string> {
  const { id, gross } = await approved(fund, { recallable }, tenant)
  await declareDistribution(tenant.ctx('manager'), id, gross)
  return id
}
const page = { limit: 100 }
const linesOf = async (id: string, tenant = acme) =>
  (await listDistributionLines(tenant.ctx('viewer'), id, page)).data.map(({ recallable, aboveCap }) => [
    ...[recallable, aboveCap],
  ])
const figures = (fund: TestFund, tenant = acme) => fundFiguresOn(tenant.ctx('viewer'), fund.id)
const broken = (fund: TestFund) => brokenIn(acme.ctx('manager'), fund.id)
/** What could be made recallable yet, by investor. */
const roomIn = async (fund: TestFund) => {
  const values = { returnOfCapital: '1000000.00', recallable: '1000000.00' }
  const { lines } = await previewDistribution(acme.ctx('manager'), fund.id, draft(values))
  return Object.fromEntries(lines.map(({ investorId, recallable }) => [investorId, recallable]))
}
const changeTerms = async (fund: TestFund, recyclingCap: string | null) => {
  const { version, terms } = await getFund(acme.ctx('manager'), fund.id)
  return updateFund(acme.ctx('manager'), fund.id, { version, terms: { ...terms, recyclingCap } })
}

describe('a distribution above the recycling cap', () => {
  it('is paid all the same, and as far as the cap allows it is called back', async () => {
    const fund = await aFund()
    const id = await declared(fund, '120000.00')
    expect(await linesOf(id)).toEqual([
      ['60000.00', '12000.00'],
      ['40000.00', '8000.00'],
    ])
    const detail = await getDistribution(acme.ctx('viewer'), id)
    expect(detail).toMatchObject({ recallable: '100000.00', recyclingCap: '10', expiresOn: '2028-01-15' })
    expect(detail.totals).toMatchObject({ recallable: '100000.00', aboveCap: '20000.00', gross: '150000.00' })
    await expect(figures(fund)).resolves.toMatchObject({
      ...{ distributed: '150000.00', recallable: '100000.00', uncalled: '1100000.00' },
    })
    expect(await broken(fund)).toEqual([])
    // The next one finds no room: nothing of it can be called back, so nothing of it has an end.
    const next = await declared(fund, '150000.00')
    await expect(getDistribution(acme.ctx('viewer'), next)).resolves.toMatchObject({
      ...{ recallable: '0.00', expiresOn: null, totals: { recallable: '0.00', aboveCap: '150000.00' } },
    })
    const call = (amount: string) => aDraft({ components: [{ amount }] })
    await anIssuedCall(acme, fund.id, call('1050000.00'))
    await expect(figures(fund)).resolves.toMatchObject({ recallable: '50000.00', uncalled: '50000.00' })
    await expect(draftCall(acme.ctx('manager'), fund.id, call('50000.01'))).rejects.toMatchObject({
      code: 'unprocessable',
    })
    await anIssuedCall(acme, fund.id, call('50000.00'))
    // What was called back has been recallable once: it leaves no room behind.
    expect(Object.values(await roomIn(fund))).toEqual(['0.00', '0.00'])
    await expect(figures(fund)).resolves.toMatchObject({
      distributed: '300000.00',
      recallable: '0.00',
      uncalled: '0.00',
    })
    expect(await broken(fund)).toEqual([])
  })

  it('is what the draft and its preview have said, and asked for stays what was asked for until it is declared', async () => {
    const fund = await aFund()
    const values = draft({ recallable: '120000.00' })
    const preview = await previewDistribution(acme.ctx('manager'), fund.id, values)
    const made = await draftDistribution(acme.ctx('manager'), fund.id, values)
    expect([preview.totals, preview.recyclingCap]).toEqual([made.totals, '10'])
    expect(made).toMatchObject({ recallable: '120000.00', recyclingCap: '10', totals: { aboveCap: '20000.00' } })
    const { data } = await listDistributions(acme.ctx('viewer'), fund.id, page)
    expect(data.map(({ recallable }) => recallable)).toEqual(['120000.00'])
  })

  it('that is taken back gives its room back', async () => {
    const fund = await aFund()
    const first = await declared(fund, '120000.00')
    expect(Object.values(await roomIn(fund))).toEqual(['0.00', '0.00'])
    await cancelDistribution(acme.ctx('manager'), first, 'Wrong day')
    expect(Object.values(await roomIn(fund))).toEqual(['60000.00', '40000.00'])
    expect(await linesOf(await declared(fund, '90000.00'))).toEqual([
      ['54000.00', '0.00'],
      ['36000.00', '0.00'],
    ])
    expect(await broken(fund)).toEqual([])
  })

  it('has to be approved again when another one has used the room up meanwhile', async () => {
    const fund = await aFund()
    const { id, gross } = await approved(fund, { recallable: '80000.00' })
    await declared(fund, '80000.00')
    await expect(declareDistribution(acme.ctx('manager'), id, gross)).rejects.toMatchObject({ code: 'conflict' })
    await expect(getDistribution(acme.ctx('viewer'), id)).resolves.toMatchObject({
      totals: { recallable: '20000.00', aboveCap: '60000.00' },
    })
  })
})

describe('terms with another cap', () => {
  it('hold from then on: what was declared stays, what comes keeps to them', async () => {
    const fund = await aFund({})
    expect((await getFund(acme.ctx('viewer'), fund.id)).terms.recyclingCap).toBeNull()
    const free = await declared(fund, '150000.00')
    await changeTerms(fund, '10')
    await expect(getDistribution(acme.ctx('viewer'), free)).resolves.toMatchObject({
      ...{ recyclingCap: null, totals: { recallable: '150000.00', aboveCap: '0.00' } },
    })
    const none = await declared(fund, '1000.00')
    await changeTerms(fund, '15.5')
    const some = await declared(fund, '6000.00')
    expect([await linesOf(none), await linesOf(some)]).toEqual([
      [
        ['0.00', '600.00'],
        ['0.00', '400.00'],
      ],
      [
        ['3000.00', '600.00'],
        ['2000.00', '400.00'],
      ],
    ])
    const caps = (await listDistributions(acme.ctx('viewer'), fund.id, page)).data.map((each) => each.recyclingCap)
    expect(caps).toEqual(['15.5', '10', null])
    await changeTerms(fund, null)
    expect(await linesOf(await declared(fund, '150000.00'))).toEqual([
      ['90000.00', '0.00'],
      ['60000.00', '0.00'],
    ])
  })

  it('are refused when they are no percentage', () => {
    for (const recyclingCap of ['101', '-1', 'half', 10])
      expect(fundTerms.safeParse({ recyclingCap }).error?.issues[0]?.path).toEqual(['recyclingCap'])
  })
})

describe('a transfer', () => {
  it('takes the used part of the cap along with the commitment', async () => {
    const fund = await aFund()
    await declared(fund, '50000.00')
    const [one, two] = fund.investors
    await transferCommitment(acme.ctx('manager'), one?.commitmentId ?? '', {
      ...{ toInvestorId: two?.id ?? '', amount: '200000.00', date: '2026-01-20', reason: 'Sold' },
    })
    // 600,000 had used 30,000 of 60,000: what stays has used two thirds of that, and what went the rest.
    expect(await roomIn(fund)).toEqual({ [one?.id ?? '']: '20000.00', [two?.id ?? '']: '30000.00' })
    const rest = await declared(fund, '150000.00')
    expect(await linesOf(rest)).toEqual([
      ['20000.00', '40000.00'],
      ['30000.00', '60000.00'],
    ])
    expect(await broken(fund)).toEqual([])
  })
})

it('counts what another firm has distributed for nothing', async () => {
  const [ours, theirs] = [await aFund(), await aFund({ recyclingCap: '10' }, globex)]
  const id = await declared(theirs, '150000.00', globex)
  await expect(getDistribution(acme.ctx('owner'), id)).rejects.toMatchObject({ code: 'not_found' })
  expect(Object.values(await roomIn(ours))).toEqual(['60000.00', '40000.00'])
  await expect(figures(theirs, globex)).resolves.toMatchObject({ recallable: '100000.00' })
})

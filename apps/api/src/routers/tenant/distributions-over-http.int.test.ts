// Distributions over HTTP: what a form shows, what an edit takes away, and that a payment is made once.
import { randomUUID } from 'node:crypto'
import {
  distributionDetail,
  distributionLinePage,
  distributionPreview,
  distributionWaterfall,
} from '@throughline/contracts'
import { sql } from '@throughline/db'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeTestFund, receiveFrom, type TestFund } from '../../../../../packages/funds/src/books/testing.ts'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let manager: Caller
let approver: Caller
let foreign: Caller
let fund: TestFund
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  approver = await api.as(acme, 'owner')
  foreign = await api.as(await world.tenant('Globex'), 'owner')
  const terms = { waterfall: 'european', preferredReturn: '8', carry: '20', catchUp: '100' }
  fund = await makeTestFund(acme.ctx('manager'), ['900000.00', '100000.00'], { terms })
  await receiveFrom(acme.ctx('manager'), fund, '2025-02-01', 1n)
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

const anew = () => ({ 'idempotency-key': randomUUID() })
const ofFund = () => `/tenant/v1/funds/${fund.id}/distributions`
const investor = (index: number) => fund.investors[index]?.id ?? ''
// A year after everything was paid in: 80,000.00 are preferred.
const draft = (change: object = {}) => ({
  ...{ title: 'Sale of Northwind', distributedOn: '2026-02-01', returnOfCapital: '400000.00', gain: '100000.00' },
  basis: { method: 'commitment', withholding: { byCountry: { DE: '26.375' }, byInvestor: { [investor(0)]: '10' } } },
  ...change,
})
const byWaterfall = (carryInvestorId: string | null = null) =>
  draft({
    ...{ returnOfCapital: '1000000.00', gain: '400000.00' },
    basis: { method: 'waterfall', carryInvestorId },
  })

async function drafted(body: object = draft()): Promise<string> {
  const made = await manager.post(ofFund(), body, anew())
  expect(made.statusCode).toBe(201)
  return `/tenant/v1/distributions/${made.json().id}`
}
async function declared(): Promise<string> {
  const url = await drafted()
  const { matrixSha256 } = (await manager.post(`${url}/submit`, {}, anew())).json()
  expect((await approver.post(`${url}/approve`, { matrixSha256 }, anew())).statusCode).toBe(200)
  expect((await manager.post(`${url}/declare`, { amount: '500000.00' }, anew())).statusCode).toBe(200)
  return url
}

describe('a form', () => {
  it('is shown its lines, sums and waterfall, and nothing is stored', async () => {
    const preview = await manager.post(`${ofFund()}/preview`, byWaterfall(investor(1)))
    expect(preview.statusCode).toBe(200)
    const { waterfall, lines, totals } = distributionPreview.parse(preview.json())
    // 20 % of a profit of 400,000.00.
    expect([waterfall?.carry, totals.carry, totals.gross]).toEqual(['80000.00', '80000.00', '1400000.00'])
    expect(waterfall?.proof.every(({ holds }) => holds)).toBe(true)
    expect(lines.map(({ investorId }) => investorId)).toEqual([investor(1), investor(0)])
    expect((await manager.get(ofFund())).json()).toMatchObject({ data: [] })
  })

  it('is refused where it cannot be, and for whoever may not draft', async () => {
    const ask = async (body: object, as = manager) => (await as.post(`${ofFund()}/preview`, body)).statusCode
    expect(await ask(byWaterfall())).toBe(422)
    expect(await ask(byWaterfall(randomUUID()))).toBe(422)
    expect(await ask(draft({ gain: '1e6' }))).toBe(400)
    expect(await ask(draft({ basis: { withholding: { byCountry: { Germany: '5' } } } }))).toBe(400)
    expect(await ask(draft({ basis: { withholding: { byInvestor: { [investor(0)]: '100.1' } } } }))).toBe(400)
    expect(await ask(draft({ dealId: randomUUID() }))).toBe(404)
    expect(await ask(draft(), await api.as(acme, 'viewer'))).toBe(403)
    expect(await ask(draft(), foreign)).toBe(404)
  })
})

describe('a draft', () => {
  it('is edited on its version, and its approval falls', async () => {
    const url = await drafted()
    const { matrixSha256 } = (await manager.post(`${url}/submit`, {}, anew())).json()
    const approved = await approver.post(`${url}/approve`, { matrixSha256 }, anew())
    const { version, approvedById } = distributionDetail.parse(approved.json())
    expect(approvedById).not.toBeNull()
    const late = await manager.put(url, { ...draft({ income: '1.00' }), version: version - 1 })
    expect([late.statusCode, late.json().error.code]).toEqual([412, 'stale_version'])
    const edited = await manager.put(url, draft({ income: '1.00' }), { 'if-match': `"${version}"` })
    expect(distributionDetail.parse(edited.json())).toMatchObject({
      state: 'DRAFT',
      approvedById: null,
      approvedAt: null,
    })
    expect((await manager.post(`${url}/declare`, { amount: '500001.00' }, anew())).statusCode).toBe(409)
  })

  it('has a waterfall statement where the waterfall shares it, for readers of the firm alone', async () => {
    const url = await drafted(byWaterfall(investor(1)))
    const viewer = await api.as(acme, 'viewer')
    const statement = distributionWaterfall.parse((await viewer.get(`${url}/waterfall`)).json())
    expect(statement).toMatchObject({ kind: 'european', carryEarned: '80000.00', carryBefore: '0.00' })
    expect((await foreign.get(`${url}/waterfall`)).statusCode).toBe(404)
    expect((await viewer.get(`${await drafted()}/waterfall`)).statusCode).toBe(404)
  })

  it('has the statement as a file beside it, and so has its fund', async () => {
    const url = await drafted(byWaterfall(investor(1)))
    const viewer = await api.as(acme, 'viewer')
    for (const [address, figures] of [
      [`${url}/waterfall.csv`, 'carryEarned,80000.00\r\ncarryBefore,0.00\r\n'],
      [`/tenant/v1/funds/${fund.id}/waterfall.csv?asOf=2026-02-01`, 'asOf,2026-02-01\r\nkind,european\r\n'],
    ] as const) {
      const file = await viewer.get(address)
      expect(file.headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': expect.stringMatching(/^attachment; filename="Waterfall 2026-02-01\.csv"/),
        'x-content-type-options': 'nosniff',
      })
      expect(file.body).toContain(figures)
      expect((await foreign.get(address)).statusCode).toBe(404)
    }
    expect((await viewer.get(`${await drafted()}/waterfall.csv`)).statusCode).toBe(404)
    expect((await viewer.get(`/tenant/v1/funds/${fund.id}/waterfall.csv?asOf=someday`)).statusCode).toBe(400)
  })
})

describe('a declared distribution', () => {
  it('pays one investor once, however often it is asked, and the rest later', async () => {
    const url = await declared()
    const body = { amount: '450000.00', paidOn: '2026-02-02', investorIds: [investor(0)] }
    const wish = anew()
    const [first, again] = [await manager.post(`${url}/pay`, body, wish), await manager.post(`${url}/pay`, body, wish)]
    expect([first.statusCode, again.statusCode, again.body]).toEqual([200, 200, first.body])
    expect(first.json()).toMatchObject({ state: 'DECLARED', totals: { unpaid: '50000.00' } })
    expect((await manager.post(`${url}/pay`, { ...body, amount: '1.00' }, wish)).statusCode).toBe(422)
    expect((await manager.post(`${url}/pay`, body, anew())).statusCode).toBe(422)
    const { data } = distributionLinePage.parse((await manager.get(`${url}/lines`)).json())
    expect(data.map(({ investorId, paidAt }) => [investorId, paidAt !== null])).toEqual([
      [investor(0), true],
      [investor(1), false],
    ])
    const rest = await manager.post(`${url}/pay`, { amount: '50000.00', paidOn: '2026-02-03' }, anew())
    expect(rest.json()).toMatchObject({ state: 'PAID', totals: { unpaid: '0.00' } })
    const entries = await acme.systemCtx().db.queryOne(sql`select count(*)::int as n from ledger_entries
      where source_id = ${url.split('/').at(-1) ?? ''}::uuid and kind = 'distribution_paid'`)
    expect(entries).toEqual({ n: 2 })
  })

  it('pays no other sum, day or investor, and not for whoever may not pay', async () => {
    const url = await declared()
    const body = { amount: '450000.00', paidOn: '2026-02-02', investorIds: [investor(0)] }
    expect((await foreign.post(`${url}/pay`, body, anew())).statusCode).toBe(404)
    expect((await (await api.as(acme, 'viewer')).post(`${url}/pay`, body, anew())).statusCode).toBe(403)
    for (const change of [{ investorIds: [] }, { investorIds: ['nobody'] }, { amount: '-1' }, { paidOn: '2026-02-30' }])
      expect((await manager.post(`${url}/pay`, { ...body, ...change }, anew())).statusCode).toBe(400)
    for (const change of [{ investorIds: [randomUUID()] }, { amount: '449999.99' }, { paidOn: '2026-01-31' }])
      expect((await manager.post(`${url}/pay`, { ...body, ...change }, anew())).statusCode).toBe(422)
  })
})

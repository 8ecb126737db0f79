// All funds together, and an investor in all of them, as a client of the API sees them.
import {
  fundView,
  investorFiguresList,
  investorNavSharePage,
  investorView,
  portfolioFigures,
  portfolioFundPage,
  portfolioHoldingPage,
} from '@throughline/contracts'
import { createTestWorld, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let manager: Caller
let viewer: Caller
let foreign: Caller
let fundId: string
let investorId: string

const anew = () => ({ 'idempotency-key': crypto.randomUUID() })
const fundBody = (name: string, currency: string) => ({
  ...{ name, legalName: name, currency, timeZone: 'Europe/Berlin', vintage: 2025 },
})

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  const acme = await world.tenant('Acme')
  manager = await api.as(acme, 'manager')
  viewer = await api.as(acme, 'viewer')
  foreign = await api.as(await world.tenant('Globex'), 'owner')
  fundId = fundView.parse((await manager.post('/tenant/v1/funds', fundBody('Harbour', 'EUR'))).json()).id
  await manager.post('/tenant/v1/funds', fundBody('Island', 'EUR'))
  await manager.post('/tenant/v1/funds', fundBody('Prairie', 'USD'))
  const investor = await manager.post('/tenant/v1/investors', { name: 'Alder', kind: 'ENTITY' }, anew())
  investorId = investorView.parse(investor.json()).id
  const signed = { investorId, closeName: 'First close', closeDate: '2025-01-01', amount: '1000.00' }
  await manager.post(`/tenant/v1/funds/${fundId}/commitments`, signed, anew())
})
afterAll(async () => {
  await api.close()
  await world.close()
})

it('totals are by currency, and the funds behind them come page by page', async () => {
  const totals = portfolioFigures.parse((await viewer.get('/tenant/v1/portfolio/figures')).json())
  expect(totals.data).toMatchObject([
    { currency: 'EUR', funds: 2, commitment: '1000.00', dpi: { value: null, reason: 'nothing_paid_in' } },
    { currency: 'USD', funds: 1, commitment: '0.00' },
  ])
  const read = async (more: string) =>
    portfolioFundPage.parse((await viewer.get(`/tenant/v1/portfolio/funds?currency=EUR&limit=1${more}`)).json())
  const first = await read('')
  expect(first.data).toMatchObject([{ fundId, name: 'Harbour', commitment: '1000.00', policy: 'gips' }])
  expect((await read(`&cursor=${first.page.nextCursor}`)).data).toMatchObject([{ name: 'Island' }])
  expect(portfolioHoldingPage.parse((await viewer.get('/tenant/v1/portfolio/holdings')).json()).data).toEqual([])
})

it.each([
  '/tenant/v1/portfolio/funds',
  '/tenant/v1/portfolio/funds?currency=euro',
  '/tenant/v1/portfolio/funds?currency=EUR&cursor=nonsense',
  '/tenant/v1/portfolio/holdings?limit=0',
  '/tenant/v1/investors/nobody/figures',
])('%s is refused', async (url) => {
  expect((await viewer.get(url)).statusCode).toBe(400)
})

it('an investor has figures of each fund and its shares, for its own firm alone', async () => {
  const figures = `/tenant/v1/investors/${investorId}/figures`
  const shares = `/tenant/v1/funds/${fundId}/investors/${investorId}/nav-shares`
  expect(investorFiguresList.parse((await viewer.get(figures)).json()).data).toMatchObject([
    { fundId, fundName: 'Harbour', commitment: '1000.00', navAsOf: null, irr: { rate: null, reason: 'one_sided' } },
  ])
  expect(investorNavSharePage.parse((await viewer.get(shares)).json()).data).toEqual([])
  for (const url of [figures, shares]) expect((await foreign.get(url)).statusCode).toBe(404)
  expect((await foreign.get('/tenant/v1/portfolio/figures')).json().data).toEqual([])
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, type TestTenant, type TestWorld } from '../../../../packages/testing/src/index.ts'
import { createTestApp, type TestApp } from '../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await api?.close()
  await world?.close()
})

/** Transactions of firms that do not end before they are let go: a disk that takes nothing. Those that wait too long are refused. */
function holdTransactions(...firms: readonly TestTenant[]) {
  const { promise: until, resolve: release } = Promise.withResolvers<void>()
  const held = Promise.allSettled(firms.map((firm) => firm.systemCtx().db.transaction(() => until)))
  return async () => {
    release()
    await held
  }
}
const asMany = (firm: TestTenant): TestTenant[] => Array.from({ length: world.config.database.poolMax }, () => firm)
const statusOf = ({ statusCode, body }: { statusCode: number; body: string }) => [statusCode, body]

it('who may not write yet is told to come again, and the same key is served then', async () => {
  const manager = await api.as(acme, 'manager')
  const other = await api.as(globex, 'manager')
  const letGo = holdTransactions(...asMany(acme), ...asMany(globex))
  const headers = { 'idempotency-key': randomUUID() }
  const create = () => manager.post('/tenant/v1/deals', { title: 'Patience', value: '1.00' }, headers)
  const answers = await Promise.all([create(), other.post('/tenant/v1/deals', { title: 'Haste', value: '1.00' })])
  await letGo()
  for (const answer of answers) {
    expect(statusOf(answer)).toEqual([503, expect.stringContaining('"unavailable"')])
    expect(answer.headers['retry-after']).toBe('5')
  }
  expect((await create()).statusCode).toBe(201)
  expect(await acme.systemCtx().db.prisma.deal.count()).toBe(1)
  expect(await globex.systemCtx().db.prisma.deal.count()).toBe(0)
})

it('who only reads does not wait for those who write', async () => {
  const manager = await api.as(acme, 'manager')
  const other = await api.as(globex, 'manager')
  const letGo = holdTransactions(...asMany(acme), ...asMany(globex))
  const answers = await Promise.all([
    manager.get('/tenant/v1/deals'),
    manager.get('/tenant/v1/deals/board'),
    manager.get('/tenant/v1/deals/statistics'),
    other.get('/tenant/v1/companies'),
  ])
  await letGo()
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
})

it('a firm whose writes pile up leaves others room to write', async () => {
  const other = await api.as(globex, 'manager')
  const letGo = holdTransactions(...asMany(acme))
  const answer = await other.post('/tenant/v1/deals', { title: 'Beside the pile', value: '1.00' })
  await letGo()
  expect(answer.statusCode).toBe(201)
})

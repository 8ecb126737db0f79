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

it('who gets no connection is told to come again, and the same key is served then', async () => {
  const manager = await api.as(acme, 'manager')
  const other = await api.as(globex, 'manager')
  const { promise: until, resolve: release } = Promise.withResolvers<void>()
  const held = Array.from({ length: world.config.database.poolMax }, () => acme.systemCtx().db.transaction(() => until))
  const headers = { 'idempotency-key': randomUUID() }
  const create = () => manager.post('/tenant/v1/deals', { title: 'Patience', value: '1.00' }, headers)
  const answers = await Promise.all([create(), manager.get('/tenant/v1/deals'), other.get('/tenant/v1/companies')])
  release()
  await Promise.all(held)
  for (const { statusCode, headers: told, body } of answers) {
    expect([statusCode, body]).toEqual([503, expect.stringContaining('"unavailable"')])
    expect(told['retry-after']).toBe('5')
  }
  expect((await create()).statusCode).toBe(201)
  expect(await acme.systemCtx().db.prisma.deal.count()).toBe(1)
})

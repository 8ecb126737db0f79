import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, type TestTenant, type TestWorld } from '../../testing/src/index.ts'
import { type Ctx, createAnswerStore, createDatabase, type Database, forgetAnswers, keptAnswer } from './index.ts'

let world: TestWorld
let database: Database
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  database = createDatabase(world.config, world.log, createAnswerStore(world.redis, world.config.redis.prefix))
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(async () => {
  await database?.close()
  await world?.close()
})

const ctxOf = (tenant: TestTenant): Ctx => ({
  ...tenant.systemCtx(),
  db: database.tenant(tenant.id),
  answers: database.answers,
})
const change = (tenant: TestTenant) => {
  const ctx = ctxOf(tenant)
  return ctx.db.transaction(async () => forgetAnswers(ctx))
}

/** A question whose computations are let go one by one. */
function slow(name: string) {
  const begun: PromiseWithResolvers<string>[] = []
  const ask = (tenant: TestTenant) =>
    keptAnswer(ctxOf(tenant), name, async () => {
      const gate = Promise.withResolvers<string>()
      begun.push(gate)
      return { text: await gate.promise, ttlMs: 30_000 }
    })
  const began = (count: number) => expect.poll(() => begun.length).toBe(count)
  return { begun, ask, began }
}
/** Long enough for whoever asks to have read the store: as many round trips as it takes, and one more. */
const readTheStore = async () => {
  for (let trip = 0; trip < 5; trip++) await world.redis.ping()
}

it('is computed once for all who ask while nothing changes', async () => {
  const { begun, ask, began } = slow('once')
  const asked = Array.from({ length: 20 }, () => ask(acme))
  await began(1)
  await readTheStore()
  begun[0]?.resolve('the answer')
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['the answer']))
  expect(await ask(acme), 'and kept').toBe('the answer')
  expect(begun).toHaveLength(1)
})

it('is computed once more for all who ask after a change, and they get nothing of before it', async () => {
  const { begun, ask, began } = slow('twice')
  const before = ask(acme)
  await began(1)
  const after: Promise<string>[] = []
  for (let each = 0; each < 10; each++) {
    await change(acme)
    after.push(ask(acme))
    await readTheStore()
  }
  expect(begun, 'no second one runs beside the first').toHaveLength(1)
  begun[0]?.resolve('of before')
  await began(2)
  begun[1]?.resolve('of after')
  expect(await before).toBe('of before')
  expect(new Set(await Promise.all(after))).toEqual(new Set(['of after']))
  expect(await ask(acme), 'what was computed later is kept').toBe('of after')
})

it('fails only those who asked for the one that failed', async () => {
  const { begun, ask, began } = slow('failing')
  const first = ask(acme).catch((error: Error) => error.message)
  await began(1)
  await change(acme)
  const second = ask(acme)
  await readTheStore()
  begun[0]?.reject(new Error('broken off'))
  await began(2)
  begun[1]?.resolve('well')
  expect(await first).toBe('broken off')
  expect(await second).toBe('well')
})

it('does not make one firm wait for another', async () => {
  const { begun, ask, began } = slow('apart')
  const ofAcme = ask(acme)
  await began(1)
  const ofGlobex = ask(globex)
  await began(2)
  begun[1]?.resolve('Globex')
  expect(await ofGlobex).toBe('Globex')
  begun[0]?.resolve('Acme')
  expect(await ofAcme).toBe('Acme')
})

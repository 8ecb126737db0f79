import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestWorld, expectEventually, type TestTenant, type TestWorld } from '../../testing/src/index.ts'
import { sql } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

/** Ends a connection from another one of the same role, and waits until it is gone. */
async function terminate(pid: number): Promise<void> {
  const { db } = globex.systemCtx()
  await db.query(sql`select pg_terminate_backend(${pid}::int)`)
  await expectEventually(async () =>
    expect(await db.query(sql`select 1 as one from pg_stat_activity where pid = ${pid}::int`)).toEqual([]),
  )
}
const pidOf = async (tenant: TestTenant): Promise<number> => {
  const row = await tenant.systemCtx().db.queryOne<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}

it('a transaction whose connection breaks between two statements fails alone; the process and the pool go on', async () => {
  const { db } = acme.systemCtx()
  const pid = Promise.withResolvers<number>()
  const terminated = Promise.withResolvers<void>()
  const work = db.transaction(async () => {
    await db.execute(sql`insert into companies (tenant_id, id, name) values (${acme.id}::uuid, uuidv7(), 'half')`)
    pid.resolve(await pidOf(acme))
    await terminated.promise
    await db.query(sql`select 1`)
  })
  const failed = expect(work).rejects.toThrow(/connection|terminat/i)
  await terminate(await pid.promise)
  terminated.resolve()
  await failed
  expect(await db.prisma.company.count()).toBe(0)
  expect(await pidOf(acme)).not.toBe(await pid.promise)
})

it('a connection that is broken in the middle of a statement serves nobody afterwards', async () => {
  const { db } = acme.systemCtx()
  for (let times = 0; times < 20; times++) {
    await expect(db.query(sql`select pg_terminate_backend(pg_backend_pid())`)).rejects.toThrow(/terminat/)
    expect(await db.prisma.company.count()).toBe(0)
  }
})

// Superadmins among themselves, and what the audit row of their acts says.

import { platformCtx, sql } from '@throughline/db'
import { createTestWorld, type TestStaff, type TestTenant, type TestWorld, testPassword } from '@throughline/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hashPassword } from '../passwords/index.ts'
import { replayJob, setUserDisabled } from './index.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld({ passwordHash: await hashPassword(testPassword) })
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
})
afterAll(() => world?.close())

const as = ({ id }: TestStaff) =>
  platformCtx(world.database, {
    actor: { kind: 'platform', id, role: 'super_admin' },
    address: '203.0.113.9',
    log: world.log,
  })
const sessionsEnded = async () => {}

it('two superadmins who shut each other out at the same moment leave one', async () => {
  const [sam, sue] = [await world.staff('super_admin', 'Sam'), await world.staff('super_admin', 'Sue')]
  const ids = [sam.id, sue.id]
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.allSettled([
      setUserDisabled(as(sam), { userId: sue.id, disabled: true, reason: 'left' }, sessionsEnded),
      setUserDisabled(as(sue), { userId: sam.id, disabled: true, reason: 'left' }, sessionsEnded),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const back = await world.database.platform.execute(
      sql`update users set disabled_at = null where id = any(${ids}::uuid[]) and disabled_at is not null`,
    )
    expect(back).toBe(1)
  }
})

it('a job that is run again says who asked for it and from where, in the firm that it is of', async () => {
  const sam = await world.staff('super_admin', 'Simone')
  const jobId = crypto.randomUUID()
  await acme.systemCtx().db.execute(sql`
    insert into jobs (tenant_id, id, name, queue, payload, max_attempts, state)
    values (${acme.id}::uuid, ${jobId}::uuid, 'util__account-mail', 'util__mail', '{}', 1, 'DEAD')`)
  await expect(replayJob(as(sam), { tenantId: globex.id, jobId })).rejects.toMatchObject({ code: 'not_found' })
  await replayJob(as(sam), { tenantId: acme.id, jobId })
  const rows = await world.database.platform.query(sql`
    select tenant_id as "tenantId", actor_id as "actorId", address from audit_entries where action = 'job.replayed'`)
  expect(rows).toEqual([{ tenantId: acme.id, actorId: sam.id, address: '203.0.113.9' }])
})

// Seals stand in storage: what the owner of the database does to the list of them helps nobody.
import { type Ctx, platformScope, sql } from '@throughline/db'
import { createStorage, type Storage } from '@throughline/storage'
import { createTestWorld, type TestTenant, type TestWorld } from '@throughline/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit, readSeals, sealAudit, verifyChain } from './index.ts'

let world: TestWorld
let storage: Storage
let owner: pg.Client
let acme: TestTenant
let globex: TestTenant

beforeAll(async () => {
  world = await createTestWorld()
  storage = createStorage(world.config.storage)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  owner = new pg.Client({ connectionString: world.ownerUrl })
  await owner.connect()
  await owner.query('alter table audit_entries no force row level security')
})
afterAll(async () => {
  await owner?.end()
  await world?.close()
})

const write = (ctx: Ctx) =>
  ctx.db.transaction(async () => audit(ctx, { action: 'deal.updated', subject: 'deal', subjectId: null }))
const verify = async ({ id }: { id: string }) =>
  verifyChain(world.database.platform, id, await readSeals(world.database.platform, storage))

it('the end of a chain is missed also when the list of seals was cut with it', async () => {
  for (const tenant of [acme, globex]) for (let n = 0; n < 3; n++) await write(tenant.ctx('owner'))
  await sealAudit(world.database.platform, storage, new Date())
  await owner.query('delete from audit_entries where tenant_id = $1 and seq = 3', [acme.id])
  await owner.query('delete from audit_seals')
  expect(await verify(acme)).toMatchObject({
    intact: false,
    broken: { seq: '3', reason: expect.stringContaining('gone') },
  })
  expect(await verify(globex)).toMatchObject({ intact: true, checkedSeals: 1 })
})

it('a seal that is on the list and gone from storage is told, for every chain', async () => {
  await sealAudit(world.database.platform, storage, new Date())
  const [{ key } = { key: '' }] = await world.database.platform.query<{ key: string }>(
    sql`select storage_key as key from audit_seals`,
  )
  await storage.delete(key)
  for (const id of [globex.id, platformScope])
    expect(await verify({ id })).toMatchObject({
      intact: false,
      broken: { seq: '0', reason: expect.stringContaining(key) },
    })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestWorld, type TestTenant, type TestWorld } from '../../testing/src/index.ts'
import { createDatabase, type Database, type ReadDb, sql } from './index.ts'
import { caughtUp } from './replica.ts'

let world: TestWorld
let acme: TestTenant
let globex: TestTenant
let database: Database
const heard: string[] = []
const log = { error: (_details: object, message: string) => void heard.push(message) }

const withReadUrl = (readUrl: string | undefined) =>
  createDatabase({ database: { ...world.config.database, readUrl } }, log)
const application = async (db: ReadDb) =>
  (await db.queryOne<{ name: string }>(sql`select current_setting('application_name') as name`))?.name

beforeAll(async () => {
  world = await createTestWorld()
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  database = withReadUrl(world.config.database.tenantUrl)
})
afterAll(async () => {
  await database?.close()
  await world?.close()
})

describe('with DATABASE_READ_URL', () => {
  it('asks the replica, on a connection that is bound to the tenant like any other', async () => {
    const there = database.tenant(globex.id).replica
    const names = sql`select name from tenants`
    expect(await application(there)).toBe('throughline-replica')
    expect(await there.query(names)).toEqual([{ name: 'Globex' }])
    expect(await database.tenant(acme.id).replica.query(names)).toEqual([{ name: 'Acme' }])
    expect(await application(database.tenant(acme.id))).toBe('throughline-tenant')
  })

  it('takes the replica for what must know every write when it has replayed them all', async () => {
    expect(await application(await database.tenant(acme.id).caughtUpReplica())).toBe('throughline-replica')
  })

  it('takes the primary while the replica is behind', async () => {
    const primary = database.tenant(acme.id)
    const behind: ReadDb = {
      ...primary,
      // What a standby says that has not replayed so far.
      queryOne: <Row extends object>() => primary.queryOne<Row>(sql`select false as ready`),
    }
    expect(await application(await caughtUp(primary, behind, log))).toBe('throughline-tenant')
  })

  it('takes the primary when the replica does not answer, and says so', async () => {
    const nowhere = withReadUrl('postgresql://nobody@127.0.0.1:1/nothing')
    expect(await application(await nowhere.tenant(acme.id).caughtUpReplica())).toBe('throughline-tenant')
    expect(heard).toContain('the replica does not answer')
    await nowhere.close()
  })
})

it('without DATABASE_READ_URL everything is asked of the primary, with no question more', async () => {
  const alone = withReadUrl(undefined)
  const db = alone.tenant(acme.id)
  expect(await application(db.replica)).toBe('throughline-tenant')
  expect(await db.caughtUpReplica()).toBe(db.replica)
  expect(alone.poolStatistics().replica).toEqual({ total: 0, idle: 0, waiting: 0 })
  await alone.close()
})

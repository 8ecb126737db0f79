// Each belt on its own, over every table and model that there is: made from the catalog, so that what is added next
// year is held to it too.
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestWorld,
  fillTenantTables,
  readTenantRows,
  type TenantTable,
  type TestWorld,
  tenantChecksums,
} from '../../testing/src/index.ts'
import { PrismaClient } from './generated/client.ts'
import { ScopedPool } from './scoped-pool.ts'
import { sql } from './sql.ts'
import { extensionOnly, makeAttempts, readsOf, writesOf } from './testing/attempts.ts'
import { delegateOf, type Firms, type Model, readModels, twoFilledFirms } from './testing/tenant-models.ts'

/** Far fewer, and the catalog was not read. */
const fewestModels = 20

const changeRights = (model: Model) => ({
  insert: model.table.insertable ? 'policy' : 'no right',
  move: model.mayMove ? 'policy' : 'no right',
})

describe('row-level security alone, under a Prisma client without the extension', () => {
  let world: TestWorld
  let firms: Firms
  let models: Model[]
  let pool: ScopedPool
  let bare: PrismaClient

  beforeAll(async () => {
    world = await createTestWorld()
    firms = await twoFilledFirms(world)
    models = await readModels(world)
    const { tenantUrl, binding } = world.config.database
    pool = new ScopedPool({ connectionString: tenantUrl, binding, max: 2, connectionTimeoutMillis: 5_000 })
    bare = new PrismaClient({ adapter: new PrismaPg(pool) })
  })
  afterAll(async () => {
    await bare?.$disconnect()
    await pool?.end()
    await world?.close()
  })

  it('shows nothing of another firm and lets nothing of it be changed, model by model', async () => {
    const { acme, globex } = firms
    const before = await tenantChecksums(world.database.platform, acme.id)
    const { made, wrong } = await pool.runAs(globex.id, () =>
      makeAttempts(world, models, firms, bare, (model, rows) => [
        ...readsOf(model, rows),
        ...writesOf(model, rows, changeRights(model)),
      ]),
    )
    expect(wrong).toEqual([])
    expect(models.length).toBeGreaterThan(fewestModels)
    expect(made).toBe(models.length * 17)
    expect(await tenantChecksums(world.database.platform, acme.id)).toEqual(before)
  })
})

describe('with row-level security switched off', () => {
  let world: TestWorld
  let firms: Firms
  let models: Model[]
  let owner: pg.Client

  beforeAll(async () => {
    world = await createTestWorld()
    firms = await twoFilledFirms(world)
    models = await readModels(world)
    owner = new pg.Client({ connectionString: world.ownerUrl })
    await owner.connect()
    for (const { table } of models)
      await owner.query(`alter table "${table.name}" disable row level security, no force row level security`)
  })
  afterAll(async () => {
    await owner?.end()
    await world?.close()
  })

  it('raw SQL of one firm sees the rows of all: the belt is off', async () => {
    const { db } = firms.globex.systemCtx()
    for (const { table } of models)
      expect((await readTenantRows(db, table, firms.acme.id)).length, table.name).toBeGreaterThan(0)
  })

  it('the tenant client stays in its firm, in every top-level operation of every model', async () => {
    const { acme, globex } = firms
    const before = await tenantChecksums(world.database.platform, acme.id)
    const scoped = { insert: 'another tenant', move: 'another tenant' }
    const { prisma } = globex.systemCtx().db
    const { made, wrong } = await makeAttempts(world, models, firms, prisma, (model, rows) => [
      ...readsOf(model, rows),
      ...writesOf(model, rows, scoped),
      ...extensionOnly(model, rows),
    ])
    expect(wrong).toEqual([])
    expect(made).toBe(models.length * 23)
    expect(await tenantChecksums(world.database.platform, acme.id)).toEqual(before)
  })

  it('deletes everything of its own firm when it is asked to delete everything', async () => {
    const { acme, globex } = firms
    const { platform } = world.database
    const before = await tenantChecksums(platform, acme.id)
    // What tenant work may not delete keeps what it refers to: here the deal, and with it most of the deal desk.
    await platform.execute(sql`delete from allocations where tenant_id = ${globex.id}::uuid`)
    await platform.execute(sql`delete from deal_summaries where tenant_id = ${globex.id}::uuid`)
    const { db } = globex.systemCtx()
    const wrong: string[] = []
    const undone = db.transaction(async () => {
      for (const model of childrenFirst(models.filter(({ table }) => table.deletable))) {
        const own = await readTenantRows(db, model.table, globex.id)
        const gone = await delegateOf(db.prisma, model).deleteMany?.()
        const left = await readTenantRows(db, model.table, acme.id)
        if (JSON.stringify(gone) !== JSON.stringify({ count: own.length }) || left.length === 0) wrong.push(model.name)
      }
      throw new Error('all of this is undone')
    })
    await expect(undone).rejects.toThrow('all of this is undone')
    await fillTenantTables(platform, globex.id, 'of Globex')
    expect(wrong).toEqual([])
    expect(await tenantChecksums(platform, acme.id)).toEqual(before)
  })

  it('no foreign key takes a reference to a row of another firm', async () => {
    const { platform } = world.database
    const { acme, globex } = firms
    const tables = new Map(models.map(({ table }) => [table.name, table]))
    const keys = models.flatMap(({ table }) => table.foreignKeys.map((key) => ({ table, key })))
    // That a row is of a firm at all is no reference to a row of one.
    const between = keys.filter(({ key }) => key.table !== 'tenants')
    expect(between.length).toBeGreaterThanOrEqual(9)
    for (const { table, key } of between) {
      const target = tables.get(key.table)
      const [theirs] = target ? await readTenantRows(platform, target, acme.id) : []
      const pointing = key.columns
        .map((column, index) => [column, theirs?.[key.references[index] ?? '']] as const)
        .filter(([column]) => column !== table.tenantColumn)
      expect(pointing.length, key.name).toBeGreaterThan(0)
      expect(await refusalOf(table, globex.id, pointing), key.name).toEqual(`${foreignKeyViolation} ${key.name}`)
      expect(await refusalOf(table, globex.id, [[table.tenantColumn, acme.id]]), `${key.name}, moved`).toContain(
        foreignKeyViolation,
      )
    }
  })

  /** Changes the rows of a firm as the tables' owner, whom nothing but the schema holds, and takes it back. */
  async function refusalOf(table: TenantTable, tenantId: string, changes: readonly (readonly [string, unknown])[]) {
    const assignments = changes.map(([column], index) => `"${column}" = $${index + 2}`).join(', ')
    await owner.query('begin')
    try {
      await owner.query(`update "${table.name}" set ${assignments} where "${table.tenantColumn}" = $1`, [
        tenantId,
        ...changes.map(([, value]) => value),
      ])
      return 'taken'
    } catch (error) {
      if (error instanceof pg.DatabaseError) return `${error.code} ${error.constraint}`
      throw error
    } finally {
      await owner.query('rollback')
    }
  }
})

const foreignKeyViolation = '23503'

/** Those that are referred to come after those that refer to them. */
function childrenFirst(models: readonly Model[]): Model[] {
  const left = [...models]
  const ordered: Model[] = []
  while (left.length > 0) {
    const index = left.findIndex(
      ({ table }) =>
        !left.some((other) => other.table !== table && other.table.foreignKeys.some((key) => key.table === table.name)),
    )
    ordered.push(...left.splice(Math.max(index, 0), 1))
  }
  return ordered
}

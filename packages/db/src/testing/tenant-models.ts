// Every model of a tenant's beside the table under it, and what is tried on each of them.
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import {
  fillTenantTables,
  readTenantRows,
  readTenantTables,
  type TenantTable,
  type TestTenant,
  type TestWorld,
} from '../../../testing/src/index.ts'

type Row = Record<string, unknown>
type Delegate = Record<string, (args?: object) => Promise<unknown>>

const dataModel = z.object({
  models: z.record(
    z.string(),
    z.object({ dbName: z.string(), fields: z.array(z.object({ name: z.string(), dbName: z.string().optional() })) }),
  ),
})

/** A model of Prisma's with the table under it. */
export interface Model {
  name: string
  table: TenantTable
  /** The field that names the tenant. */
  tenant: string
  keyOf(row: Row): Row
  /** A field that tenant work may change, where there is any. */
  changeable: string
  mayUpdate: boolean
  mayMove: boolean
}

export async function readModels(world: TestWorld): Promise<Model[]> {
  const { platform } = world.database
  const { models } = dataModel.parse(Reflect.get(platform.prisma, '_runtimeDataModel'))
  const tables = await readTenantTables(platform)
  return tables.map((table) => {
    const [name, model] = Object.entries(models).find(([, { dbName }]) => dbName === table.name) ?? []
    if (!name || !model) throw new Error(`${table.name} has no model`)
    const fieldOf = (column: string) =>
      model.fields.find((field) => (field.dbName ?? field.name) === column)?.name ?? column
    const key = table.primaryKey.map(fieldOf)
    const plain = table.columns.filter(
      ({ nullable, type, name: column }) =>
        !nullable && !type.startsWith('json') && !table.primaryKey.includes(column) && column !== table.tenantColumn,
    )
    const changeable = plain.find(({ updatable }) => updatable) ?? plain[0]
    if (!changeable) throw new Error(`${table.name} has nothing to change`)
    return {
      name: `${name.charAt(0).toLowerCase()}${name.slice(1)}`,
      table,
      tenant: fieldOf(table.tenantColumn),
      keyOf: (row) => {
        const values = Object.fromEntries(key.map((field) => [field, row[field]]))
        return key.length > 1 ? { [key.join('_')]: values } : values
      },
      changeable: fieldOf(changeable.name),
      mayUpdate: changeable.updatable,
      mayMove: table.columns.some(({ name: column, updatable }) => column === table.tenantColumn && updatable),
    }
  })
}

export const delegateOf = (client: object, { name }: Model) => Reflect.get(client, name) as Delegate

/** What an operation gave, or why it was refused, in one word. */
async function outcomeOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    const value = await work()
    return value !== null && typeof value === 'object' && 'count' in value ? value.count : value
  } catch (error) {
    const text = String(error)
    const known = Object.entries(refusals).find(([, pattern]) => pattern.test(text))
    return known ? known[0] : text
  }
}
const refusals = {
  'no right': /permission denied/,
  'no such row': /P2025|No record was found|not found|No .* found/,
  policy: /row-level security/,
  'another tenant': /TenantScopeError|another tenant|change its tenant/,
}

export interface Firms {
  acme: TestTenant
  globex: TestTenant
}

/** Two firms with a row in every table. */
export async function twoFilledFirms(world: TestWorld): Promise<Firms> {
  const firms = { acme: await world.tenant('Acme'), globex: await world.tenant('Globex') }
  for (const firm of Object.values(firms)) await fillTenantTables(world.database.platform, firm.id, `of ${firm.name}`)
  return firms
}

/** One row of each firm, as Prisma reads it. */
interface Rows {
  theirs: Row
  own: Row
  /** How many the own firm has. */
  count: number
}

async function rowsOf(world: TestWorld, model: Model, { acme, globex }: Firms): Promise<Rows> {
  const [theirs, own] = await Promise.all(
    [acme, globex].map(
      async ({ id }) =>
        (await delegateOf(world.database.platform.prisma, model).findFirst?.({ where: { [model.tenant]: id } })) as Row,
    ),
  )
  if (!theirs || !own) throw new Error(`${model.table.name} is empty`)
  const { length: count } = await readTenantRows(world.database.platform, model.table, globex.id)
  return { theirs, own, count }
}

const fresh = (row: Row): Row => ('id' in row ? { ...row, id: randomUUID() } : row)

export interface Attempt {
  name: string
  work: (delegate: Delegate) => Promise<unknown> | undefined
  expected: unknown
}

/** Makes every attempt on every model. @returns how many there were, and those that ended otherwise than they should */
export async function makeAttempts(
  world: TestWorld,
  models: Model[],
  firms: Firms,
  client: object,
  attemptsOf: (model: Model, rows: Rows) => Attempt[],
) {
  const wrong: string[] = []
  let made = 0
  for (const model of models)
    for (const { name, work, expected } of attemptsOf(model, await rowsOf(world, model, firms))) {
      const outcome = await outcomeOf(async () => work(delegateOf(client, model)))
      made += 1
      if (JSON.stringify(outcome) !== JSON.stringify(expected))
        wrong.push(`${model.name}.${name}: ${JSON.stringify(outcome)?.slice(0, 300)} instead of ${expected}`)
    }
  return { made, wrong }
}

/** Reads that every client must answer with rows of its own tenant only. */
export const readsOf = ({ tenant, keyOf }: Model, { theirs, own }: Rows): Attempt[] => {
  const foreign = { [tenant]: theirs[tenant] }
  const tenantsOf = (rows: unknown) => [...new Set((rows as Row[]).map((row) => row[tenant]))]
  return [
    { name: 'findMany', work: async (d) => tenantsOf(await d.findMany?.()), expected: [own[tenant]] },
    { name: 'findMany of another', work: (d) => d.findMany?.({ where: foreign }), expected: [] },
    { name: 'findFirst of another', work: (d) => d.findFirst?.({ where: foreign }), expected: null },
    { name: 'findUnique of another', work: (d) => d.findUnique?.({ where: keyOf(theirs) }), expected: null },
    {
      name: 'findUniqueOrThrow of another',
      work: (d) => d.findUniqueOrThrow?.({ where: keyOf(theirs) }),
      expected: 'no such row',
    },
    { name: 'count of another', work: (d) => d.count?.({ where: foreign }), expected: 0 },
    {
      name: 'groupBy',
      work: async (d) => tenantsOf(await d.groupBy?.({ by: [tenant], _count: true })),
      expected: [own[tenant]],
    },
    {
      name: 'aggregate of another',
      work: (d) => d.aggregate?.({ _count: { _all: true }, where: foreign }),
      expected: { _count: { _all: 0 } },
    },
  ]
}

/** Writes that name another tenant's row. `insert` and `move`: what stops a row that says it is another tenant's. */
export function writesOf(
  { tenant, keyOf, changeable, mayUpdate, table }: Model,
  { theirs, own }: Rows,
  { insert, move }: { insert: string; move: string },
): Attempt[] {
  const foreign = { [tenant]: theirs[tenant] }
  const data = { [changeable]: theirs[changeable] }
  const updated = (otherwise: unknown) => (mayUpdate ? otherwise : 'no right')
  const deleted = (otherwise: unknown) => (table.deletable ? otherwise : 'no right')
  return [
    { name: 'updateMany of another', work: (d) => d.updateMany?.({ where: foreign, data }), expected: updated(0) },
    {
      name: 'updateManyAndReturn of another',
      work: (d) => d.updateManyAndReturn?.({ where: foreign, data }),
      expected: updated([]),
    },
    {
      name: 'update of another',
      work: (d) => d.update?.({ where: keyOf(theirs), data }),
      expected: updated('no such row'),
    },
    { name: 'update into another', work: (d) => d.update?.({ where: keyOf(own), data: foreign }), expected: move },
    { name: 'updateMany into another', work: (d) => d.updateMany?.({ data: foreign }), expected: move },
    { name: 'deleteMany of another', work: (d) => d.deleteMany?.({ where: foreign }), expected: deleted(0) },
    { name: 'delete of another', work: (d) => d.delete?.({ where: keyOf(theirs) }), expected: deleted('no such row') },
    { name: 'create for another', work: (d) => d.create?.({ data: fresh(theirs) }), expected: insert },
    { name: 'createMany for another', work: (d) => d.createMany?.({ data: [fresh(theirs)] }), expected: insert },
  ]
}

/** What only the extension can tell apart from work of one's own. */
export function extensionOnly(
  { tenant, keyOf, changeable, mayUpdate }: Model,
  { theirs, own, count }: Rows,
): Attempt[] {
  const mine = { [changeable]: own[changeable] }
  const upsert = { where: keyOf(theirs), create: fresh(own), update: {} }
  return [
    { name: 'count', work: (d) => d.count?.(), expected: count },
    {
      name: 'findFirstOrThrow of another',
      work: (d) => d.findFirstOrThrow?.({ where: { [tenant]: theirs[tenant] } }),
      expected: 'no such row',
    },
    { name: 'updateMany', work: (d) => d.updateMany?.({ data: mine }), expected: mayUpdate ? count : 'no right' },
    {
      name: 'createManyAndReturn for another',
      work: (d) => d.createManyAndReturn?.({ data: [fresh(theirs)] }),
      expected: 'another tenant',
    },
    {
      name: 'upsert for another',
      work: (d) => d.upsert?.({ ...upsert, create: fresh(theirs) }),
      expected: 'another tenant',
    },
    {
      name: 'upsert into another',
      work: (d) => d.upsert?.({ ...upsert, update: { [tenant]: theirs[tenant] } }),
      expected: 'another tenant',
    },
  ]
}

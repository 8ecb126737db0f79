// Every model of a tenant's beside the table under it, and two firms that have a row in each.
import * as z from 'zod'
import {
  fillTenantTables,
  readTenantRows,
  readTenantTables,
  type TenantTable,
  type TestTenant,
  type TestWorld,
} from '../../../testing/src/index.ts'

export type Row = Record<string, unknown>
export type Delegate = Record<string, (args?: object) => Promise<unknown>>

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
    const settable = table.columns.filter(
      ({ nullable, type, name: column }) => !nullable && !type.startsWith('json') && column !== table.tenantColumn,
    )
    const beside = settable.filter(({ name: column }) => !table.primaryKey.includes(column))
    // A table of nothing but its key has only that to change.
    const plain = beside.length > 0 ? beside : settable
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
export interface Rows {
  theirs: Row
  own: Row
  /** How many the own firm has. */
  count: number
}

export async function rowsOf(world: TestWorld, model: Model, { acme, globex }: Firms): Promise<Rows> {
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

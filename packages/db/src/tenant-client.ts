// Belt three: the tenant is added to every top-level read and write, whatever the caller says. Extensions do not
// see nested writes and includes; the schema (belt one) and row-level security (belt two) hold those.
import { Prisma, type PrismaClient } from './generated/client.ts'
import { type ScopedPool, TenantScopeError } from './scoped-pool.ts'

type Arguments = Record<string, unknown>

const isObject = (value: unknown): value is Arguments =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** The field that names the tenant: the tenant's own row is told by its id. Nothing for what belongs to no tenant. */
function tenantFieldOf(model: string): 'tenantId' | 'id' | undefined {
  if (model === Prisma.ModelName.Tenant) return 'id'
  const fields: unknown = Reflect.get(Prisma, `${model}ScalarFieldEnum`)
  return isObject(fields) && 'tenantId' in fields ? 'tenantId' : undefined
}

/** `{ tenantId_id: { tenantId, id } }` as plain fields, which is what findFirst takes. */
const withoutCompoundKeys = (where: Arguments): Arguments =>
  Object.fromEntries(
    Object.entries(where).flatMap(([key, value]) =>
      key.includes('_') && isObject(value) ? Object.entries(value) : [[key, value]],
    ),
  )

/** `{ tenantId: … }`, or `{ id: … }` for the tenant itself. */
type Owner = Arguments

function ownedBy(owner: Owner, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((row) => ownedBy(owner, row))
  if (!isObject(data)) return data
  if (namesAnother(owner, data)) throw new TenantScopeError('the data names another tenant than the client')
  return { ...data, ...owner }
}

const namesAnother = (owner: Owner, data: Arguments): boolean =>
  Object.entries(owner).some(([field, tenantId]) => field in data && data[field] !== tenantId)

/** Refuses to move a row to another tenant; says nothing when the tenant is not mentioned. */
function keepsTenant(owner: Owner, data: unknown): unknown {
  if (isObject(data) && namesAnother(owner, data)) throw new TenantScopeError('a row cannot change its tenant')
  return data
}

/** Beside what the caller named, never in its place: another tenant's key must find nothing, not one's own row. */
const uniquely = (owner: Owner, where: Arguments): Arguments => ({ ...where, AND: [owner, where.AND ?? []].flat() })

function narrowed(owner: Owner, operation: string, args: Arguments): Arguments {
  const where = isObject(args.where) ? args.where : {}
  switch (operation) {
    case 'create':
    case 'createMany':
    case 'createManyAndReturn':
      return { ...args, data: ownedBy(owner, args.data) }
    case 'upsert':
      return {
        ...args,
        where: uniquely(owner, where),
        create: ownedBy(owner, args.create),
        update: keepsTenant(owner, args.update),
      }
    case 'update':
      return { ...args, where: uniquely(owner, where), data: keepsTenant(owner, args.data) }
    case 'delete':
      return { ...args, where: uniquely(owner, where) }
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...args, where: { AND: [owner, where] }, data: keepsTenant(owner, args.data) }
    default:
      return { ...args, where: { AND: [owner, where] } }
  }
}

/** Prisma merges findUnique calls of one tick into one statement, also across tenants: findFirst is not merged. */
const uniqueReads: Record<string, 'findFirst' | 'findFirstOrThrow'> = {
  findUnique: 'findFirst',
  findUniqueOrThrow: 'findFirstOrThrow',
}

const delegateOf = (client: PrismaClient, model: string) => {
  const delegate: unknown = Reflect.get(client, `${model.charAt(0).toLowerCase()}${model.slice(1)}`)
  return delegate as Record<'findFirst' | 'findFirstOrThrow', (args: Arguments) => Promise<unknown>>
}

/** A Prisma client that can only work for this tenant. Cheap: made once a tenant and kept. */
export function createTenantClient(base: PrismaClient, pool: ScopedPool, tenantId: string) {
  return base.$extends({
    name: 'tenant',
    query: {
      // Queries are lazy: without the `await` inside, they would run after the scope has closed.
      $allOperations: ({ model, operation, args, query }) =>
        pool.runAs(tenantId, async () => {
          const field = model && tenantFieldOf(model)
          if (!field) return await query(args)
          const owner = { [field]: tenantId }
          const given = isObject(args) ? args : {}
          const read = uniqueReads[operation]
          if (!read) return await query(narrowed(owner, operation, given))
          const where = isObject(given.where) ? withoutCompoundKeys(given.where) : {}
          return await delegateOf(base, model)[read](narrowed(owner, read, { ...given, where }))
        }),
    },
  })
}

/** Without the ways around `db.transaction`, which alone keeps the tenant and the transaction together. */
export type TenantPrisma = Omit<
  ReturnType<typeof createTenantClient>,
  '$transaction' | '$extends' | '$connect' | '$disconnect' | '$queryRawUnsafe' | '$executeRawUnsafe'
>

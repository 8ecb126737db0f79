// Belt three: the tenant is added to every top-level read and write, whatever the caller says. Extensions do not
// see nested writes and includes; the schema (belt one) and row-level security (belt two) hold those.
import { Prisma, type PrismaClient } from './generated/client.ts'
import { type ScopedPool, TenantScopeError } from './scoped-pool.ts'

type Arguments = Record<string, unknown>

const isObject = (value: unknown): value is Arguments =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const hasTenant = (model: string): boolean => {
  const fields: unknown = Reflect.get(Prisma, `${model}ScalarFieldEnum`)
  return isObject(fields) && 'tenantId' in fields
}

/** `{ tenantId_id: { tenantId, id } }` as plain fields, which is what findFirst takes. */
const withoutCompoundKeys = (where: Arguments): Arguments =>
  Object.fromEntries(
    Object.entries(where).flatMap(([key, value]) =>
      key.includes('_') && isObject(value) ? Object.entries(value) : [[key, value]],
    ),
  )

function ownedBy(tenantId: string, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((row) => ownedBy(tenantId, row))
  if (!isObject(data)) return data
  if ('tenantId' in data && data.tenantId !== tenantId)
    throw new TenantScopeError('the data names another tenant than the client')
  return { ...data, tenantId }
}

/** Refuses to move a row to another tenant; says nothing when the tenant is not mentioned. */
function keepsTenant(tenantId: string, data: unknown): unknown {
  if (isObject(data) && 'tenantId' in data && data.tenantId !== tenantId)
    throw new TenantScopeError('a row cannot change its tenant')
  return data
}

function narrowed(tenantId: string, operation: string, args: Arguments): Arguments {
  const where = isObject(args.where) ? args.where : {}
  switch (operation) {
    case 'create':
    case 'createMany':
    case 'createManyAndReturn':
      return { ...args, data: ownedBy(tenantId, args.data) }
    case 'upsert':
      return {
        ...args,
        where: { ...where, tenantId },
        create: ownedBy(tenantId, args.create),
        update: keepsTenant(tenantId, args.update),
      }
    case 'update':
      return { ...args, where: { ...where, tenantId }, data: keepsTenant(tenantId, args.data) }
    case 'delete':
      return { ...args, where: { ...where, tenantId } }
    case 'updateMany':
    case 'updateManyAndReturn':
      return { ...args, where: { AND: [{ tenantId }, where] }, data: keepsTenant(tenantId, args.data) }
    default:
      return { ...args, where: { AND: [{ tenantId }, where] } }
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
          if (!model || !hasTenant(model)) return await query(args)
          const given = isObject(args) ? args : {}
          const read = uniqueReads[operation]
          if (!read) return await query(narrowed(tenantId, operation, given))
          const where = isObject(given.where) ? withoutCompoundKeys(given.where) : {}
          return await delegateOf(base, model)[read](narrowed(tenantId, read, { ...given, where }))
        }),
    },
  })
}

/** Without the ways around `db.transaction`, which alone keeps the tenant and the transaction together. */
export type TenantPrisma = Omit<
  ReturnType<typeof createTenantClient>,
  '$transaction' | '$extends' | '$connect' | '$disconnect' | '$queryRawUnsafe' | '$executeRawUnsafe'
>

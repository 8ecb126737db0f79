import { type PlatformRole, permissionsOf, type Role, type SessionUser, type TenantRole } from '@throughline/contracts'
import { type PlatformDb, sql } from '@throughline/db'

export interface UserRow {
  id: string
  email: string
  name: string
  passwordHash: string
  platformRole: PlatformRole | null
  disabled: boolean
  tenantId: string | null
  tenantRole: TenantRole | null
  tenantActive: boolean | null
}

const userColumns = sql`u.id, u.email, u.name, u.password_hash as "passwordHash", lower(u.platform_role::text) as "platformRole",
  u.disabled_at is not null as disabled, m.tenant_id as "tenantId", lower(m.role::text) as "tenantRole",
  t.status = 'ACTIVE' as "tenantActive"`
const withMembership = sql`left join members m on m.id = u.id left join tenants t on t.id = m.tenant_id`

/** The user of an e-mail address with the firm they work in. Compares in lower case. */
export const findUserByEmail = (db: PlatformDb, email: string): Promise<UserRow | undefined> =>
  db.queryOne<UserRow>(sql`select ${userColumns} from users u ${withMembership}
    where u.email = ${email.toLowerCase()} order by m.created_at limit 1`)

/** The user with their place in one firm, or on the platform when `tenantId` is null. */
export const findUser = (db: PlatformDb, userId: string, tenantId: string | null): Promise<UserRow | undefined> =>
  db.queryOne<UserRow>(sql`select ${userColumns} from users u
    left join members m on m.id = u.id and m.tenant_id = ${tenantId}::uuid left join tenants t on t.id = m.tenant_id
    where u.id = ${userId}::uuid`)

interface Described {
  id: string
  email: string
  name: string
  platformRole: PlatformRole | null
  tenantRole: TenantRole | null
  tenant: SessionUser['tenant']
}

/** What a portal shows of the person who is signed in; nothing when they are gone or disabled. */
export async function describeUser(
  db: PlatformDb,
  userId: string,
  tenantId: string | null,
): Promise<SessionUser | undefined> {
  const row = await db.queryOne<Described>(sql`
    select u.id, u.email, u.name, lower(u.platform_role::text) as "platformRole", lower(m.role::text) as "tenantRole",
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name, 'slug', t.slug,
        'timezone', t.timezone, 'currency', t.currency) end as tenant
    from users u left join members m on m.id = u.id and m.tenant_id = ${tenantId}::uuid left join tenants t on t.id = m.tenant_id
    where u.id = ${userId}::uuid and u.disabled_at is null`)
  const role: Role | null = row ? (tenantId === null ? row.platformRole : row.tenantRole) : null
  if (!row || !role) return undefined
  const { id, email, name, tenant } = row
  return { id, email, name, role, tenant, permissions: [...permissionsOf[role]] }
}

import { type PlatformRole, permissionsOf, type Role, type SessionUser, type TenantRole } from '@throughline/contracts'
import { instantOf, type PlatformDb, sql } from '@throughline/db'

export interface UserRow {
  id: string
  email: string
  name: string
  passwordHash: string
  /** Does not move when the same password is hashed anew. */
  passwordChangedAt: Date
  verified: boolean
  platformRole: PlatformRole | null
  disabled: boolean
  tenantId: string | null
  tenantRole: TenantRole | null
  /** The firm is active and the person is not put out of it. */
  tenantOpen: boolean | null
  tenantSuspended: boolean | null
}

const userColumns = sql`u.id, u.email, u.name, u.password_hash as "passwordHash", u.password_changed_at as "passwordChangedAt", u.email_verified_at is not null as verified,
  lower(u.platform_role::text) as "platformRole", u.disabled_at is not null as disabled, m.tenant_id as "tenantId",
  lower(m.role::text) as "tenantRole", t.status = 'ACTIVE' and m.disabled_at is null as "tenantOpen",
  t.status = 'SUSPENDED' as "tenantSuspended"`

/** The user of an e-mail address with the firm they work in: the one they used last, of those that are open to them. */
export const findUserByEmail = (db: PlatformDb, email: string): Promise<UserRow | undefined> =>
  db.queryOne<UserRow>(sql`select ${userColumns} from users u
    left join members m on m.id = u.id left join tenants t on t.id = m.tenant_id
    where u.email = ${email.toLowerCase()}
    order by (t.status = 'ACTIVE' and m.disabled_at is null) desc nulls last,
      (select max(s.created_at) from sessions s where s.user_id = u.id and s.tenant_id = m.tenant_id and s.impersonator_id is null)
        desc nulls last, m.created_at
    limit 1`)

/** The user with their place in one firm, or on the platform when `tenantId` is null. */
export const findUser = (db: PlatformDb, userId: string, tenantId: string | null): Promise<UserRow | undefined> =>
  db.queryOne<UserRow>(sql`select ${userColumns} from users u
    left join members m on m.id = u.id and m.tenant_id = ${tenantId}::uuid left join tenants t on t.id = m.tenant_id
    where u.id = ${userId}::uuid`)

/**
 * Holds the user, their membership and the firm as they are until the transaction ends: whoever disables, demotes or
 * suspends comes before or after the session that is being opened, and then ends it.
 */
export const holdUser = (db: PlatformDb, userId: string, tenantId: string | null): Promise<number> =>
  tenantId === null
    ? db.execute(sql`select 1 from users where id = ${userId}::uuid for share`)
    : db.execute(sql`select 1 from users u join members m on m.id = u.id join tenants t on t.id = m.tenant_id
        where u.id = ${userId}::uuid and t.id = ${tenantId}::uuid for share of u, m, t`)

/** Waits for sessions that are being opened, and keeps new ones waiting: whoever ends all of them then sees all. */
export const keepSessionsWaiting = (db: PlatformDb, userId: string): Promise<number> =>
  db.execute(sql`select 1 from users where id = ${userId}::uuid for no key update`)

interface Described {
  id: string
  email: string
  name: string
  platformRole: PlatformRole | null
  tenantRole: TenantRole | null
  tenant: SessionUser['tenant']
  mustEnrol: boolean
  impersonation: SessionUser['impersonation']
  firms: SessionUser['firms']
}

/** What a portal shows of the person who is signed in; nothing when they are gone or disabled. */
export async function describeUser(
  db: PlatformDb,
  { userId, tenantId, sessionId }: { userId: string; tenantId: string | null; sessionId: string },
): Promise<SessionUser | undefined> {
  const row = await db.queryOne<Described>(sql`
    select u.id, u.email, u.name, lower(u.platform_role::text) as "platformRole", lower(m.role::text) as "tenantRole",
      case when t.id is not null then json_build_object('id', t.id, 'name', t.name, 'slug', t.slug,
        'timezone', t.timezone, 'currency', t.currency) end as tenant,
      coalesce(t.require_second_factor, false) and s.impersonator_id is null
        and not exists (select 1 from second_factors f where f.user_id = u.id and f.confirmed_at is not null) as "mustEnrol",
      case when s.impersonator_id is not null then json_build_object('by', i.name, 'reason', s.impersonation_reason,
        'endsAt', ${instantOf(sql`s.ends_at`)}) end as impersonation,
      coalesce((select json_agg(json_build_object('id', ft.id, 'name', ft.name) order by ft.name)
        from members fm join tenants ft on ft.id = fm.tenant_id
        where fm.id = u.id and fm.disabled_at is null and ft.status = 'ACTIVE' and s.impersonator_id is null
          and ${tenantId}::uuid is not null), '[]'::json) as firms
    from users u left join members m on m.id = u.id and m.tenant_id = ${tenantId}::uuid left join tenants t on t.id = m.tenant_id
      left join sessions s on s.id = ${sessionId}::uuid left join users i on i.id = s.impersonator_id
    where u.id = ${userId}::uuid and u.disabled_at is null`)
  const role: Role | null = row ? (tenantId === null ? row.platformRole : row.tenantRole) : null
  if (!row || !role) return undefined
  const { platformRole: _platformRole, tenantRole: _tenantRole, ...user } = row
  return { ...user, role, permissions: [...permissionsOf[role]] }
}

export const storePasswordHash = (db: PlatformDb, userId: string, hash: string): Promise<number> =>
  db.execute(sql`update users set password_hash = ${hash}, password_changed_at = now(), updated_at = now()
    where id = ${userId}::uuid`)

/** The same password, hashed at today's cost. */
export const replaceHash = (db: PlatformDb, userId: string, before: string, after: string): Promise<number> =>
  db.execute(sql`update users set password_hash = ${after} where id = ${userId}::uuid and password_hash = ${before}`)

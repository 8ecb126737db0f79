// What a superadmin sees across tenants. Reads only, by the platform's own role.
import type { AdminJobView, AdminTenantView, AdminUserView, JobState } from '@throughline/contracts'
import { empty, likePattern, type PlatformDb, type Sql, sql } from '@throughline/db'

export interface AdminTenantRow extends Omit<AdminTenantView, 'createdAt'> {
  createdAt: Date
}

const tenantsWithCounts = sql`
    select t.id, t.name, t.slug, t.status, t.timezone, t.currency, t.created_at as "createdAt",
      (select count(*)::int from members m where m.tenant_id = t.id) as members,
      (select count(*)::int from deals d where d.tenant_id = t.id) as deals,
      (select count(*)::int from activities a where a.tenant_id = t.id) as activities
    from tenants t`

export const readTenants = (db: PlatformDb, after: Sql, limit: number) =>
  db.query<AdminTenantRow>(sql`${tenantsWithCounts} where true ${after} order by t.id limit ${limit}`)

export const readTenant = (db: PlatformDb, tenantId: string) =>
  db.queryOne<AdminTenantRow>(sql`${tenantsWithCounts} where t.id = ${tenantId}::uuid`)

/** @returns whether it was in another state before */
export const storeTenantStatus = async (
  db: PlatformDb,
  tenantId: string,
  status: AdminTenantView['status'],
): Promise<boolean> =>
  (await db.execute(sql`update tenants set status = ${status}::"TenantStatus", updated_at = now()
    where id = ${tenantId}::uuid and status <> ${status}::"TenantStatus"`)) === 1

/** Superadmins who are let in, held as they are until the transaction ends. */
export const holdSuperadmins = async (db: PlatformDb): Promise<string[]> =>
  (
    await db.query<{ id: string }>(sql`select id from users where platform_role = 'SUPER_ADMIN' and disabled_at is null
      order by id for no key update`)
  ).map(({ id }) => id)

/** @returns whether that changed anything */
export const storeUserDisabled = async (db: PlatformDb, userId: string, disabled: boolean): Promise<boolean> =>
  (await db.execute(sql`update users set disabled_at = case when ${disabled} then now() end, updated_at = now()
    where id = ${userId}::uuid and (disabled_at is not null) <> ${disabled}`)) === 1

export type AdminUserRow = Omit<AdminUserView, 'createdAt' | 'lastUsedAt' | 'disabledAt'> &
  Record<'createdAt' | 'lastUsedAt' | 'disabledAt', Date | null>

const usersWithPlaces = sql`
    select u.id, u.email, u.name, lower(u.platform_role::text) as "platformRole", u.disabled_at as "disabledAt",
      u.created_at as "createdAt", (select max(s.last_used_at) from sessions s where s.user_id = u.id) as "lastUsedAt",
      coalesce((select json_agg(json_build_object('tenantId', t.id, 'tenantName', t.name, 'role', lower(m.role::text)) order by t.name)
        from members m join tenants t on t.id = m.tenant_id where m.id = u.id), '[]'::json) as memberships
    from users u`

export const readUsers = (db: PlatformDb, q: string | undefined, after: Sql, limit: number) =>
  db.query<AdminUserRow>(sql`${usersWithPlaces}
    where true ${q ? sql`and (u.name ilike ${likePattern(q)} or u.email ilike ${likePattern(q)})` : empty} ${after}
    order by u.id limit ${limit}`)

export const readUser = (db: PlatformDb, userId: string) =>
  db.queryOne<AdminUserRow>(sql`${usersWithPlaces} where u.id = ${userId}::uuid`)

export interface AdminJobRow extends Omit<AdminJobView, 'createdAt' | 'startedAt' | 'finishedAt'> {
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

export interface JobFilter {
  state?: JobState
  tenantId?: string
}

export const readJobs = (db: PlatformDb, { state, tenantId }: JobFilter, after: Sql, limit: number) =>
  db.query<AdminJobRow>(sql`
    select j.id, j.tenant_id as "tenantId", coalesce(t.name, 'Throughline') as "tenantName", j.name, j.queue, j.state::text as state, j.attempt, j.failures,
      j.max_attempts as "maxAttempts", j.progress, j.result, j.error, j.request_id as "requestId",
      j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt"
    from jobs j left join tenants t on t.id = j.tenant_id
    where true ${state ? sql`and j.state = ${state}::"JobState"` : empty}
      ${tenantId ? sql`and j.tenant_id = ${tenantId}::uuid` : empty} ${after}
    order by j.id desc limit ${limit}`)

export const tenantExists = async (db: PlatformDb, tenantId: string): Promise<boolean> =>
  (await db.queryOne(sql`select 1 as one from tenants where id = ${tenantId}::uuid`)) !== undefined

export interface BackgroundState {
  /** Age of the oldest row that the relay has not handed on. */
  outboxAgeSeconds: number | null
  outboxRows: number
  lastReconcile: Date | null
  deadLetters: number
}

export async function readBackgroundState(db: PlatformDb): Promise<BackgroundState> {
  const row = await db.queryOne<BackgroundState>(sql`
    select (select extract(epoch from now() - min(created_at))::int from outbox) as "outboxAgeSeconds",
      (select count(*)::int from outbox) as "outboxRows",
      (select last_success_at from schedule_runs where name = 'reconcile-jobs') as "lastReconcile",
      (select count(*)::int from jobs where state = 'DEAD') as "deadLetters"`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}

import type { TenantRole } from '@throughline/contracts'
import { type Db, sql, type TenantDb } from '@throughline/db'

export interface MemberRow {
  id: string
  name: string
  email: string
  role: TenantRole
  disabledAt: Date | null
  version: number
}

export interface MemberWithSecurity extends MemberRow {
  secondFactor: boolean
  lastUsedAt: Date | null
}

const columns = sql`m.id, m.name, m.email, lower(m.role::text) as role, m.disabled_at as "disabledAt", m.version`

/** Everybody who works in the firm, by name. A firm has tens of members, so there are no pages. */
export const readMembers = (db: Db, tenantId: string): Promise<MemberWithSecurity[]> =>
  db.query<MemberWithSecurity>(sql`select ${columns}, s.second_factor as "secondFactor", s.last_used_at as "lastUsedAt"
    from members m join member_security() s on s.member_id = m.id
    where m.tenant_id = ${tenantId}::uuid order by m.name, m.id`)

/** Owners are locked with the member, so that two owners cannot put each other out at the same time. */
export async function lockMember(
  db: Db,
  tenantId: string,
  memberId: string,
): Promise<{ member: MemberRow | undefined; owners: number }> {
  const rows = await db.query<MemberRow>(sql`select ${columns} from members m
    where m.tenant_id = ${tenantId}::uuid and (m.id = ${memberId}::uuid or (m.role = 'OWNER' and m.disabled_at is null))
    order by m.id for update`)
  return {
    member: rows.find(({ id }) => id === memberId),
    owners: rows.filter(({ role, disabledAt }) => role === 'owner' && disabledAt === null).length,
  }
}

export const storeMember = (
  db: Db,
  tenantId: string,
  { id, role, disabled }: { id: string; role: TenantRole; disabled: boolean },
): Promise<number> =>
  db.execute(sql`update members set role = ${role.toUpperCase()}::"TenantRole",
      disabled_at = case when ${disabled} then coalesce(disabled_at, now()) end, version = version + 1, updated_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`)

/** Ends this member's sessions in this firm, by a door of the database that opens nothing else. @returns which */
export const endMemberSessions = async (db: Db, memberId: string): Promise<string[]> =>
  (await db.query<{ id: string }>(sql`select end_member_sessions(${memberId}::uuid) as id`)).map(({ id }) => id)

/** Ends the sessions of everybody in this firm who has no second factor. @returns which */
export const endSessionsWithoutSecondFactor = async (db: Db): Promise<string[]> =>
  (await db.query<{ id: string }>(sql`select end_sessions_without_second_factor() as id`)).map(({ id }) => id)

/** Whether there is such a member of the firm who may still come in. */
export const isActiveMember = async (db: TenantDb, memberId: string): Promise<boolean> =>
  (await db.queryOne(
    sql`select 1 as one from members where tenant_id = ${db.tenantId}::uuid and id = ${memberId}::uuid and disabled_at is null`,
  )) !== undefined

export const isMemberAddress = async (db: Db, tenantId: string, email: string): Promise<boolean> =>
  (await db.queryOne(
    sql`select 1 as one from members where tenant_id = ${tenantId}::uuid and email = ${email.toLowerCase()}`,
  )) !== undefined

import type { PlatformRole } from '@throughline/contracts'
import { type Db, sql } from '@throughline/db'

export interface Recipient {
  id: string
  email: string
  name: string
  platformRole: PlatformRole | null
  disabled: boolean
}

export const readRecipient = (db: Db, userId: string): Promise<Recipient | undefined> =>
  db.queryOne<Recipient>(sql`select id, email, name, lower(platform_role::text) as "platformRole",
    disabled_at is not null as disabled from users where id = ${userId}::uuid`)

export interface OpenInvitation {
  email: string
  role: string
  tenantName: string
  invitedBy: string | null
}

/** An invitation that can still be accepted. */
export const readOpenInvitation = (
  db: Db,
  tenantId: string,
  invitationId: string,
): Promise<OpenInvitation | undefined> =>
  db.queryOne<OpenInvitation>(sql`select i.email, lower(i.role::text) as role, t.name as "tenantName", m.name as "invitedBy"
    from invitations i join tenants t on t.id = i.tenant_id left join members m on m.tenant_id = i.tenant_id and m.id = i.invited_by_id
    where i.tenant_id = ${tenantId}::uuid and i.id = ${invitationId}::uuid
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > now() and t.status = 'ACTIVE'`)

/** Owners and administrators of a firm, who hear of what went wrong in it. */
export const readAdministrators = (db: Db, tenantId: string): Promise<{ id: string; email: string; name: string }[]> =>
  db.query(sql`select id, email, name from members where tenant_id = ${tenantId}::uuid and role in ('OWNER', 'ADMIN')
    and disabled_at is null order by id`)

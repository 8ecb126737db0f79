import type { InvitationView, TenantRole } from '@throughline/contracts'
import { type Db, sql } from '@throughline/db'

const openDays = 7

export interface InvitationRow {
  id: string
  email: string
  role: TenantRole
  invitedBy: string | null
  createdAt: Date
  expiresAt: Date
  state: InvitationView['state']
}

const columns = sql`i.id, i.email, lower(i.role::text) as role, m.name as "invitedBy", i.created_at as "createdAt",
  i.expires_at as "expiresAt", case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
    when i.expires_at <= now() then 'expired' else 'open' end as state`
const withInviter = sql`left join members m on m.tenant_id = i.tenant_id and m.id = i.invited_by_id`

/** Newest first; a firm has tens, of which the last hundred are shown. */
export const readInvitations = (db: Db, tenantId: string): Promise<InvitationRow[]> =>
  db.query<InvitationRow>(sql`select ${columns} from invitations i ${withInviter}
    where i.tenant_id = ${tenantId}::uuid order by i.id desc limit 100`)

export const readInvitation = (db: Db, tenantId: string, invitationId: string): Promise<InvitationRow | undefined> =>
  db.queryOne<InvitationRow>(sql`select ${columns} from invitations i ${withInviter}
    where i.tenant_id = ${tenantId}::uuid and i.id = ${invitationId}::uuid for update of i`)

/** An earlier open one to the same address is called off: there is one open invitation per address. */
export async function insertInvitation(
  db: Db,
  tenantId: string,
  { email, role, invitedById }: { email: string; role: TenantRole; invitedById: string | null },
): Promise<string> {
  await db.execute(sql`update invitations set revoked_at = now()
    where tenant_id = ${tenantId}::uuid and email = ${email} and accepted_at is null and revoked_at is null`)
  const row = await db.queryOne<{
    id: string
  }>(sql`insert into invitations (tenant_id, id, email, role, invited_by_id, expires_at)
    values (${tenantId}::uuid, uuidv7(), ${email}, ${role.toUpperCase()}::"TenantRole", ${invitedById}::uuid,
      now() + ${`${openDays} days`}::interval)
    on conflict (tenant_id, email) where accepted_at is null and revoked_at is null do nothing returning id`)
  if (row) return row.id
  // Somebody invited the same person at the same moment; theirs stands.
  const other = await db.queryOne<{ id: string }>(sql`select id from invitations
    where tenant_id = ${tenantId}::uuid and email = ${email} and accepted_at is null and revoked_at is null`)
  if (!other) throw new Error('an invitation is neither there nor could it be made')
  return other.id
}

export const extendInvitation = (db: Db, tenantId: string, invitationId: string): Promise<number> =>
  db.execute(sql`update invitations set expires_at = now() + ${`${openDays} days`}::interval
    where tenant_id = ${tenantId}::uuid and id = ${invitationId}::uuid`)

export const revokeInvitationRow = (db: Db, tenantId: string, invitationId: string): Promise<number> =>
  db.execute(sql`update invitations set revoked_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${invitationId}::uuid`)

/** @returns whether it was open until now */
export const markAccepted = async (db: Db, tenantId: string, invitationId: string): Promise<boolean> =>
  (await db.execute(sql`update invitations set accepted_at = now() where tenant_id = ${tenantId}::uuid
    and id = ${invitationId}::uuid and accepted_at is null and revoked_at is null and expires_at > now()`)) === 1

export interface InvitedTo {
  tenantId: string
  tenantName: string
  email: string
  role: TenantRole
  hasAccount: boolean
}

/** What an invitation offers, while it is open and its firm is active. By the platform: nobody is in the firm yet. */
export const readOffer = (db: Db, tenantId: string, invitationId: string): Promise<InvitedTo | undefined> =>
  db.queryOne<InvitedTo>(sql`select i.tenant_id as "tenantId", t.name as "tenantName", i.email, lower(i.role::text) as role,
      exists (select 1 from users u where u.email = i.email) as "hasAccount"
    from invitations i join tenants t on t.id = i.tenant_id
    where i.tenant_id = ${tenantId}::uuid and i.id = ${invitationId}::uuid and t.status = 'ACTIVE'
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`)

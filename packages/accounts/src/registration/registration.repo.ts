import { type Db, sql } from '@throughline/db'

export interface NewUser {
  email: string
  name: string
  passwordHash: string
  verified: boolean
}

/** @returns the id; nothing when the address is taken */
export const insertUser = async (
  db: Db,
  { email, name, passwordHash, verified }: NewUser,
): Promise<string | undefined> =>
  (
    await db.queryOne<{ id: string }>(sql`insert into users (id, email, name, password_hash, email_verified_at)
      values (uuidv7(), ${email.toLowerCase()}, ${name}, ${passwordHash}, case when ${verified} then now() end)
      on conflict (email) do nothing returning id`)
  )?.id

/** A firm by a name that several may have: its slug is made unique. */
export async function insertTenant(db: Db, name: string): Promise<string> {
  const base =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'firm'
  const row = await db.queryOne<{ id: string }>(sql`insert into tenants (id, name, slug)
    select t.id, ${name}, ${base} || '-' || right(t.id::text, 6) from (select uuidv7() as id) t returning id`)
  if (!row) throw new Error('a firm was not inserted')
  return row.id
}

export interface NewMember {
  tenantId: string
  userId: string
  email: string
  name: string
  role: string
}

/** @returns whether they were not there before */
export const insertMember = async (db: Db, { tenantId, userId, email, name, role }: NewMember): Promise<boolean> =>
  (await db.execute(sql`insert into members (tenant_id, id, email, name, role)
    values (${tenantId}::uuid, ${userId}::uuid, ${email.toLowerCase()}, ${name}, ${role.toUpperCase()}::"TenantRole")
    on conflict do nothing`)) === 1

export const markVerified = (db: Db, userId: string): Promise<number> =>
  db.execute(sql`update users set email_verified_at = coalesce(email_verified_at, now()), updated_at = now()
    where id = ${userId}::uuid`)

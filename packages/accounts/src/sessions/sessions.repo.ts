import { createHash, randomBytes } from 'node:crypto'
import { type Db, sql } from '@throughline/db'

/** How long a session lives without being used. */
export const refreshDays = 7
/** Two tabs, or an answer that got lost: the direct parent is taken once more for this long. */
const graceSeconds = 10

/** Opaque: 256 random bits. Stored only as its hash. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url')
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

export interface NewSession {
  userId: string
  tenantId: string | null
  portal: string
  userAgent: string | null
  address: string | null
}

export async function insertSession(db: Db, session: NewSession, token: string): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    with s as (
      insert into sessions (id, user_id, tenant_id, portal, user_agent, address, expires_at)
      values (uuidv7(), ${session.userId}::uuid, ${session.tenantId}::uuid, ${session.portal.toUpperCase()}::"Portal",
        ${session.userAgent}, ${session.address}, now() + ${`${refreshDays} days`}::interval)
      returning id, expires_at
    ), t as (
      insert into refresh_tokens (id, session_id, token_hash, expires_at)
      select uuidv7(), id, ${hashOf(token)}, expires_at from s
    )
    select id from s`)
  if (!row) throw new Error('a session was not inserted')
  return row.id
}

export interface UsedToken {
  id: string
  sessionId: string
  userId: string
  tenantId: string | null
  portal: string
}

const tokenColumns = sql`t.id, s.id as "sessionId", s.user_id as "userId", s.tenant_id as "tenantId", lower(s.portal::text) as portal`

/** Uses a refresh token up. Of parallel calls one gets it, and the others nothing. */
export const useToken = (db: Db, token: string): Promise<UsedToken | undefined> =>
  db.queryOne<UsedToken>(sql`
    update refresh_tokens t set used_at = now() from sessions s
    where t.token_hash = ${hashOf(token)} and t.used_at is null and t.expires_at > now()
      and s.id = t.session_id and s.revoked_at is null
    returning ${tokenColumns}`)

/**
 * A token that was used a moment ago and whose successor has not been used: the same person again.
 * Only the direct parent: once the successor is used, an older one can only be a copy.
 */
export const findTokenInGrace = (db: Db, token: string): Promise<UsedToken | undefined> =>
  db.queryOne<UsedToken>(sql`
    select ${tokenColumns} from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${hashOf(token)} and t.used_at > now() - ${`${graceSeconds} seconds`}::interval
      and s.revoked_at is null
      and not exists (select 1 from refresh_tokens c where c.parent_id = t.id and c.used_at is not null)`)

/** Whose token this was, whatever has become of it. */
export const findSpentToken = (db: Db, token: string): Promise<(UsedToken & { revoked: boolean }) | undefined> =>
  db.queryOne<UsedToken & { revoked: boolean }>(sql`
    select ${tokenColumns}, s.revoked_at is not null as revoked from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${hashOf(token)} and t.used_at is not null`)

/** A lost answer is made good once; more than one spare successor would be a crowd of valid tokens. */
const maxSuccessors = 2

/** Makes parallel callers with one token wait for each other, so that the next question sees what the others did. */
export const lockToken = (db: Db, token: string): Promise<number> =>
  db.execute(sql`select 1 from refresh_tokens where token_hash = ${hashOf(token)} for update`)

/** Whether a used token may have another successor. */
export async function hasSpareSuccessor(db: Db, tokenId: string): Promise<boolean> {
  const row = await db.queryOne<{ n: number }>(
    sql`select count(*)::int as n from refresh_tokens where parent_id = ${tokenId}::uuid`,
  )
  return (row?.n ?? 0) < maxSuccessors
}

export const insertSuccessor = (db: Db, parent: UsedToken, token: string): Promise<number> =>
  db.execute(sql`
    with s as (
      update sessions set last_used_at = now(), expires_at = now() + ${`${refreshDays} days`}::interval
      where id = ${parent.sessionId}::uuid returning id, expires_at
    )
    insert into refresh_tokens (id, session_id, parent_id, token_hash, expires_at)
    select uuidv7(), id, ${parent.id}::uuid, ${hashOf(token)}, expires_at from s`)

/** @returns whether it was still open */
export const revokeSession = async (db: Db, sessionId: string): Promise<boolean> =>
  (await db.execute(
    sql`update sessions set revoked_at = now() where id = ${sessionId}::uuid and revoked_at is null`,
  )) === 1

/** Sessions that ended since an instant, for nodes that did not hear of it. */
export const readRevokedSince = (db: Db, since: Date): Promise<{ id: string; revokedAt: Date }[]> =>
  db.query(sql`select id, revoked_at as "revokedAt" from sessions where revoked_at >= ${since}`)

import { type Db, sql } from '@throughline/db'
import { hashOf } from '../secrets/index.ts'

/** How long a session lives without being used; `ends_at` (30 days, by the table's default) is its end in any case. */
const idleDays = 7
/** Two tabs, or an answer that got lost: the direct parent is taken once more for this long. */
const graceSeconds = 10

export interface NewSession {
  userId: string
  tenantId: string | null
  portal: string
  userAgent: string | null
  address: string | null
}

export interface NewImpersonation extends NewSession {
  impersonatorId: string
  reason: string
  minutes: number
}

export async function insertSession(db: Db, session: NewSession, token: string): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    with s as (
      insert into sessions (id, user_id, tenant_id, portal, user_agent, address, expires_at)
      values (uuidv7(), ${session.userId}::uuid, ${session.tenantId}::uuid, ${session.portal.toUpperCase()}::"Portal",
        ${session.userAgent}, ${session.address}, now() + ${`${idleDays} days`}::interval)
      returning id, expires_at
    ), t as (
      insert into refresh_tokens (id, session_id, token_hash, expires_at)
      select uuidv7(), id, ${hashOf(token)}, expires_at from s
    )
    select id from s`)
  if (!row) throw new Error('a session was not inserted')
  return row.id
}

/** A session without a refresh token: it ends when its time is over. */
export async function insertImpersonation(db: Db, session: NewImpersonation): Promise<{ id: string; endsAt: Date }> {
  const ends = sql`now() + ${`${session.minutes} minutes`}::interval`
  const row = await db.queryOne<{ id: string; endsAt: Date }>(sql`
    insert into sessions (id, user_id, tenant_id, portal, user_agent, address, impersonator_id, impersonation_reason,
      expires_at, ends_at)
    values (uuidv7(), ${session.userId}::uuid, ${session.tenantId}::uuid, ${session.portal.toUpperCase()}::"Portal",
      ${session.userAgent}, ${session.address}, ${session.impersonatorId}::uuid, ${session.reason}, ${ends}, ${ends})
    returning id, ends_at as "endsAt"`)
  if (!row) throw new Error('a session was not inserted')
  return row
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
      and s.id = t.session_id and s.revoked_at is null and s.ends_at > now()
    returning ${tokenColumns}`)

/**
 * A token that was used a moment ago and whose successor has not been used: the same person again.
 * Only the direct parent: once the successor is used, an older one can only be a copy.
 */
export const findTokenInGrace = (db: Db, token: string): Promise<UsedToken | undefined> =>
  db.queryOne<UsedToken>(sql`
    select ${tokenColumns} from refresh_tokens t join sessions s on s.id = t.session_id
    where t.token_hash = ${hashOf(token)} and t.used_at > now() - ${`${graceSeconds} seconds`}::interval
      and s.revoked_at is null and s.ends_at > now()
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
      update sessions set last_used_at = now(), expires_at = least(ends_at, now() + ${`${idleDays} days`}::interval)
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

/** Ends every open session of a user, but one; also those of whom they act as. @returns which */
export const revokeSessionsOf = async (db: Db, userId: string, except: string | null): Promise<string[]> =>
  (
    await db.query<{ id: string }>(sql`update sessions set revoked_at = now()
      where (user_id = ${userId}::uuid or impersonator_id = ${userId}::uuid) and revoked_at is null
        and id is distinct from ${except}::uuid returning id`)
  ).map(({ id }) => id)

/** Ends every open session in a firm. @returns which */
export const revokeSessionsIn = async (db: Db, tenantId: string): Promise<string[]> =>
  (
    await db.query<{ id: string }>(sql`update sessions set revoked_at = now()
      where tenant_id = ${tenantId}::uuid and revoked_at is null returning id`)
  ).map(({ id }) => id)

export interface SessionRow {
  id: string
  portal: string
  userAgent: string | null
  address: string | null
  createdAt: Date
  lastUsedAt: Date
  impersonated: boolean
}

/** Open sessions of a user, the one used last first. A person has a handful, so there are no pages. */
export const readSessionsOf = (db: Db, userId: string): Promise<SessionRow[]> =>
  db.query<SessionRow>(sql`select id, lower(portal::text) as portal, user_agent as "userAgent", address,
      created_at as "createdAt", last_used_at as "lastUsedAt", impersonator_id is not null as impersonated
    from sessions where user_id = ${userId}::uuid and revoked_at is null and expires_at > now() and ends_at > now()
    order by last_used_at desc, id limit 100`)

/** @returns the firm that it worked in; nothing when it was not an open session of this user */
export const revokeOwnSession = (
  db: Db,
  userId: string,
  sessionId: string,
): Promise<{ tenantId: string | null } | undefined> =>
  db.queryOne(sql`update sessions set revoked_at = now()
    where id = ${sessionId}::uuid and user_id = ${userId}::uuid and revoked_at is null returning tenant_id as "tenantId"`)

export interface ImpersonationRow {
  id: string
  userId: string
  tenantId: string
  impersonatorId: string
  endsAt: Date
}

/** An impersonation that has not ended, by somebody who may still do so. */
export const readImpersonation = (db: Db, sessionId: string): Promise<ImpersonationRow | undefined> =>
  db.queryOne<ImpersonationRow>(sql`select s.id, s.user_id as "userId", s.tenant_id as "tenantId",
      s.impersonator_id as "impersonatorId", s.ends_at as "endsAt" from sessions s join users i on i.id = s.impersonator_id
    where s.id = ${sessionId}::uuid and s.revoked_at is null and s.ends_at > now()
      and i.disabled_at is null and i.platform_role = 'SUPER_ADMIN'`)

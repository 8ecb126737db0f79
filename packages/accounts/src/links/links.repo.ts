// What a link in a mail carries: 256 random bits, stored as a hash, good once.
import { type Db, sql } from '@throughline/db'
import { hashOf, newSecret } from '../secrets/index.ts'

export type LinkPurpose = 'EMAIL_VERIFICATION' | 'PASSWORD_RESET' | 'INVITATION' | 'IMPERSONATION'

export interface LinkTarget {
  userId?: string | null
  tenantId?: string | null
  invitationId?: string | null
  sessionId?: string | null
}

/** Long enough to find the mail, short enough to be useless in somebody's archive. */
const lifeSeconds: Record<LinkPurpose, number> = {
  EMAIL_VERIFICATION: 30 * 60,
  PASSWORD_RESET: 30 * 60,
  INVITATION: 30 * 60,
  // Followed by the browser at once.
  IMPERSONATION: 60,
}

/** Makes a link; an earlier one for the same purpose and person is no longer good. @returns the token, told once */
export async function issueLink(db: Db, purpose: LinkPurpose, target: LinkTarget): Promise<string> {
  const token = newSecret()
  const { userId = null, tenantId = null, invitationId = null, sessionId = null } = target
  await db.execute(sql`
    with earlier as (
      update link_tokens set used_at = now() where purpose = ${purpose}::"LinkPurpose" and used_at is null
        and (user_id = ${userId}::uuid or invitation_id = ${invitationId}::uuid)
    )
    insert into link_tokens (id, purpose, token_hash, user_id, tenant_id, invitation_id, session_id, expires_at)
    values (uuidv7(), ${purpose}::"LinkPurpose", ${hashOf(token)}, ${userId}::uuid, ${tenantId}::uuid, ${invitationId}::uuid,
      ${sessionId}::uuid, now() + ${`${lifeSeconds[purpose]} seconds`}::interval)`)
  return token
}

const targetColumns = sql`user_id as "userId", tenant_id as "tenantId", invitation_id as "invitationId", session_id as "sessionId"`

/** Uses a link up: of parallel calls one gets it. @returns undefined when it was used, has expired or never was */
export const takeLink = (db: Db, purpose: LinkPurpose, token: string): Promise<LinkTarget | undefined> =>
  db.queryOne<LinkTarget>(sql`update link_tokens set used_at = now()
    where token_hash = ${hashOf(token)} and purpose = ${purpose}::"LinkPurpose" and used_at is null and expires_at > now()
    returning ${targetColumns}`)

/** Looks where a link leads without using it up. */
export const readLink = (db: Db, purpose: LinkPurpose, token: string): Promise<LinkTarget | undefined> =>
  db.queryOne<LinkTarget>(sql`select ${targetColumns} from link_tokens
    where token_hash = ${hashOf(token)} and purpose = ${purpose}::"LinkPurpose" and used_at is null and expires_at > now()`)

/** What was asked for before is void: whoever holds such a link must not use it later. */
export const voidLinks = (db: Db, purpose: LinkPurpose, userId: string): Promise<number> =>
  db.execute(sql`update link_tokens set used_at = now()
    where purpose = ${purpose}::"LinkPurpose" and user_id = ${userId}::uuid and used_at is null`)

/** A week after their end nobody asks about links any more. */
export const purgeLinks = (db: Db): Promise<number> =>
  db.execute(sql`delete from link_tokens where expires_at < now() - interval '7 days'`)

import { type Db, sql } from '@throughline/db'

export interface KeyScope {
  /** The nil uuid for staff. */
  tenantId: string
  actorId: string
  key: string
}

export interface StoredAnswer {
  fingerprint: string
  statusCode: number
  headers: Record<string, string>
  body: string
}

const nameOf = ({ tenantId, actorId, key }: KeyScope): string => `${tenantId}/${actorId}/${key}`

/**
 * Takes the key for this transaction and looks for an answer, in one question.
 * @returns null when somebody else holds the key at this moment
 */
export async function takeKey(db: Db, scope: KeyScope): Promise<{ answer: StoredAnswer | undefined } | null> {
  const row = await db.queryOne<{ locked: boolean } & Partial<StoredAnswer>>(sql`
    select l.locked, k.fingerprint, k.status_code as "statusCode", k.headers, k.body
    from (select pg_try_advisory_xact_lock(hashtextextended(${nameOf(scope)}, 0)) as locked) l
    left join idempotency_keys k on k.tenant_id = ${scope.tenantId}::uuid and k.actor_id = ${scope.actorId}::uuid
      and k.key = ${scope.key} and k.expires_at > now()`)
  if (!row?.locked) return null
  const { fingerprint, statusCode, headers, body } = row
  const found = fingerprint && statusCode && headers && body !== undefined && body !== null
  return { answer: found ? { fingerprint, statusCode, headers, body } : undefined }
}

/** @returns whether it was stored; not when another answer was committed between taking the key and now */
export const storeAnswer = async (
  db: Db,
  scope: KeyScope,
  answer: StoredAnswer,
  keepSeconds: number,
): Promise<boolean> =>
  (await db.execute(sql`
    insert into idempotency_keys as k (tenant_id, actor_id, key, fingerprint, status_code, headers, body, expires_at)
    values (${scope.tenantId}::uuid, ${scope.actorId}::uuid, ${scope.key}, ${answer.fingerprint}, ${answer.statusCode},
      ${JSON.stringify(answer.headers)}::jsonb, ${answer.body}, now() + ${`${keepSeconds} seconds`}::interval)
    on conflict (tenant_id, actor_id, key) do update set fingerprint = excluded.fingerprint, status_code = excluded.status_code,
      headers = excluded.headers, body = excluded.body, created_at = now(), expires_at = excluded.expires_at
      where k.expires_at <= now()`)) === 1

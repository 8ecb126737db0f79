import { type CommitBatch, type Db, type Sql, sql, violates } from '@throughline/db'

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

export interface TakenRow extends Partial<StoredAnswer> {
  /** Nobody else holds the key at this moment. */
  locked: boolean
  /** There is an answer, and its time is over. */
  expired: boolean
}

/** Takes the key for the transaction and looks for an answer, in one question. It may travel with the BEGIN. */
export const takeKey = (scope: KeyScope): Sql => sql`
  select l.locked, coalesce(k.expires_at <= now(), false) as expired, k.fingerprint, k.status_code as "statusCode", k.headers, k.body
  from (select pg_try_advisory_xact_lock(hashtextextended(${nameOf(scope)}, 0)) as locked) l
  left join idempotency_keys k on k.tenant_id = ${scope.tenantId}::uuid and k.actor_id = ${scope.actorId}::uuid
    and k.key = ${scope.key}`

/** The answer that `takeKey` has found; null when somebody else holds the key at this moment. */
export async function readTaken(
  db: Db,
  scope: KeyScope,
  row: TakenRow | undefined,
): Promise<{ answer: StoredAnswer | undefined } | null> {
  if (!row?.locked) return null
  const { expired, fingerprint, statusCode, headers, body } = row
  if (expired) await removeAnswer(db, scope)
  const found = !expired && fingerprint && statusCode && headers && body !== undefined && body !== null
  return { answer: found ? { fingerprint, statusCode, headers, body } : undefined }
}

const removeAnswer = (db: Db, { tenantId, actorId, key }: KeyScope): Promise<number> =>
  db.execute(sql`delete from idempotency_keys
    where tenant_id = ${tenantId}::uuid and actor_id = ${actorId}::uuid and key = ${key} and expires_at <= now()`)

interface AnswerToStore {
  scope: KeyScope
  answer: StoredAnswer
  keepSeconds: number
}

const insertAnswer = ({ scope: { tenantId, actorId, key }, answer, keepSeconds }: AnswerToStore): Sql => sql`
  insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, status_code, headers, body, expires_at)
  values (${tenantId}::uuid, ${actorId}::uuid, ${key}, ${answer.fingerprint}, ${answer.statusCode},
    ${JSON.stringify(answer.headers)}::jsonb, ${answer.body}, now() + ${`${keepSeconds} seconds`}::interval)`

/** Before the audit chain (order 1): it locks nothing that others of the firm wait for. */
const answersOfTransaction: CommitBatch<AnswerToStore> = {
  order: 0,
  statements: (answers) => answers.map(insertAnswer),
}

/** The answer is written when the transaction commits; `isAnsweredAlready` tells why it could not be. */
export const storeAnswer = (db: Db, answer: AnswerToStore): void => db.gather(answersOfTransaction, answer)

/** Another answer was committed between reading and taking the key. */
export const isAnsweredAlready = (error: unknown): boolean => violates(error, 'idempotency_keys_pkey')

import type { DeliveryState, ListWebhookMessages } from '@throughline/contracts'
import { type Db, decodeCursor, empty, type PlatformDb, type Sql, sql } from '@throughline/db'
import * as z from 'zod'
import type { Outcome } from './deliveries.rules.ts'

export interface MessageRow {
  id: string
  type: string
  body: string
  state: DeliveryState
  attempts: number
  nextAttemptAt: Date | null
  createdAt: Date
  finishedAt: Date | null
  lastStatus: number | null
  lastError: string | null
}

export interface AttemptRow {
  id: string
  statusCode: number | null
  error: string | null
  durationMs: number
  response: string
  createdAt: Date
}

const columns = sql`m.id, m.type, m.state, m.attempts, m.next_attempt_at as "nextAttemptAt", m.created_at as "createdAt",
  m.finished_at as "finishedAt", t.status_code as "lastStatus", t.error as "lastError"`
const withLastTry = sql`left join lateral (select status_code, error from webhook_attempts a
  where a.tenant_id = m.tenant_id and a.message_id = m.id order by a.id desc limit 1) t on true`

/** Newest first; one more than asked for when there is a next page. */
export function readMessages(
  db: Db,
  tenantId: string,
  { endpointId, state, cursor, limit }: ListWebhookMessages & { endpointId: string },
): Promise<MessageRow[]> {
  const after = cursor ? sql`and m.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  return db.query<MessageRow>(sql`select ${columns} from (
      select * from webhook_messages m where m.tenant_id = ${tenantId}::uuid and m.endpoint_id = ${endpointId}::uuid
        ${state ? sql`and m.state = ${state}::"DeliveryState"` : empty} ${after} order by m.id desc limit ${limit + 1}
    ) m ${withLastTry} order by m.id desc`)
}

interface MessageKey {
  tenantId: string
  endpointId: string
  messageId: string
}
const one = ({ tenantId, endpointId, messageId }: MessageKey): Sql =>
  sql`m.tenant_id = ${tenantId}::uuid and m.endpoint_id = ${endpointId}::uuid and m.id = ${messageId}::uuid`

export const findMessage = (db: Db, key: MessageKey): Promise<MessageRow | undefined> =>
  db.queryOne<MessageRow>(sql`select ${columns}, m.body from webhook_messages m ${withLastTry} where ${one(key)}`)

/** Oldest first; a message is tried ten times, and again after each replay. */
export const readAttempts = (db: Db, tenantId: string, messageId: string): Promise<AttemptRow[]> =>
  db.query<AttemptRow>(sql`select id, status_code as "statusCode", error, duration_ms as "durationMs", response,
      created_at as "createdAt" from webhook_attempts
    where tenant_id = ${tenantId}::uuid and message_id = ${messageId}::uuid order by id limit 100`)

/** A message that tells of no event. @returns its id */
export async function insertMessage(
  db: Db,
  tenantId: string,
  message: { endpointId: string; type: string; body: string },
): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into webhook_messages (tenant_id, id, endpoint_id, type, body, next_attempt_at)
    values (${tenantId}::uuid, uuidv7(), ${message.endpointId}::uuid, ${message.type}, ${message.body}, now()) returning id`)
  if (!row) throw new Error('a message was not written')
  return row.id
}

const anew = sql`state = 'PENDING', attempts = 0, next_attempt_at = now(), finished_at = null`
/** The one that waits already, perhaps for an answer at this moment, is left as it is. */
const ended = sql`m.state <> 'PENDING'`

/** @returns whether there was an ended one */
export const replayMessageRow = async (db: Db, key: MessageKey): Promise<boolean> =>
  (await db.execute(sql`update webhook_messages m set ${anew} where ${one(key)} and ${ended}`)) === 1

/** @returns how many */
export const replayMessageRows = (
  db: Db,
  tenantId: string,
  { endpointId, since, onlyFailed }: { endpointId: string; since: string; onlyFailed: boolean },
): Promise<number> =>
  db.execute(sql`update webhook_messages m set ${anew}
    where m.tenant_id = ${tenantId}::uuid and m.endpoint_id = ${endpointId}::uuid and m.created_at >= ${since}::timestamptz
      and ${onlyFailed ? sql`m.state = 'FAILED'` : ended}`)

/** A message that this process has taken, with what is needed to send it. */
export interface TakenMessage {
  tenantId: string
  id: string
  endpointId: string
  body: string
  /** Tries that were begun or spared, this one included: the fence of what is written afterwards. */
  attempts: number
  url: string
  /** Sealed, newest first. */
  secrets: string[]
}

export interface Room {
  /** How many more this process sends at once, and how many to one endpoint. */
  inAll: number
  perEndpoint: number
  /** Endpoints that this process is sending to, and how many at this moment. */
  busy: readonly { endpointId: string; n: number }[]
  /** For how long nobody else takes what is taken now, milliseconds. */
  leaseMs: number
}

/**
 * Takes messages that are due, first what is due longest, and never more of one endpoint than it has room for. Other
 * processes leave them alone for the lease; when this one dies, they are due again after it.
 */
export const takeDueMessages = (db: PlatformDb, { inAll, perEndpoint, busy, leaseMs }: Room): Promise<TakenMessage[]> =>
  db.query<TakenMessage>(sql`
    with recursive waiting as (
      (select tenant_id, endpoint_id from webhook_messages where state = 'PENDING' order by 1, 2 limit 1)
      union all
      select n.tenant_id, n.endpoint_id from waiting w cross join lateral (
        select m.tenant_id, m.endpoint_id from webhook_messages m
        where m.state = 'PENDING' and (m.tenant_id, m.endpoint_id) > (w.tenant_id, w.endpoint_id) order by 1, 2 limit 1) n
    ), open as (
      select w.tenant_id, w.endpoint_id, ${perEndpoint}::int - coalesce(b.n, 0) as room
      from waiting w
      join webhook_endpoints e on e.tenant_id = w.tenant_id and e.id = w.endpoint_id and e.disabled_at is null
      join tenants f on f.id = w.tenant_id and f.status = 'ACTIVE'
      left join jsonb_to_recordset(${JSON.stringify(busy)}::jsonb) as b("endpointId" uuid, n int) on b."endpointId" = w.endpoint_id
      where coalesce(b.n, 0) < ${perEndpoint}::int
    ), due as (
      select m.tenant_id, m.id from open o cross join lateral (
        select d.tenant_id, d.id, d.next_attempt_at from webhook_messages d
        where d.tenant_id = o.tenant_id and d.endpoint_id = o.endpoint_id and d.state = 'PENDING' and d.next_attempt_at <= now()
        order by d.next_attempt_at limit o.room for update skip locked) m
      order by m.next_attempt_at limit ${inAll}
    )
    update webhook_messages m set attempts = m.attempts + 1, next_attempt_at = now() + ${`${leaseMs} milliseconds`}::interval
    from due, webhook_endpoints e
    where m.tenant_id = due.tenant_id and m.id = due.id and e.tenant_id = m.tenant_id and e.id = m.endpoint_id
    returning m.tenant_id as "tenantId", m.id, m.endpoint_id as "endpointId", m.body, m.attempts, e.url,
      array_remove(array[e.secret, case when e.previous_until > now() then e.previous_secret end], null) as secrets`)

/** The log of a try; nothing when the message was removed meanwhile. */
export const insertAttempt = (db: Db, { tenantId, id }: TakenMessage, outcome: Outcome): Promise<number> =>
  db.execute(sql`insert into webhook_attempts (tenant_id, id, message_id, status_code, error, duration_ms, response)
    select m.tenant_id, uuidv7(), m.id, ${outcome.statusCode}, ${outcome.error}, ${outcome.durationMs}, ${outcome.response}
    from webhook_messages m where m.tenant_id = ${tenantId}::uuid and m.id = ${id}::uuid`)

/** Arrived is arrived, whoever is trying meanwhile. */
export const markDelivered = (db: Db, { tenantId, id }: TakenMessage): Promise<number> =>
  db.execute(sql`update webhook_messages set state = 'DELIVERED', next_attempt_at = null, finished_at = now()
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'PENDING'`)

const held = ({ tenantId, id, attempts }: TakenMessage): Sql =>
  sql`tenant_id = ${tenantId}::uuid and id = ${id}::uuid and state = 'PENDING' and attempts = ${attempts}`

export const markFailed = (db: Db, message: TakenMessage): Promise<number> =>
  db.execute(sql`update webhook_messages set state = 'FAILED', next_attempt_at = null, finished_at = now()
    where ${held(message)}`)

/** @param wait milliseconds, and how many tries it passes over: they count as begun */
export const postpone = (
  db: Db,
  message: TakenMessage,
  { waitMs, spared }: { waitMs: number; spared: number },
): Promise<number> =>
  db.execute(sql`update webhook_messages set next_attempt_at = now() + ${`${waitMs} milliseconds`}::interval,
      attempts = attempts + ${spared}::int
    where ${held(message)}`)

/** Messages that should have been tried a minute ago: more than a few mean that no deliverer is running. */
export async function countOverdue(db: PlatformDb): Promise<number> {
  const row = await db.queryOne<{ n: number }>(sql`select count(*)::int as n from webhook_messages m
    join webhook_endpoints e on e.tenant_id = m.tenant_id and e.id = m.endpoint_id and e.disabled_at is null
    join tenants t on t.id = m.tenant_id and t.status = 'ACTIVE'
    where m.state = 'PENDING' and m.next_attempt_at < now() - interval '1 minute'`)
  return row?.n ?? 0
}

/** @returns how many messages were older than `days`, and are gone with their tries */
export const purgeMessages = (db: PlatformDb, days: number): Promise<number> =>
  db.execute(sql`delete from webhook_messages where created_at < now() - ${`${days} days`}::interval`)

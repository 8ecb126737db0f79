import type { WebhookDisabledReason } from '@throughline/contracts'
import { type CommitBatch, type Db, type Sql, sql } from '@throughline/db'

export interface EndpointRow {
  id: string
  url: string
  description: string
  eventTypes: string[]
  /** Sealed. */
  secret: string
  previousUntil: Date | null
  disabledAt: Date | null
  disabledReason: WebhookDisabledReason | null
  failingSince: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

const columns = sql`id, url, description, event_types as "eventTypes", secret, previous_until as "previousUntil",
  disabled_at as "disabledAt", disabled_reason as "disabledReason", failing_since as "failingSince", version,
  created_at as "createdAt", updated_at as "updatedAt"`
const one = (tenantId: string, id: string): Sql => sql`tenant_id = ${tenantId}::uuid and id = ${id}::uuid`

/** Oldest first; a firm has a handful. */
export const readEndpoints = (db: Db, tenantId: string): Promise<EndpointRow[]> =>
  db.query<EndpointRow>(sql`select ${columns} from webhook_endpoints where tenant_id = ${tenantId}::uuid order by id`)

export const findEndpoint = (db: Db, tenantId: string, id: string): Promise<EndpointRow | undefined> =>
  db.queryOne<EndpointRow>(sql`select ${columns} from webhook_endpoints where ${one(tenantId, id)}`)

/** Lets transactions whose events become messages of this endpoint go on: those refer to its key alone. */
export const lockEndpoint = (db: Db, tenantId: string, id: string): Promise<EndpointRow | undefined> =>
  db.queryOne<EndpointRow>(sql`select ${columns} from webhook_endpoints where ${one(tenantId, id)} for no key update`)

/** Held until the transaction ends, so that two at once do not both find room for one more. */
export const countEndpoints = async (db: Db, tenantId: string): Promise<number> => {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${tenantId}`}, 0))`)
  const row = await db.queryOne<{ n: number }>(
    sql`select count(*)::int as n from webhook_endpoints where tenant_id = ${tenantId}::uuid`,
  )
  return row?.n ?? 0
}

export interface NewEndpoint {
  id: string
  url: string
  description: string
  eventTypes: readonly string[]
  secret: string
  createdById: string | null
}

export const insertEndpoint = (db: Db, tenantId: string, endpoint: NewEndpoint): Promise<number> =>
  db.execute(sql`insert into webhook_endpoints (tenant_id, id, url, description, event_types, secret, created_by_id)
    values (${tenantId}::uuid, ${endpoint.id}::uuid, ${endpoint.url}, ${endpoint.description},
      ${[...endpoint.eventTypes]}::text[], ${endpoint.secret}, ${endpoint.createdById}::uuid)`)

const changed = sql`version = version + 1, updated_at = now()`

export const updateEndpoint = (
  db: Db,
  tenantId: string,
  { id, url, description, eventTypes }: Pick<EndpointRow, 'id' | 'url' | 'description' | 'eventTypes'>,
): Promise<number> =>
  db.execute(sql`update webhook_endpoints set url = ${url}, description = ${description},
    event_types = ${eventTypes}::text[], ${changed} where ${one(tenantId, id)}`)

export const disableEndpoint = (
  db: Db,
  tenantId: string,
  { id, reason }: { id: string; reason: WebhookDisabledReason },
): Promise<number> =>
  db.execute(sql`update webhook_endpoints set disabled_at = now(), disabled_reason = ${reason}, ${changed}
    where ${one(tenantId, id)} and disabled_at is null`)

export const enableEndpoint = (db: Db, tenantId: string, id: string): Promise<number> =>
  db.execute(sql`update webhook_endpoints set disabled_at = null, disabled_reason = null, failing_since = null, ${changed}
    where ${one(tenantId, id)}`)

/** The secret that was signs as well for `overlapHours`; none of a rotation before. */
export const replaceSecret = (
  db: Db,
  tenantId: string,
  { id, secret, overlapHours }: { id: string; secret: string; overlapHours: number },
): Promise<number> =>
  db.execute(sql`update webhook_endpoints set secret = ${secret}, ${changed},
      previous_secret = case when ${overlapHours}::int > 0 then secret end,
      previous_until = case when ${overlapHours}::int > 0 then now() + ${`${overlapHours} hours`}::interval end
    where ${one(tenantId, id)}`)

interface Removal {
  tenantId: string
  id: string
}

/**
 * Last, behind audit (1) and events (2): a transaction with an event holds the tenant's counters when it asks for the
 * key of the endpoint, so whoever takes the key away must hold the counters before.
 */
const removals: CommitBatch<Removal> = {
  order: 3,
  statements: (items) => items.map(({ tenantId, id }) => sql`delete from webhook_endpoints where ${one(tenantId, id)}`),
}

/** With its messages and their tries, as the last statement of the open transaction. */
export const deleteEndpoint = (db: Db, tenantId: string, id: string): void => db.gather(removals, { tenantId, id })

/** @returns whether it was well before */
export const markFailing = async (db: Db, tenantId: string, id: string): Promise<boolean> =>
  (await db.execute(sql`update webhook_endpoints set failing_since = now()
    where ${one(tenantId, id)} and failing_since is null`)) === 1

/** @returns whether it was failing before */
export const markWell = async (db: Db, tenantId: string, id: string): Promise<boolean> =>
  (await db.execute(sql`update webhook_endpoints set failing_since = null
    where ${one(tenantId, id)} and failing_since is not null`)) === 1

/** Gives up an endpoint that took nothing for `days`. @returns whether it did */
export const giveUpFailing = async (
  db: Db,
  tenantId: string,
  { id, days }: { id: string; days: number },
): Promise<boolean> =>
  (await db.execute(sql`update webhook_endpoints set disabled_at = now(), disabled_reason = 'failing', ${changed}
    where ${one(tenantId, id)} and disabled_at is null and failing_since < now() - ${`${days} days`}::interval`)) === 1

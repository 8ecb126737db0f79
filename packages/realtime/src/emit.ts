// Domain events: remembered while the transaction runs, numbered and written as its last statement.
import { type EventData, type EventType, eventCatalogue } from '@throughline/contracts'
import { type Actor, type CommitBatch, type Db, type Sql, sql } from '@throughline/db'

/** The part of a context that an event tells of. */
interface EventContext {
  db: Db
  tenantId: string
  actor: Actor
  requestId: string | null
}

interface Gathered {
  tenantId: string
  event: { type: EventType; data: object; actorId: string | null; requestId: string | null }
}

/** After the audit chain (order 1): every transaction takes the locks of a tenant in the same order. */
const eventsOfTransaction: CommitBatch<Gathered> = {
  order: 2,
  statements: (gathered) =>
    [...Map.groupBy(gathered, ({ tenantId }) => tenantId)].map(([tenantId, items]) =>
      insertEvents(
        tenantId,
        items.map(({ event }) => event),
      ),
    ),
}

/**
 * Announces what the open transaction does. It is written just before the commit, because the tenant's counter is
 * locked from there on (docs/adr/0006).
 * @throws Error outside of a transaction
 */
export function emit<T extends EventType>(ctx: EventContext, type: T, data: EventData<T>): void {
  const { db, tenantId, actor, requestId } = ctx
  db.requireTransaction(`emit ${type}`)
  const event = { type, data: eventCatalogue[type].parse(data), actorId: actor.id, requestId }
  db.gather(eventsOfTransaction, { tenantId, event })
  db.signal('outbox')
}

type Announced = Gathered['event']

/** The usual single event is given as it is; only many are taken apart of one text. */
function given([first, ...others]: readonly Announced[]): Sql {
  if (first && others.length === 0)
    return sql`select 1 as n, ${first.type}::text as type, ${JSON.stringify(first.data)}::jsonb as data,
      ${first.actorId}::uuid as actor_id, ${first.requestId}::text as request_id`
  return sql`select n, e->>'type' as type, e->'data' as data, (e->>'actorId')::uuid as actor_id, e->>'requestId' as request_id
    from jsonb_array_elements(${JSON.stringify([first, ...others])}::jsonb) with ordinality as t(e, n)`
}

/** One statement for all events of a transaction: numbers, rows, and the outbox rows that send them. */
const insertEvents = (tenantId: string, events: readonly Announced[]): Sql => sql`
    with given as (${given(events)}
    ), counter as (
      insert into event_counters as c (tenant_id, last_seq) values (${tenantId}::uuid, ${events.length})
      on conflict (tenant_id) do update set last_seq = c.last_seq + ${events.length}
      returning last_seq - ${events.length} as base
    ), written as (
      insert into events (tenant_id, seq, type, data, actor_id, request_id)
      select ${tenantId}::uuid, base + n, type, data, actor_id, request_id from given, counter
      returning seq
    )
    insert into outbox (tenant_id, id, kind, ref)
    select ${tenantId}::uuid, uuidv7(), 'event', w.seq::text from written w order by w.seq`

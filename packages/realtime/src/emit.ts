// Domain events: remembered while the transaction runs, numbered and written as its last statement.
import { type EventData, type EventType, eventCatalogue } from '@throughline/contracts'
import { type Ctx, type Db, sql } from '@throughline/db'

interface Remembered {
  type: EventType
  data: object
  actorId: string | null
  requestId: string | null
}

/** Events of the transactions that are open now, by the function that will write them. */
const remembered = new WeakMap<object, Remembered[]>()

/**
 * Announces what the open transaction does. It is written just before the commit, because the tenant's counter is
 * locked from there on (docs/adr/0006).
 * @throws Error outside of a transaction
 */
export function emit<T extends EventType>(ctx: Ctx, type: T, data: EventData<T>): void {
  ctx.db.requireTransaction(`emit ${type}`)
  const event = { type, data: eventCatalogue[type].parse(data), actorId: ctx.actor.id, requestId: ctx.requestId }
  const transaction = ctx.db.transactionKey()
  const waiting = remembered.get(transaction)
  if (waiting) {
    waiting.push(event)
    return
  }
  const events = [event as Remembered]
  remembered.set(transaction, events)
  ctx.db.beforeCommit(async () => {
    remembered.delete(transaction)
    await writeEvents(ctx.db, ctx.tenantId, events)
  })
}

/** One statement for all events of a transaction: numbers, rows, and the outbox rows that send them. */
const writeEvents = (db: Db, tenantId: string, events: Remembered[]): Promise<number> =>
  db.execute(sql`
    with given as (
      select ordinality as n, e from jsonb_array_elements(${JSON.stringify(events)}::jsonb) with ordinality as t(e, ordinality)
    ), counter as (
      insert into event_counters as c (tenant_id, last_seq) values (${tenantId}::uuid, ${events.length})
      on conflict (tenant_id) do update set last_seq = c.last_seq + ${events.length}
      returning last_seq - ${events.length} as base
    ), written as (
      insert into events (tenant_id, seq, type, data, actor_id, request_id)
      select ${tenantId}::uuid, base + n, e->>'type', e->'data', (e->>'actorId')::uuid, e->>'requestId' from given, counter
      returning seq
    )
    insert into outbox (tenant_id, id, kind, ref) select ${tenantId}::uuid, uuidv7(), 'event', seq::text from written order by seq`)

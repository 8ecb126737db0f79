// The only SQL for what gateways tell us, and for payments as they see them.
import type { PaymentEventOutcome } from '@throughline/contracts'
import { type Db, sql, type TenantDb } from '@throughline/db'
import type { PaymentFacts } from './payment-events.rules.ts'

export interface EventKey {
  provider: string
  eventId: string
}

export interface NewPaymentEvent extends EventKey {
  type: string
  objectId: string | null
  body: string
}

/** The id of a firm as the database writes it, if there is such a firm. */
export const findTenantId = async (db: Db, tenantId: string): Promise<string | undefined> =>
  (await db.queryOne<{ id: string }>(sql`select id from tenants where id = ${tenantId}::uuid`))?.id

/**
 * Stores an event, or counts one more delivery of it.
 * @returns how often it has come, and whether it says the same as the first time
 */
export async function storeEvent(
  db: Db,
  tenantId: string,
  { provider, eventId, type, objectId, body }: NewPaymentEvent,
): Promise<{ deliveries: number; sameBody: boolean }> {
  const row = await db.queryOne<{ deliveries: number; sameBody: boolean }>(sql`
    insert into payment_events (tenant_id, provider, event_id, type, object_id, body)
    values (${tenantId}::uuid, ${provider}, ${eventId}, ${type}, ${objectId}, ${body})
    on conflict (tenant_id, provider, event_id) do update set deliveries = payment_events.deliveries + 1
    returning deliveries, body = ${body} as "sameBody"`)
  if (!row) throw new Error('a payment event was neither stored nor found')
  return row
}

export interface StoredEvent {
  type: string
  body: string
  outcome: PaymentEventOutcome | null
}

const eventIs = (tenantId: string, { provider, eventId }: EventKey) =>
  sql`tenant_id = ${tenantId}::uuid and provider = ${provider} and event_id = ${eventId}`

/** Holds the event for the rest of the transaction. */
export const lockEvent = (db: TenantDb, key: EventKey): Promise<StoredEvent | undefined> =>
  db.queryOne<StoredEvent>(
    sql`select type, body, outcome from payment_events where ${eventIs(db.tenantId, key)} for update`,
  )

export const writeOutcome = (db: TenantDb, key: EventKey, outcome: PaymentEventOutcome): Promise<number> =>
  db.execute(
    sql`update payment_events set processed_at = now(), outcome = ${outcome} where ${eventIs(db.tenantId, key)}`,
  )

export interface PaymentKey {
  provider: string
  objectId: string
}

/** @returns whether it was new; one that another transaction is about to add is waited for */
export const insertPayment = async (
  db: TenantDb,
  { provider, objectId }: PaymentKey,
  { state, amount, currency, reference }: PaymentFacts,
): Promise<boolean> =>
  (await db.execute(sql`
    insert into gateway_payments (tenant_id, provider, object_id, state, amount, currency, reference)
    values (${db.tenantId}::uuid, ${provider}, ${objectId}, ${state}::"GatewayPaymentState", ${amount}::numeric,
      ${currency}, ${reference})
    on conflict (tenant_id, provider, object_id) do nothing`)) === 1

const paymentIs = (tenantId: string, { provider, objectId }: PaymentKey) =>
  sql`tenant_id = ${tenantId}::uuid and provider = ${provider} and object_id = ${objectId}`

/** Holds the payment for the rest of the transaction. */
export const lockPayment = (db: TenantDb, key: PaymentKey): Promise<PaymentFacts | undefined> =>
  db.queryOne<PaymentFacts>(sql`
    select state::text as state, amount, currency, reference from gateway_payments
    where ${paymentIs(db.tenantId, key)} for update`)

export const advancePayment = (
  db: TenantDb,
  key: PaymentKey,
  { state, reference }: Pick<PaymentFacts, 'state' | 'reference'>,
): Promise<number> =>
  db.execute(sql`
    update gateway_payments set state = ${state}::"GatewayPaymentState", reference = ${reference},
      version = version + 1, updated_at = now()
    where ${paymentIs(db.tenantId, key)}`)

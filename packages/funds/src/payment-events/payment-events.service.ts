// Takes in what a gateway tells us: stored before it is acknowledged, looked at by a worker.
import type { PaymentProvider } from '@throughline/config'
import { AppError, type GatewayEvent, gatewayEvent } from '@throughline/contracts'
import { type PlatformCtx, platformScope, tenantCtx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { applyPaymentEventJob } from './payment-events.jobs.ts'
import { findTenantId, type NewPaymentEvent, storeEvent } from './payment-events.repo.ts'
import { type Delivery, verify } from './signatures.rules.ts'

/** @throws AppError bad_request when it is not UTF-8 and JSON, unprocessable when it is no event */
function readEvent(body: Uint8Array): { text: string; event: GatewayEvent } {
  let text: string
  let content: unknown
  try {
    // Strict, and a byte order mark stays: what is stored is what was signed.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    content = JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', { message: 'The body is not JSON in UTF-8.', cause })
  }
  const parsed = gatewayEvent.safeParse(content)
  if (parsed.success) return { text, event: parsed.data }
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ['body', ...path].join('.'), message }))
  throw new AppError('unprocessable', { message: 'The body is not an event.', details: { issues } })
}

/** Stores the event of a firm together with the job that will look at it. */
function storeForTenant(platform: PlatformCtx, tenantId: string, event: NewPaymentEvent) {
  const { database, actor, requestId, address, traceparent, log, now } = platform
  const ctx = tenantCtx(database, { tenantId, actor, requestId, address, traceparent, log, now })
  return ctx.db.transaction(async () => {
    const stored = await storeEvent(ctx.db, tenantId, event)
    const { provider, eventId } = event
    if (stored.deliveries === 1) await enqueue(ctx, applyPaymentEventJob, { provider, eventId })
    return stored
  })
}

/**
 * Verifies and stores one delivery; when it returns, the event and its job are in the database. A repeated delivery is
 * counted and has no other effect. An event that names no firm of ours is kept under the nil uuid and goes no further.
 * @throws AppError not_found for an unknown provider; unauthenticated for a signature that is missing, wrong or more
 * than 300 s off; bad_request or unprocessable for what is signed and no event
 */
export async function receivePaymentEvent(
  platform: PlatformCtx,
  providers: ReadonlyMap<string, PaymentProvider>,
  { provider, ...delivery }: Delivery & { provider: string },
): Promise<void> {
  const known = providers.get(provider)
  if (!known) throw new AppError('not_found', { message: 'There is no such payment provider.' })
  const { log } = platform
  const verdict = verify(known, delivery, platform.now())
  if (!verdict.genuine) {
    log.warn({ provider, flaw: verdict.flaw, address: platform.address }, 'a payment event was refused')
    // One answer for every flaw: whoever forges learns nothing from it.
    throw new AppError('unauthenticated', { message: 'The signature is missing, wrong or too old.' })
  }
  const { text: body, event } = readEvent(delivery.body)
  const eventId = verdict.eventId ?? event.id
  if (eventId === undefined) throw new AppError('unprocessable', { message: 'The event has no id.' })
  const stored: NewPaymentEvent = { provider, eventId, type: event.type, objectId: event.data.id ?? null, body }

  const named = event.data.metadata?.tenantId
  const tenantId = named && (await findTenantId(platform.db, named))
  if (!tenantId) log.warn({ provider, eventId, named }, 'a payment event names no firm of ours and is only kept')
  const { deliveries, sameBody } = tenantId
    ? await storeForTenant(platform, tenantId, stored)
    : await storeEvent(platform.db, platformScope, stored)
  if (!sameBody) log.warn({ provider, eventId, deliveries }, 'a payment event came again with another body')
}

// What the `util__payment-event` job does: one transaction in which the payment moves, the audit row is written, the
// event says what became of it, and the job is done.
import { audit } from '@throughline/accounts'
import { gatewayPaymentEvent, type PaymentEventOutcome } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { Committed, RunningJob } from '@throughline/jobs'
import { takeBackGatewayPayment, takeGatewayPayment } from '../receipts/index.ts'
import type { ApplyPaymentEventPayload } from './payment-events.jobs.ts'
import {
  advancePayment,
  type EventKey,
  insertPayment,
  lockEvent,
  lockPayment,
  type PaymentKey,
  type StoredEvent,
  writeOutcome,
} from './payment-events.repo.ts'
import { decimalOf, merge, type PaymentFacts, toldBy } from './payment-events.rules.ts'

interface Told {
  payment: PaymentKey
  facts: PaymentFacts
}

/** What an event says of a payment; in words, when it says nothing that can be believed. */
function readTold(provider: string, state: PaymentFacts['state'], body: string): Told | string {
  const parsed = gatewayPaymentEvent.safeParse(JSON.parse(body))
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  const { id: objectId, amount: minorUnits, currency, reference } = parsed.data.data
  const amount = decimalOf(minorUnits, currency)
  if (amount === undefined) return 'the amount cannot be kept exactly'
  return { payment: { provider, objectId }, facts: { state, amount, currency, reference: reference ?? null } }
}

/** Moves the payment. The row is inserted first and locked otherwise: two events of a new payment meet at its key. */
async function applyTold(ctx: Ctx, key: EventKey, { payment, facts }: Told): Promise<PaymentEventOutcome> {
  const entry = { subject: 'gateway_payment', subjectId: null }
  if (await insertPayment(ctx.db, payment, facts)) {
    audit(ctx, { ...entry, action: 'gateway_payment.recorded', after: { ...payment, ...facts, eventId: key.eventId } })
    await settle(ctx, payment, facts)
    return 'applied'
  }
  const known = await lockPayment(ctx.db, payment)
  if (!known) throw new Error('a payment was neither new nor there')
  const merged = merge(known, facts)
  if (merged.outcome === 'refused') warnOfRefusal(ctx, key, merged.because)
  if (merged.outcome !== 'applied') return merged.outcome
  await advancePayment(ctx.db, payment, merged.facts)
  audit(ctx, {
    ...entry,
    action: 'gateway_payment.advanced',
    before: { ...payment, ...known },
    after: { ...payment, ...merged.facts, eventId: key.eventId },
  })
  await settle(ctx, payment, merged.facts)
  return 'applied'
}

/** What a payment means for the funds, in the same transaction. */
async function settle(ctx: Ctx, payment: PaymentKey, facts: PaymentFacts): Promise<void> {
  if (facts.state === 'SUCCEEDED') await takeGatewayPayment(ctx, { ...payment, ...facts })
  if (facts.state === 'REFUNDED') await takeBackGatewayPayment(ctx, payment, 'The gateway has refunded the payment.')
  if (facts.state === 'DISPUTED') await takeBackGatewayPayment(ctx, payment, 'The payer disputes the payment.')
}

const warnOfRefusal = ({ log, tenantId }: Ctx, { provider, eventId }: EventKey, because: string): void =>
  log.warn({ tenantId, provider, eventId, because }, 'a payment event was not applied')

async function applyEvent(ctx: Ctx, key: EventKey, event: StoredEvent): Promise<PaymentEventOutcome> {
  const state = toldBy(event.type)
  if (!state) return 'ignored'
  const told = readTold(key.provider, state, event.body)
  if (typeof told !== 'string') return applyTold(ctx, key, told)
  warnOfRefusal(ctx, key, told)
  return 'refused'
}

/** Applies one stored event, once, however often the job runs. @throws FenceLostError */
export function applyPaymentEvent(job: RunningJob<ApplyPaymentEventPayload>): Promise<Committed> {
  const { ctx, data } = job
  return job.commit(async () => {
    const event = await lockEvent(ctx.db, data)
    if (!event) throw new Error('the payment event of this job is not there')
    if (event.outcome) return { outcome: event.outcome }
    const outcome = await applyEvent(ctx, data, event)
    await writeOutcome(ctx.db, data, outcome)
    return { outcome }
  })
}

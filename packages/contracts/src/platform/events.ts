import * as z from 'zod'
import { id, instant } from '../common.ts'
import { activityStates } from '../content/activities.ts'
import { dealStages } from '../crm/deals.ts'
import { exportStates } from '../crm/exports.ts'
import { importStates } from '../crm/imports.ts'
import { summaryStates } from '../funds/deal-summaries.ts'
import { jobProgress, jobStates } from './jobs.ts'

/**
 * Domain events: kept in `events`, numbered per tenant, caught up after a reconnect. Data is ids and the few
 * facts that a screen needs to decide whether to fetch again.
 */
export const eventCatalogue = {
  'deal.created': z.object({ dealId: id, stage: z.enum(dealStages) }),
  'deal.updated': z.object({ dealId: id, version: z.number() }),
  'deal.moved': z.object({ dealId: id, from: z.enum(dealStages), to: z.enum(dealStages), version: z.number() }),
  'deal.deleted': z.object({ dealId: id }),
  'deal.restored': z.object({ dealId: id, version: z.number() }),
  'deal.purged': z.object({ dealId: id }),
  'company.changed': z.object({ companyId: id }),
  'contact.changed': z.object({ contactId: id }),
  'timeline.changed': z.object({ dealId: id.nullable(), companyId: id.nullable(), contactId: id.nullable() }),
  'pipeline.changed': z.object({}),
  'custom_field.changed': z.object({}),
  'view.changed': z.object({ viewId: id }),
  'lead.received': z.object({ submissionId: id, dealId: id.nullable() }),
  'data_export.changed': z.object({ exportId: id, state: z.enum(exportStates) }),
  'webhook.changed': z.object({ endpointId: id }),
  'deal_import.changed': z.object({ importId: id, state: z.enum(importStates) }),
  // Of the fund desk: heard in the room of the fund only. An id says what to look at again; no amount is in an event.
  'fund.changed': z.object({ fundId: id }),
  // That there is one more, which nobody can be in the room of yet.
  'fund_list.changed': z.object({}),
  'investor.changed': z.object({ investorId: id }),
  'commitment.changed': z.object({ fundId: id, investorId: id }),
  'allocation.changed': z.object({ fundId: id, dealId: id, allocationId: id }),
  'capital_call.changed': z.object({ fundId: id, callId: id, state: z.string(), version: z.number() }),
  'payment.changed': z.object({
    fundId: id,
    investorId: id.nullable(),
    callId: id.nullable(),
    receiptId: id.nullable(),
  }),
  'distribution.changed': z.object({ fundId: id, distributionId: id, state: z.string(), version: z.number() }),
  'ledger.posted': z.object({ fundId: id, entryId: id }),
  'nav.changed': z.object({ fundId: id, asOf: z.string() }),
  'fund_document.changed': z.object({ fundId: id, documentId: id, state: z.string() }),
  'deal_summary.changed': z.object({ dealId: id, summaryId: id, state: z.enum(summaryStates) }),
  'fund_import.changed': z.object({ fundId: id, importId: id, state: z.string() }),
  'reconciliation.changed': z.object({ fundId: id, runId: id.nullable(), breakId: id.nullable() }),
  'activity.changed': z.object({ activityId: id, state: z.enum(activityStates), version: z.number() }),
  'agent:started': z.object({ activityId: id, jobId: id, agent: z.string(), attempt: z.number() }),
  'agent:completed': z.object({ activityId: id, jobId: id, agent: z.string(), version: z.number() }),
  'agent:failed': z.object({ activityId: id, jobId: id, agent: z.string(), message: z.string() }),
  'job.finished': z.object({ jobId: id, name: z.string(), state: z.enum(jobStates) }),
  'settings.updated': z.object({ version: z.number() }),
  'member.changed': z.object({ memberId: id }),
  'invitation.changed': z.object({ invitationId: id }),
  'api_key.changed': z.object({ apiKeyId: id }),
  'notification.created': z.object({ notificationId: id, memberId: id.nullable() }),
} as const
export type EventType = keyof typeof eventCatalogue
export type EventData<T extends EventType> = z.infer<(typeof eventCatalogue)[T]>
export const eventTypes = Object.keys(eventCatalogue) as [EventType, ...EventType[]]

/** Event types that are heard in the room of a fund only: those that name one. */
export const fundEvents: readonly EventType[] = eventTypes.filter((type) => 'fundId' in eventCatalogue[type].shape)
/** What only those hear of, and read by number, who may see funds. */
export const eventsOfFundDesk: readonly EventType[] = [
  ...fundEvents,
  'fund_list.changed',
  'investor.changed',
  'deal_summary.changed',
]

/** So many funds are named in one message: what a page of the list shows. */
export const fundsOfAMessage = 50
/** What a page says to hear of funds (`join`), and no longer (`leave`). */
export const fundRoomsRequest = z.strictObject({ fundIds: z.array(id).min(1).max(fundsOfAMessage) })
/** The answer to `join`: whether the page hears of all of them. */
export const fundRoomsAnswer = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), code: z.enum(['forbidden', 'unavailable']), refused: z.array(id) }),
])
export type FundRoomsAnswer = z.infer<typeof fundRoomsAnswer>

/** Event types that reviewers (room `dm:live`) hear of too, whatever the tenant. */
export const reviewerEvents: readonly EventType[] = ['activity.changed']

/** Passing signals: not kept, not numbered; the state behind them can be read at any time. */
export const liveCatalogue = {
  'job.progress': z.object({ jobId: id, name: z.string(), progress: jobProgress }),
  'agent:progress': z.object({ activityId: id, jobId: id, agent: z.string(), progress: jobProgress }),
} as const
export type LiveType = keyof typeof liveCatalogue
export type LiveData<T extends LiveType> = z.infer<(typeof liveCatalogue)[T]>

export const eventView = z
  .object({ seq: z.number().int(), type: z.enum(eventTypes), data: z.record(z.string(), z.unknown()), at: instant })
  .meta({ id: 'Event' })
export type EventView = z.infer<typeof eventView>
export const liveView = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()), at: instant })
export type LiveView = z.infer<typeof liveView>

export const listEvents = z.strictObject({
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})
export const eventBatch = z
  .object({
    data: z.array(eventView),
    /** The newest number of this tenant; more to fetch when the last of `data` is below it. */
    lastSeq: z.number().int(),
  })
  .meta({ id: 'EventBatch' })

/** What is running at this moment, for a page that has just been loaded. */
export const liveState = z
  .object({
    lastSeq: z.number().int(),
    agents: z.array(
      z.object({ role: z.string(), type: z.string(), data: z.record(z.string(), z.unknown()), at: instant }),
    ),
    jobs: z.array(z.object({ id, name: z.string(), state: z.enum(jobStates), progress: jobProgress.nullable() })),
  })
  .meta({ id: 'LiveState' })
export type LiveState = z.infer<typeof liveState>

/** What a bridge reads from Redis, on `events:{tenantId}`. */
export const publishedMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), tenantId: id, event: eventView }),
  z.object({ kind: z.literal('live'), tenantId: id, live: liveView }),
])
export type PublishedMessage = z.infer<typeof publishedMessage>

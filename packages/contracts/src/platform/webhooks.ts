// Webhooks out (Standard Webhooks): what a firm sets up, what is sent, and what became of it.
import * as z from 'zod'
import { id, instant, pageOf, pageQuery, text, version } from '../common.ts'
import { dealView } from '../crm/deals.ts'
import { type EventType, eventCatalogue } from './events.ts'

/** Events that can be heard of outside; the trigger `events_to_webhooks` writes their messages. */
export const webhookEventTypes = [
  'deal.created',
  'deal.updated',
  'deal.moved',
  'deal.deleted',
  'deal.restored',
  'company.changed',
  'contact.changed',
  'lead.received',
] as const satisfies readonly EventType[]
export type WebhookEventType = (typeof webhookEventTypes)[number]
/** What "send a test" sends. */
export const webhookTestType = 'webhook.test'

/** What a message says of a company and of a contact; what is purged by then is null in its message. */
const webhookCompany = z.object({
  id,
  name: z.string(),
  domain: z.string().nullable(),
  industry: z.string().nullable(),
  size: z.string().nullable(),
  country: z.string().nullable(),
  ownerId: id.nullable(),
  tags: z.array(z.string()),
  version,
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant.nullable(),
})
const webhookContact = z.object({
  id,
  name: z.string(),
  email: z.string().nullable(),
  otherEmails: z.array(z.string()),
  phones: z.array(z.string()),
  title: z.string().nullable(),
  source: z.string().nullable(),
  consent: z.enum(['UNKNOWN', 'GIVEN', 'WITHDRAWN']),
  consentAt: instant.nullable(),
  companyId: id.nullable(),
  ownerId: id.nullable(),
  tags: z.array(z.string()),
  version,
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant.nullable(),
})

/** `data` of every message: the event, and the record as the transaction of the event left it. */
export const webhookData = {
  'deal.created': eventCatalogue['deal.created'].extend({ deal: dealView.nullable() }),
  'deal.updated': eventCatalogue['deal.updated'].extend({ deal: dealView.nullable() }),
  'deal.moved': eventCatalogue['deal.moved'].extend({ deal: dealView.nullable() }),
  'deal.deleted': eventCatalogue['deal.deleted'].extend({ deal: dealView.nullable() }),
  'deal.restored': eventCatalogue['deal.restored'].extend({ deal: dealView.nullable() }),
  'company.changed': eventCatalogue['company.changed'].extend({ company: webhookCompany.nullable() }),
  'contact.changed': eventCatalogue['contact.changed'].extend({ contact: webhookContact.nullable() }),
  'lead.received': eventCatalogue['lead.received'].extend({
    deal: dealView.nullable(),
    lead: z.record(z.string(), z.unknown()),
  }),
} as const satisfies Record<WebhookEventType, z.ZodType>
export const webhookBody = z.object({ type: z.string(), timestamp: instant, data: z.record(z.string(), z.unknown()) })

const url = z.url({ protocol: /^https?$/ }).max(2000)
const eventTypes = z
  .array(z.enum(webhookEventTypes))
  .min(1)
  .max(webhookEventTypes.length)
  .refine((types) => new Set(types).size === types.length, 'must name each type once')

export const createWebhook = z
  .strictObject({ url, description: text(200).default(''), eventTypes })
  .meta({ id: 'CreateWebhook' })
export type CreateWebhook = z.infer<typeof createWebhook>
export const updateWebhook = z
  .strictObject({ url, description: text(200), eventTypes, version })
  .partial()
  .meta({ id: 'UpdateWebhook' })
export type UpdateWebhook = z.infer<typeof updateWebhook>
export const rotateWebhookSecret = z
  .strictObject({
    /** Hours in which the old secret signs as well. */
    overlapHours: z.number().int().min(0).max(168).default(24),
  })
  .meta({ id: 'RotateWebhookSecret' })
export const replayWebhook = z
  .strictObject({ since: instant, onlyFailed: z.boolean().default(true) })
  .meta({ id: 'ReplayWebhook' })
export type ReplayWebhook = z.infer<typeof replayWebhook>
export const webhookReplayed = z.object({ messages: z.number().int() }).meta({ id: 'WebhookReplayed' })

export const webhookTested = z.object({ messageId: id }).meta({ id: 'WebhookTested' })

/** `paused` by a person; `gone` because it answered 410; `failing` because nothing arrived for days. */
export const webhookDisabledReasons = ['paused', 'gone', 'failing'] as const
export type WebhookDisabledReason = (typeof webhookDisabledReasons)[number]

export const webhookView = z
  .object({
    id,
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()),
    state: z.enum(['active', 'failing', 'paused', 'disabled']),
    disabledReason: z.enum(webhookDisabledReasons).nullable(),
    disabledAt: instant.nullable(),
    /** Since when nothing was delivered, while that is so. */
    failingSince: instant.nullable(),
    /** Until then the secret before this one signs as well. */
    previousSecretUntil: instant.nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Webhook' })
export type WebhookView = z.infer<typeof webhookView>
export const webhookList = z.object({ data: z.array(webhookView) }).meta({ id: 'WebhookList' })
/** The only answers that ever hold the secret itself. */
export const webhookWithSecret = z
  .object({ secret: z.string(), webhook: webhookView })
  .meta({ id: 'WebhookWithSecret' })
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>

export const deliveryStates = ['PENDING', 'DELIVERED', 'FAILED'] as const
export type DeliveryState = (typeof deliveryStates)[number]
export const listWebhookMessages = pageQuery.extend({ state: z.enum(deliveryStates).optional() })
export type ListWebhookMessages = z.infer<typeof listWebhookMessages>

export const webhookMessageView = z
  .object({
    /** The `webhook-id`, the same over all tries. */
    id,
    type: z.string(),
    state: z.enum(deliveryStates),
    /** Tries that were begun. */
    /** Of the ten tries of the plan: begun, or passed over because the receiver asked for time. */
    attempts: z.number().int(),
    nextAttemptAt: instant.nullable(),
    /** Of the last try that ended. */
    lastStatus: z.number().int().nullable(),
    lastError: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'WebhookMessage' })
export type WebhookMessageView = z.infer<typeof webhookMessageView>
export const webhookMessagePage = pageOf(webhookMessageView).meta({ id: 'WebhookMessagePage' })

export const webhookAttemptView = z
  .object({
    id,
    statusCode: z.number().int().nullable(),
    /** Why there was no answer, or why it does not count. */
    error: z.string().nullable(),
    durationMs: z.number().int(),
    /** The first 2,000 characters of what came back. */
    response: z.string(),
    at: instant,
  })
  .meta({ id: 'WebhookAttempt' })
export type WebhookAttemptView = z.infer<typeof webhookAttemptView>
export const webhookMessageDetail = webhookMessageView
  .extend({
    /** What is sent, byte for byte. */
    body: z.string(),
    /** Oldest first. */
    tries: z.array(webhookAttemptView),
  })
  .meta({ id: 'WebhookMessageDetail' })
export type WebhookMessageDetail = z.infer<typeof webhookMessageDetail>

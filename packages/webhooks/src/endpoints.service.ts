// Where a firm wants to hear of its events. Every change is audited; the secret is told once and kept sealed.
import { randomUUIDv7 } from 'node:crypto'
import { audit, type Encryption } from '@throughline/accounts'
import {
  AppError,
  type CreateWebhook,
  type UpdateWebhook,
  type WebhookView,
  type WebhookWithSecret,
  webhookTestType,
} from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { checkedUrl, type OutboundPolicy } from '@throughline/outbound'
import { emit } from '@throughline/realtime'
import { newWebhookSecret } from './deliveries.rules.ts'
import {
  countEndpoints,
  deleteEndpoint,
  disableEndpoint,
  type EndpointRow,
  enableEndpoint,
  findEndpoint,
  insertEndpoint,
  lockEndpoint,
  readEndpoints,
  replaceSecret,
  updateEndpoint,
} from './endpoints.repo.ts'
import { insertMessage } from './messages.repo.ts'

const maxEndpoints = 20

export interface WebhookTools {
  encryption: Encryption
  /** Which addresses may be called; the same that the deliverer holds to. */
  outbound: OutboundPolicy
}

/** What a secret is sealed for: it cannot be read as that of another endpoint. */
export const secretOf = (endpointId: string): string => `webhook_endpoint:${endpointId}`

function stateOf({ disabledAt, disabledReason, failingSince }: EndpointRow): WebhookView['state'] {
  if (disabledAt) return disabledReason === 'paused' ? 'paused' : 'disabled'
  return failingSince ? 'failing' : 'active'
}

const toView = (row: EndpointRow, now: Date): WebhookView => ({
  id: row.id,
  url: row.url,
  description: row.description,
  eventTypes: row.eventTypes,
  state: stateOf(row),
  disabledReason: row.disabledReason,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  failingSince: row.failingSince?.toISOString() ?? null,
  previousSecretUntil: row.previousUntil && row.previousUntil > now ? row.previousUntil.toISOString() : null,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

export const listWebhooks = async (ctx: Ctx): Promise<WebhookView[]> =>
  (await readEndpoints(ctx.db, ctx.tenantId)).map((row) => toView(row, ctx.now()))

const missing = () => new AppError('not_found', { message: 'There is no such webhook.' })

/** @throws AppError not_found */
export async function getWebhook(ctx: Ctx, endpointId: string): Promise<WebhookView> {
  const row = await findEndpoint(ctx.db, ctx.tenantId, endpointId)
  if (!row) throw missing()
  return toView(row, ctx.now())
}

/** The endpoint, held for this transaction. @throws AppError not_found */
export async function lockedEndpoint(ctx: Ctx, endpointId: string): Promise<EndpointRow> {
  const row = await lockEndpoint(ctx.db, ctx.tenantId, endpointId)
  if (!row) throw missing()
  return row
}

/** What the log says of an endpoint: never its secret. */
const noted = ({ url, description, eventTypes, disabledReason }: EndpointRow) => ({
  url,
  description,
  eventTypes,
  disabledReason,
})

/** Locks, changes, notes and announces; every change of an endpoint has this shape. */
export const changeEndpoint = (
  ctx: Ctx,
  { endpointId, action }: { endpointId: string; action: string },
  change: (row: EndpointRow) => Promise<unknown>,
): Promise<WebhookView> =>
  ctx.db.transaction(async () => {
    const before = await lockedEndpoint(ctx, endpointId)
    await change(before)
    const after = await lockedEndpoint(ctx, endpointId)
    audit(ctx, { action, subject: 'webhook', subjectId: endpointId, before: noted(before), after: noted(after) })
    emit(ctx, 'webhook.changed', { endpointId })
    return toView(after, ctx.now())
  })

/**
 * @returns the secret, which nobody can read again
 * @throws AppError address_refused for an address that could never be called; conflict when there are too many
 */
export const createWebhook = (
  ctx: Ctx,
  { encryption, outbound }: WebhookTools,
  input: CreateWebhook,
): Promise<WebhookWithSecret> =>
  ctx.db.transaction(async () => {
    checkedUrl(input.url, outbound)
    if ((await countEndpoints(ctx.db, ctx.tenantId)) >= maxEndpoints)
      throw new AppError('conflict', { message: `A firm has at most ${maxEndpoints} webhooks. Remove one first.` })
    const [id, secret] = [randomUUIDv7(), newWebhookSecret()]
    const sealed = encryption.seal(secret, secretOf(id))
    await insertEndpoint(ctx.db, ctx.tenantId, { ...input, id, secret: sealed, createdById: memberIdOf(ctx.actor) })
    const row = await lockedEndpoint(ctx, id)
    audit(ctx, { action: 'webhook.created', subject: 'webhook', subjectId: id, after: noted(row) })
    emit(ctx, 'webhook.changed', { endpointId: id })
    return { secret, webhook: toView(row, ctx.now()) }
  })

/** @throws AppError not_found, address_refused, stale_version */
export const updateWebhook = (
  ctx: Ctx,
  { outbound }: WebhookTools,
  { endpointId, version, ...input }: UpdateWebhook & { endpointId: string },
): Promise<WebhookView> =>
  changeEndpoint(ctx, { endpointId, action: 'webhook.updated' }, async (row) => {
    if (version !== undefined && version !== row.version) throw new AppError('stale_version')
    const next = { ...row, ...input }
    checkedUrl(next.url, outbound)
    await updateEndpoint(ctx.db, ctx.tenantId, next)
  })

/** Sends nothing until it is resumed; what happens meanwhile waits. @throws AppError not_found */
export const pauseWebhook = (ctx: Ctx, endpointId: string): Promise<WebhookView> =>
  changeEndpoint(ctx, { endpointId, action: 'webhook.paused' }, () =>
    disableEndpoint(ctx.db, ctx.tenantId, { id: endpointId, reason: 'paused' }),
  )

/** Sends what waits. @throws AppError not_found */
export const resumeWebhook = (ctx: Ctx, endpointId: string): Promise<WebhookView> =>
  changeEndpoint(ctx, { endpointId, action: 'webhook.resumed' }, () => enableEndpoint(ctx.db, ctx.tenantId, endpointId))

/**
 * A new secret; the old one signs as well for the overlap.
 * @returns the secret, which nobody can read again
 * @throws AppError not_found
 */
export async function rotateWebhookSecret(
  ctx: Ctx,
  { encryption }: WebhookTools,
  { endpointId, overlapHours }: { endpointId: string; overlapHours: number },
): Promise<WebhookWithSecret> {
  const secret = newWebhookSecret()
  const sealed = encryption.seal(secret, secretOf(endpointId))
  const webhook = await changeEndpoint(ctx, { endpointId, action: 'webhook.secret_rotated' }, () =>
    replaceSecret(ctx.db, ctx.tenantId, { id: endpointId, secret: sealed, overlapHours }),
  )
  return { secret, webhook }
}

/** Removes it with its messages and their log. @throws AppError not_found */
export const deleteWebhook = (ctx: Ctx, endpointId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const before = await lockedEndpoint(ctx, endpointId)
    deleteEndpoint(ctx.db, ctx.tenantId, endpointId)
    audit(ctx, { action: 'webhook.deleted', subject: 'webhook', subjectId: endpointId, before: noted(before) })
    emit(ctx, 'webhook.changed', { endpointId })
  })

/** Sends a message that tells of nothing. @returns its id @throws AppError not_found, conflict unless it is on */
export const testWebhook = (ctx: Ctx, endpointId: string): Promise<string> =>
  ctx.db.transaction(async () => {
    const { disabledAt } = await lockedEndpoint(ctx, endpointId)
    if (disabledAt) throw new AppError('conflict', { message: 'This webhook is switched off. Resume it first.' })
    const data = { endpointId, message: 'A test from Throughline. Nothing has happened.' }
    const body = JSON.stringify({ type: webhookTestType, timestamp: ctx.now().toISOString(), data })
    const id = await insertMessage(ctx.db, ctx.tenantId, { endpointId, type: webhookTestType, body })
    audit(ctx, { action: 'webhook.tested', subject: 'webhook', subjectId: endpointId })
    return id
  })

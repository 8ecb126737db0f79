// What was sent, what came back, and sending it again.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type ListWebhookMessages,
  type Page,
  type ReplayWebhook,
  type WebhookMessageDetail,
  type WebhookMessageView,
} from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { getWebhook, lockedEndpoint } from './endpoints.service.ts'
import {
  findMessage,
  type MessageRow,
  readAttempts,
  readMessages,
  replayMessageRow,
  replayMessageRows,
} from './messages.repo.ts'

const toView = (row: MessageRow): WebhookMessageView => ({
  id: row.id,
  type: row.type,
  state: row.state,
  attempts: row.attempts,
  nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  lastStatus: row.lastStatus,
  lastError: row.lastError,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
})

/** Newest first. @throws AppError not_found for an unknown endpoint */
export async function listWebhookMessages(
  ctx: Ctx,
  query: ListWebhookMessages & { endpointId: string },
): Promise<Page<WebhookMessageView>> {
  await getWebhook(ctx, query.endpointId)
  const rows = await readMessages(ctx.db, ctx.tenantId, query)
  return toPage(rows, query.limit, ({ id }) => [id], toView)
}

interface MessageName {
  endpointId: string
  messageId: string
}

/** @throws AppError not_found */
export async function getWebhookMessage(ctx: Ctx, name: MessageName): Promise<WebhookMessageDetail> {
  const row = await findMessage(ctx.db, { ...name, tenantId: ctx.tenantId })
  if (!row) throw new AppError('not_found', { message: 'There is no such message.' })
  const tries = await readAttempts(ctx.db, ctx.tenantId, row.id)
  return {
    ...toView(row),
    body: row.body,
    tries: tries.map(({ createdAt, ...attempt }) => ({ ...attempt, at: createdAt.toISOString() })),
  }
}

/**
 * Sends an ended message again, under the same id. One that waits still is left as it is.
 * @throws AppError not_found
 */
export const replayWebhookMessage = (ctx: Ctx, name: MessageName): Promise<WebhookMessageDetail> =>
  ctx.db.transaction(async () => {
    if (await replayMessageRow(ctx.db, { ...name, tenantId: ctx.tenantId })) {
      const after = { message: name.messageId }
      audit(ctx, { action: 'webhook.replayed', subject: 'webhook', subjectId: name.endpointId, after })
    }
    return getWebhookMessage(ctx, name)
  })

/** Sends all again that ended since an instant, or those of them that failed. @returns how many @throws AppError not_found */
export const replayWebhook = (
  ctx: Ctx,
  { endpointId, since, onlyFailed }: ReplayWebhook & { endpointId: string },
): Promise<number> =>
  ctx.db.transaction(async () => {
    await lockedEndpoint(ctx, endpointId)
    const messages = await replayMessageRows(ctx.db, ctx.tenantId, { endpointId, since, onlyFailed })
    const after = { since, onlyFailed, messages }
    audit(ctx, { action: 'webhook.replayed', subject: 'webhook', subjectId: endpointId, after })
    return messages
  })

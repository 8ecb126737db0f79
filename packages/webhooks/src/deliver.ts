// One try of one message: sign, send, write down what came of it.
import { accountMailJob, audit, type Encryption, notify } from '@throughline/accounts'
import { AppError, type WebhookDisabledReason } from '@throughline/contracts'
import { type Ctx, type Database, type Log, systemActor, tenantCtx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import type { FetchOutside } from '@throughline/outbound'
import { emit } from '@throughline/realtime'
import {
  excerptOf,
  failingDays,
  flawOf,
  judge,
  type Outcome,
  retryAfterMs,
  retryWaits,
  signedHeaders,
} from './deliveries.rules.ts'
import { disableEndpoint, giveUpFailing, markFailing, markWell } from './endpoints.repo.ts'
import { secretOf } from './endpoints.service.ts'
import { insertAttempt, markDelivered, markFailed, postpone, type TakenMessage } from './messages.repo.ts'

export interface DeliveryTools {
  database: Database
  encryption: Encryption
  fetchOutside: FetchOutside
  log: Log
  /** Milliseconds that a receiver has to answer. */
  timeoutMs: number
  /** Waits between tries, milliseconds. */
  waits?: readonly number[]
  /** 0 to 1, for the jitter of waits. */
  chance(): number
}

/** Of an answer; what is kept are the first 2,000 characters of it. */
const maxAnswerBytes = 8 * 1024

async function send(tools: DeliveryTools, message: TakenMessage, signal: AbortSignal): Promise<Outcome> {
  const { encryption, fetchOutside, timeoutMs } = tools
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  try {
    const secrets = message.secrets.map((sealed) => encryption.open(sealed, secretOf(message.endpointId)))
    const answer = await fetchOutside(message.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Throughline-Webhooks/1',
        ...signedHeaders(message, secrets, new Date()),
      },
      body: message.body,
      maxBytes: maxAnswerBytes,
      cut: true,
      timeoutMs,
      signal,
    })
    const { status: statusCode, body, headers } = answer
    const wait = retryAfterMs(statusCode, headers['retry-after'], new Date())
    return {
      statusCode,
      error: flawOf(statusCode),
      durationMs: took(),
      response: excerptOf(body),
      retryAfterMs: wait,
    }
  } catch (error) {
    signal.throwIfAborted()
    tools.log.info({ err: error, endpointId: message.endpointId, messageId: message.id }, 'a webhook was not taken')
    // Only what was made for people to read: another error may tell of the inside.
    const why = error instanceof AppError ? error.message : 'It could not be sent. The log of the platform says why.'
    return { statusCode: null, error: why, durationMs: took(), response: '', retryAfterMs: 0 }
  }
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url
const why: Record<Exclude<WebhookDisabledReason, 'paused'>, string> = {
  gone: 'it answered 410 Gone',
  failing: `it took nothing for ${failingDays} days`,
}

/** The endpoint was given up: said in the log, in the portal and by mail. */
async function tellDisabled(ctx: Ctx, { endpointId, url }: TakenMessage, reason: keyof typeof why): Promise<void> {
  const host = hostOf(url)
  audit(ctx, { action: 'webhook.disabled', subject: 'webhook', subjectId: endpointId, after: { url, reason } })
  emit(ctx, 'webhook.changed', { endpointId })
  await notify(ctx, {
    memberId: null,
    kind: 'webhook.disabled',
    title: `The webhook to ${host} was switched off`,
    body: `Nothing more is sent there: ${why[reason]}. Resume it when its receiver works again.`,
    link: '/settings/webhooks',
  })
  await enqueue(ctx, accountMailJob, { kind: 'webhook_disabled', host, why: why[reason] })
}

/** In one transaction: the log of the try, the message, and what it says of its endpoint. */
async function record(tools: DeliveryTools, message: TakenMessage, outcome: Outcome): Promise<void> {
  const { database, log, chance, waits = retryWaits } = tools
  const ctx = tenantCtx(database, { tenantId: message.tenantId, actor: systemActor, log })
  const { db, tenantId } = ctx
  const { endpointId } = message
  const verdict = judge(outcome, message.attempts, chance(), waits)
  await db.transaction(async () => {
    // The endpoint first, as whoever changes it does: two that wait for each other would both lose.
    if (verdict.kind === 'delivered') {
      if (await markWell(db, tenantId, endpointId)) emit(ctx, 'webhook.changed', { endpointId })
      await markDelivered(db, message)
    } else {
      if (await markFailing(db, tenantId, endpointId)) emit(ctx, 'webhook.changed', { endpointId })
      if (verdict.kind === 'gone') {
        if (await disableEndpoint(db, tenantId, { id: endpointId, reason: 'gone' }))
          await tellDisabled(ctx, message, 'gone')
      } else if (await giveUpFailing(db, tenantId, { id: endpointId, days: failingDays }))
        await tellDisabled(ctx, message, 'failing')
      await (verdict.kind === 'again' ? postpone(db, message, verdict) : markFailed(db, message))
    }
    await insertAttempt(db, message, outcome)
  })
}

/**
 * Sends a message once and writes down what came of it. Whoever dies between the two sends it again, under the same id.
 * @throws what ended `signal`; then nothing is written down and the message is due again after its lease
 */
export async function deliver(tools: DeliveryTools, message: TakenMessage, signal: AbortSignal): Promise<void> {
  await record(tools, message, await send(tools, message, signal))
}

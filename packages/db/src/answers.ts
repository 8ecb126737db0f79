// Answers that are kept for a while beside the database, per tenant, and forgotten when what they were made of changes.
//
// Each tenant has a generation, a random name that is replaced after the commit of every change and before that change
// is answered. An answer is kept with the generation that was read before it was computed and is given out only while
// that generation lasts: what was computed of older rows cannot be served after a newer write was answered.
import { randomUUID } from 'node:crypto'
import type { AnswerStore } from './answer-store.ts'
import type { Ctx } from './context.ts'

const generationMs = 24 * 60 * 60_000
const generationLength = randomUUID().length
/** In braces, so that a Redis cluster keeps a tenant's keys together. */
const generationKey = (tenantId: string) => `{${tenantId}}:generation`

/**
 * Forgets a tenant's kept answers once the open transaction has committed, before the caller is answered. When the store
 * is away, they live as long as they were given at most.
 * @throws Error when no transaction is open
 */
export function forgetAnswers(ctx: Ctx): void {
  const { answers, tenantId } = ctx
  ctx.db.requireTransaction('forgetting kept answers')
  if (!answers) return
  ctx.db.afterCommit(async () => {
    try {
      await answers.write(generationKey(tenantId), randomUUID(), generationMs)
    } catch (error) {
      ctx.log.warn({ reason: String(error) }, 'kept answers could not be forgotten')
    }
  })
}

/** Callers of one process who ask the same of one generation wait for one computation. */
const running = new Map<string, Promise<Computed>>()

export interface Computed {
  text: string
  /** How long it is right at most; not more than a minute, in case a change could not say that it happened. */
  ttlMs: number
}

function computedOnce(key: string, compute: () => Promise<Computed>): Promise<Computed> {
  const known = running.get(key)
  if (known) return known
  const promise = compute().finally(() => running.delete(key))
  running.set(key, promise)
  return promise
}

async function find(store: AnswerStore, tenantId: string, key: string) {
  const [known, kept] = await store.read([generationKey(tenantId), key])
  const generation = known ?? (await store.claim(generationKey(tenantId), randomUUID(), generationMs))
  const text = known && kept?.startsWith(known) ? kept.slice(generationLength) : undefined
  return { generation, text }
}

/** A kept answer, or the computed one, which is then kept. `name` tells everything that the answer depends on. */
export async function keptAnswer(ctx: Ctx, name: string, compute: () => Promise<Computed>): Promise<string> {
  const { answers: store, tenantId, log } = ctx
  // A transaction sees what others do not see yet.
  if (!store || ctx.db.inTransaction()) return (await compute()).text
  const key = `{${tenantId}}:${name}`
  const found = await find(store, tenantId, key).catch((error: unknown) => {
    log.warn({ reason: String(error) }, 'kept answers cannot be read')
    return undefined
  })
  if (found?.text !== undefined) return found.text
  if (!found) return (await compute()).text
  const { text, ttlMs } = await computedOnce(`${found.generation}:${key}`, compute)
  await store.write(key, `${found.generation}${text}`, ttlMs).catch((error: unknown) => {
    log.warn({ reason: String(error) }, 'an answer could not be kept')
  })
  return text
}

// Answers that are kept for a while beside the database, per tenant, and forgotten when what they were made of changes.
//
// Each tenant has a generation, a random name that is replaced after the commit of every change and before that change
// is answered. An answer is kept with the generation that was read before it was computed and is given out only while
// that generation lasts: what was computed of older rows cannot be served after a newer write was answered.
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
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

export interface Computed {
  text: string
  /** How long it is right at most; not more than a minute, in case a change could not say that it happened. */
  ttlMs: number
}

/**
 * From the beginning of one computation of an answer to that of the next: a firm that changes all the time is told of
 * several changes at once. Who asks after a quiet moment never waits for it.
 */
const leastBetweenMs = 50

/** A computation that is under way or has just ended, and the one that begins after it. */
interface Turn {
  generation: string
  now: Promise<string>
  /** When the next may begin. */
  over: Promise<unknown>
  next?: Promise<string>
}
const turns = new Map<string, Turn>()

/**
 * One computation of an answer at a time, and one that waits. Who asks of the generation that is being computed gets that
 * answer. Who asks of a newer one gets the next: it begins after they asked, and so knows every change that was answered
 * before. However many ask while the firm changes, no more than that is computed.
 */
function inTurn(key: string, generation: string, kept: Keeping): Promise<string> {
  const turn = turns.get(key)
  if (!turn) return begin(key, generation, kept)
  if (turn.generation === generation) return turn.now
  turn.next ??= turn.over.then(kept.generation).then((newest) => begin(key, newest, kept))
  return turn.next
}

interface Keeping {
  /** The newest one, for what begins later than it was asked for. */
  generation(): Promise<string>
  /** Computes, and keeps under this generation. */
  compute(generation: string): Promise<string>
}

function begin(key: string, generation: string, { compute }: Keeping): Promise<string> {
  const now = compute(generation)
  // One that failed is not waited out, and not given to anybody who asks later.
  const ended = Promise.all([now, setTimeout(leastBetweenMs)]).catch(() => undefined)
  const turn: Turn = { generation, now, over: ended }
  turns.set(key, turn)
  void ended.then(() => {
    if (turns.get(key) === turn && !turn.next) turns.delete(key)
  })
  return now
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
  return inTurn(key, found.generation, {
    // Without the store it is kept under a name that nobody asks for.
    generation: async () => (await find(store, tenantId, key).catch(() => undefined))?.generation ?? randomUUID(),
    async compute(generation) {
      const { text, ttlMs } = await compute()
      await store.write(key, `${generation}${text}`, ttlMs).catch((error: unknown) => {
        log.warn({ reason: String(error) }, 'an answer could not be kept')
      })
      return text
    },
  })
}

import { type Ctx, type Db, sql } from '@throughline/db'
import type { JobDefinition } from './definition.ts'
import { cancelUnfinished } from './jobs.repo.ts'

/** Who asks, and in whose transaction: a context, or its like on the platform's own database. */
export type JobOrigin = Pick<Ctx, 'tenantId' | 'actor' | 'requestId' | 'traceparent'> & { db: Db }

export interface EnqueueOptions {
  /** For set-up work that must exist once per tenant: a second call gives the first job. */
  staticKey?: string
}

/**
 * Asks for work that happens if, and only if, the open transaction commits.
 * @returns the id of the job
 * @throws Error outside of a transaction; ZodError when the payload does not fit the definition
 */
export async function enqueue<P>(
  ctx: JobOrigin,
  job: JobDefinition<P>,
  data: P,
  { staticKey }: EnqueueOptions = {},
): Promise<string> {
  ctx.db.requireTransaction(`enqueue ${job.name}`)
  const payload = JSON.stringify(job.payload.parse(data))
  const { tenantId, actor, requestId, traceparent } = ctx
  const created = await ctx.db.queryOne<{ id: string }>(sql`
    insert into jobs (tenant_id, id, name, queue, payload, static_key, max_attempts, actor_id, actor_kind, impersonator_id,
      request_id, traceparent)
    values (${tenantId}::uuid, uuidv7(), ${job.name}, ${job.queue}, ${payload}::jsonb, ${staticKey ?? null}, ${job.attempts},
      ${actor.id}::uuid, ${actor.kind}, ${actor.impersonatorId ?? null}::uuid, ${requestId}, ${traceparent})
    on conflict (tenant_id, name, static_key) do nothing
    returning id`)
  if (created) {
    await announce(ctx, created.id)
    return created.id
  }
  const existing = await ctx.db.queryOne<{ id: string }>(
    sql`select id from jobs where tenant_id = ${tenantId}::uuid and name = ${job.name} and static_key = ${staticKey ?? null}`,
  )
  if (!existing) throw new Error(`job ${job.name} with key ${staticKey} is neither there nor could it be made`)
  return existing.id
}

/** Calls work off, in the transaction of the change that makes it pointless. What is done already stays done. */
export async function cancelJob(ctx: Ctx, jobId: string): Promise<void> {
  ctx.db.requireTransaction('cancel a job')
  await cancelUnfinished(ctx.db, { tenantId: ctx.tenantId, jobId })
}

/** The outbox row that makes the relay hand the job on after the commit. */
export async function announce({ db, tenantId }: JobOrigin, jobId: string): Promise<void> {
  await db.execute(
    sql`insert into outbox (tenant_id, id, kind, ref) values (${tenantId}::uuid, uuidv7(), 'job', ${jobId})`,
  )
  db.signal('outbox')
}

// What was done, by whom. Always in the transaction of the change: no entry without effect, no effect without entry.
import { type Ctx, type Db, type PlatformCtx, sql } from '@throughline/db'

export interface AuditInput {
  /** In the past tense of the field: `deal.moved`. */
  action: string
  /** The kind of thing it was done to: `deal`. */
  subject: string
  subjectId: string | null
  before?: object
  after?: object
}

const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value))

/** @throws Error outside of a transaction */
export async function audit(ctx: Ctx, { action, subject, subjectId, before, after }: AuditInput): Promise<void> {
  ctx.db.requireTransaction(`audit ${action}`)
  const { tenantId, actor, requestId } = ctx
  await ctx.db.execute(sql`insert into audit_entries
    (tenant_id, id, actor_id, actor_kind, action, subject, subject_id, before, after, request_id)
    values (${tenantId}::uuid, uuidv7(), ${actor.id}::uuid, ${actor.kind}, ${action}, ${subject}, ${subjectId}::uuid,
      ${json(before)}::jsonb, ${json(after)}::jsonb, ${requestId})`)
}

/** For what platform staff and sign-in do outside of any tenant. */
export async function auditPlatform(
  { db, actor, requestId }: Pick<PlatformCtx, 'actor' | 'requestId'> & { db: Db },
  { action, subject, subjectId, details }: Omit<AuditInput, 'before' | 'after'> & { details?: object },
): Promise<void> {
  await db.execute(sql`insert into platform_audit_entries (id, actor_id, action, subject, subject_id, details, request_id)
    values (uuidv7(), ${actor.id}::uuid, ${action}, ${subject}, ${subjectId}::uuid, ${json(details)}::jsonb, ${requestId})`)
}

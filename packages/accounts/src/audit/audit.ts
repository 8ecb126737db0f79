// What was done, by whom. Always in the transaction of the change: no entry without effect, no effect without entry.
import {
  type Actor,
  arrayText,
  type CommitBatch,
  type Db,
  jsonLines,
  type PlatformCtx,
  platformScope,
  type Sql,
  sql,
} from '@throughline/db'

/** The part of a context that an entry tells of. */
export interface AuditContext {
  db: Db
  tenantId: string
  actor: Actor
  requestId: string | null
  address?: string | null
}

export interface AuditInput {
  /** In the past tense of the field: `deal.moved`. */
  action: string
  /** The kind of thing it was done to: `deal`. */
  subject: string
  subjectId: string | null
  before?: object
  after?: object
}

interface Entry extends AuditInput {
  tenantId: string
  /** Whether the connection serves this tenant and no other. */
  bound: boolean
  actorId: string | null
  actorKind: string
  impersonatorId: string | undefined
  requestId: string | null
  address: string | null | undefined
}

/** Before the events (order 2): every transaction takes the locks of a tenant in the same order. */
const entriesOfTransaction: CommitBatch<Entry> = {
  order: 1,
  statements: (entries) => {
    const [first, second] = entries
    if (first && !second) return [insertEntry(first)]
    return [first?.bound ? chainEntries(entries) : insertEntries(entries)]
  },
}

const json = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value))

/** What nearly every change writes: one entry, with nothing to take apart and to sort. */
const insertEntry = (e: Entry): Sql => sql`
    insert into audit_entries (tenant_id, actor_id, actor_kind, impersonator_id, action, subject, subject_id, before, after,
      request_id, address)
    values (${e.tenantId}::uuid, ${e.actorId}::uuid, ${e.actorKind}, ${e.impersonatorId ?? null}::uuid, ${e.action},
      ${e.subject}, ${e.subjectId}, ${json(e.before)}::json, ${json(e.after)}::json, ${e.requestId}, ${e.address ?? null})`

/** Many of the one tenant that a connection serves, chained in one pass. */
function chainEntries(entries: Entry[]): Sql {
  const column = (of: (entry: Entry) => string | null | undefined) =>
    arrayText(entries.map((entry) => of(entry) ?? null))
  const lines = (of: (entry: Entry) => object | undefined) => jsonLines(entries.map((entry) => json(of(entry)) ?? ''))
  return sql`select chain_audit_entries(${column((e) => e.actorId)}::uuid[], ${column((e) => e.actorKind)}::text[],
    ${column((e) => e.impersonatorId)}::uuid[], ${column((e) => e.action)}::text[], ${column((e) => e.subject)}::text[],
    ${column((e) => e.subjectId)}::uuid[], ${lines((e) => e.before)}, ${lines((e) => e.after)},
    ${column((e) => e.requestId)}::text[], ${column((e) => e.address)}::text[])`
}

/** The database numbers and chains the rows itself; here is only what happened. */
const insertEntries = (entries: Entry[]): Sql => sql`
    insert into audit_entries (tenant_id, actor_id, actor_kind, impersonator_id, action, subject, subject_id, before, after,
      request_id, address)
    select "tenantId", "actorId", "actorKind", "impersonatorId", action, subject, "subjectId", before, after, "requestId", address
    from rows from (json_to_recordset(${JSON.stringify(entries)}::json) as ("tenantId" uuid, "actorId" uuid, "actorKind" text,
      "impersonatorId" uuid, action text, subject text, "subjectId" uuid, before json, after json, "requestId" text, address text))
      with ordinality as e("tenantId", "actorId", "actorKind", "impersonatorId", action, subject, "subjectId", before, after,
        "requestId", address, n)
    order by "tenantId", n`

/**
 * Writes down what the open transaction does; the row is its last statement but for the events, because the tenant's
 * chain is locked from there on.
 * @throws Error outside of a transaction
 */
export function audit(ctx: AuditContext, input: AuditInput): void {
  const { db, tenantId, actor, requestId, address } = ctx
  db.requireTransaction(`audit ${input.action}`)
  const { id: actorId, kind: actorKind, impersonatorId } = actor
  const bound = 'tenantId' in db && db.tenantId === tenantId
  db.gather(entriesOfTransaction, { ...input, tenantId, bound, actorId, actorKind, impersonatorId, requestId, address })
}

/** For what platform staff and sign-in do outside of any firm. */
export const auditPlatform = (
  ctx: Pick<PlatformCtx, 'actor' | 'requestId'> & { db: Db; address?: string | null },
  input: AuditInput,
): void => audit({ ...ctx, tenantId: platformScope }, input)

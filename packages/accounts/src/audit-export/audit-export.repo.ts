import type { AuditFilter } from '@throughline/contracts'
import { empty, instantOf, type Sql, sql } from '@throughline/db'

/** The rows of one chain, or without one of all. */
export function copyStatement(tenantId: string | undefined, filter: AuditFilter): Sql {
  const { action, subject, subjectId, actorId, from, until } = filter
  // A cell that begins like a formula is neutralised: somebody will open this in a spreadsheet.
  const safe = (column: Sql) => sql`regexp_replace(${column}, '^([=+@\\t\\r-])', '''\\1')`
  return sql`copy (select e.tenant_id, e.seq, ${instantOf(sql`e.created_at`)} as at, e.actor_kind,
    e.actor_id, ${safe(sql`m.name`)} as actor, e.impersonator_id, ${safe(sql`e.action`)} as action, ${safe(sql`e.subject`)} as subject,
    e.subject_id, e.before, e.after, ${safe(sql`e.request_id`)} as request_id, e.address, e.prev_hash, e.hash
    from audit_entries e left join members m on m.tenant_id = e.tenant_id and m.id = e.actor_id
    where true ${tenantId ? sql`and e.tenant_id = ${tenantId}::uuid` : empty}
      ${action ? sql`and e.action = ${action}` : empty} ${subject ? sql`and e.subject = ${subject}` : empty}
      ${subjectId ? sql`and e.subject_id = ${subjectId}::uuid` : empty}
      ${actorId ? sql`and e.actor_id = ${actorId}::uuid` : empty}
      ${from ? sql`and e.created_at >= ${from}::timestamptz` : empty}
      ${until ? sql`and e.created_at < ${until}::timestamptz` : empty}
    order by e.tenant_id, e.seq) to stdout with (format csv, header)`
}

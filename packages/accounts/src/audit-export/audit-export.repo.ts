import type { AuditFilter } from '@throughline/contracts'

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/**
 * The rows of one chain, or without one of all. COPY takes no parameters: every value has passed its schema, and is
 * quoted here.
 */
export function copyStatement(tenantId: string | undefined, filter: AuditFilter): string {
  const { action, subject, subjectId, actorId, from, until } = filter
  const conditions = [
    'true',
    tenantId && `e.tenant_id = ${quoted(tenantId)}::uuid`,
    action && `e.action = ${quoted(action)}`,
    subject && `e.subject = ${quoted(subject)}`,
    subjectId && `e.subject_id = ${quoted(subjectId)}::uuid`,
    actorId && `e.actor_id = ${quoted(actorId)}::uuid`,
    from && `e.created_at >= ${quoted(from)}::timestamptz`,
    until && `e.created_at < ${quoted(until)}::timestamptz`,
  ].filter((condition) => condition)
  // A cell that begins like a formula is neutralised: somebody will open this in a spreadsheet.
  const safe = (column: string) => `regexp_replace(${column}, '^([=+@\\t\\r-])', '''\\1')`
  return `copy (select e.tenant_id, e.seq, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.actor_kind,
    e.actor_id, ${safe('m.name')} as actor, e.impersonator_id, ${safe('e.action')} as action, ${safe('e.subject')} as subject,
    e.subject_id, e.before, e.after, ${safe('e.request_id')} as request_id, e.address, e.prev_hash, e.hash
    from audit_entries e left join members m on m.tenant_id = e.tenant_id and m.id = e.actor_id
    where ${conditions.join(' and ')} order by e.tenant_id, e.seq) to stdout with (format csv, header)`
}

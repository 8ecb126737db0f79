// A deal as the API shows it, built by Postgres: no work for Node, and one statement however many deals.
import { type Sql, sql } from '@throughline/db'

/** An instant in ISO 8601, UTC, whatever the time zone of the session. */
export const instantOf = (column: Sql): Sql =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The members of `dealView` of a row `d`, with what `dealJoins` brings. */
export const dealFields: Sql = sql`
  'id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency, 'stage', d.stage,
  'priority', d.priority, 'probability', d.probability, 'leadScore', d.lead_score, 'leadSource', d.lead_source,
  'owner', case when o.id is not null then json_build_object('id', o.id, 'name', o.name) end,
  'company', case when co.id is not null
    then json_build_object('id', co.id, 'name', co.name, 'domain', co.domain) end,
  'contact', case when ct.id is not null
    then json_build_object('id', ct.id, 'name', ct.name, 'email', ct.email) end,
  'expectedCloseDate', d.expected_close_date, 'stageEnteredAt', ${instantOf(sql`d.stage_entered_at`)},
  'closedAt', ${instantOf(sql`d.closed_at`)}, 'lostReason', d.lost_reason, 'notes', d.notes, 'tags', d.tags,
  'custom', d.custom, 'version', d.version, 'createdAt', ${instantOf(sql`d.created_at`)},
  'updatedAt', ${instantOf(sql`d.updated_at`)}, 'deletedAt', ${instantOf(sql`d.deleted_at`)}`

/** `dealView` of a row `d`. */
export const dealJson: Sql = sql`json_build_object(${dealFields})`

/** Owner `o`, company `co` and contact `ct` of a deal `d`. */
export const dealJoins: Sql = sql`
  left join members o on o.tenant_id = d.tenant_id and o.id = d.owner_id
  left join companies co on co.tenant_id = d.tenant_id and co.id = d.company_id
  left join contacts ct on ct.tenant_id = d.tenant_id and ct.id = d.contact_id`

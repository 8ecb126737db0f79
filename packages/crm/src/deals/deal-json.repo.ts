// A deal as the API shows it, built by Postgres: no work for Node, and one statement however many deals.
import { type Sql, sql } from '@throughline/db'

/** An instant in ISO 8601, UTC, whatever the time zone of the session. */
export const instantOf = (column: Sql): Sql =>
  sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** The members of `dealView` of a row `d`, with what `dealJoins` brings, as a select list. */
export const dealColumns: Sql = sql`
  d.id, d.title, d.value::text as value, d.currency, d.stage, d.priority, d.probability, d.lead_score as "leadScore",
  d.lead_source as "leadSource", o as owner, co as company, ct as contact, d.expected_close_date as "expectedCloseDate",
  ${instantOf(sql`d.stage_entered_at`)} as "stageEnteredAt", ${instantOf(sql`d.closed_at`)} as "closedAt",
  d.lost_reason as "lostReason", d.notes, d.tags, d.custom, d.version, ${instantOf(sql`d.created_at`)} as "createdAt",
  ${instantOf(sql`d.updated_at`)} as "updatedAt", ${instantOf(sql`d.deleted_at`)} as "deletedAt"`

/**
 * JSON text of the `dealView` of a row `d`, with what `dealJoins` brings. A row type is written faster than
 * `json_build_object` writes the same: it does not look up the type of each argument at each call.
 */
export const dealJson: Sql = sql`(select row_to_json(v) from (select ${dealColumns}) v)::text`

/** JSON text of an array of the JSON texts `each`, in the order of `order`. */
export const jsonArray = (each: Sql, order: Sql): Sql =>
  sql`coalesce('[' || string_agg(${each}, ',' order by ${order}) || ']', '[]')`

/**
 * Owner `o`, company `co` and contact `ct` of a deal `d`, each with the fields that `dealView` shows, in their order.
 * The limit, of rows that are one anyway, keeps the planner from reading and hashing a whole tenant's table for a page.
 */
export const dealJoins: Sql = sql`
  left join lateral (select id, name from members
    where tenant_id = d.tenant_id and id = d.owner_id limit 1) o on true
  left join lateral (select id, name, domain from companies
    where tenant_id = d.tenant_id and id = d.company_id limit 1) co on true
  left join lateral (select id, name, email from contacts
    where tenant_id = d.tenant_id and id = d.contact_id limit 1) ct on true`

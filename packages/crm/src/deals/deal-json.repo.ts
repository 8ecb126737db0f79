// A deal as the API shows it: one list of its members. Pages and single deals are plain columns whose text this process puts
// together (`dealShape.write`); where deals are a part of a larger statement, Postgres writes the same (`dealShape.json`).
// A test compares the two.
import { type JsonField, type JsonShape, jsonShape, type Sql, sql } from '@throughline/db'

/** The members of `dealView` of a row `d`, with what `dealJoins` brings. */
export const dealFields: [JsonField, ...JsonField[]] = [
  { name: 'id', column: sql`d.id`, kind: 'plain' },
  { name: 'title', column: sql`d.title`, kind: 'text' },
  { name: 'value', column: sql`d.value`, kind: 'plain' },
  { name: 'currency', column: sql`d.currency`, kind: 'text' },
  { name: 'stage', column: sql`d.stage`, kind: 'plain' },
  { name: 'priority', column: sql`d.priority`, kind: 'plain' },
  { name: 'probability', column: sql`d.probability`, kind: 'bare' },
  { name: 'leadScore', column: sql`d.lead_score`, kind: 'bare' },
  { name: 'leadSource', column: sql`d.lead_source`, kind: 'text' },
  {
    name: 'owner',
    row: sql`o`,
    fields: [
      { name: 'id', column: sql`o.id`, kind: 'plain' },
      { name: 'name', column: sql`o.name`, kind: 'text' },
    ],
  },
  {
    name: 'company',
    row: sql`co`,
    fields: [
      { name: 'id', column: sql`co.id`, kind: 'plain' },
      { name: 'name', column: sql`co.name`, kind: 'text' },
      { name: 'domain', column: sql`co.domain`, kind: 'text' },
    ],
  },
  {
    name: 'contact',
    row: sql`ct`,
    fields: [
      { name: 'id', column: sql`ct.id`, kind: 'plain' },
      { name: 'name', column: sql`ct.name`, kind: 'text' },
      { name: 'email', column: sql`ct.email`, kind: 'text' },
    ],
  },
  { name: 'expectedCloseDate', column: sql`d.expected_close_date`, kind: 'plain' },
  { name: 'stageEnteredAt', column: sql`d.stage_entered_at`, kind: 'instant' },
  { name: 'closedAt', column: sql`d.closed_at`, kind: 'instant' },
  { name: 'lostReason', column: sql`d.lost_reason`, kind: 'text' },
  { name: 'notes', column: sql`d.notes`, kind: 'text' },
  { name: 'tags', column: sql`array_to_json(d.tags)`, kind: 'bare' },
  { name: 'custom', column: sql`d.custom`, kind: 'bare' },
  { name: 'version', column: sql`d.version`, kind: 'bare' },
  { name: 'createdAt', column: sql`d.created_at`, kind: 'instant' },
  { name: 'updatedAt', column: sql`d.updated_at`, kind: 'instant' },
  { name: 'deletedAt', column: sql`d.deleted_at`, kind: 'instant' },
]

/** `dealView`: its first column is the id. */
export const dealShape: JsonShape = jsonShape(dealFields)

/** JSON text of an array of the JSON texts `each`, in the order of `order`. */
export const jsonArray = (each: Sql, order: Sql): Sql =>
  sql`coalesce('[' || string_agg(${each}, ',' order by ${order}) || ']', '[]')`

/**
 * Owner `o`, company `co` and contact `ct` of a deal `d`, each with the fields that `dealView` shows, in their order.
 * The limit, of rows that are one anyway, keeps the planner from reading and hashing a whole tenant's table for a page.
 */
const ownerJoin = sql`left join lateral (select id, name from members
    where tenant_id = d.tenant_id and id = d.owner_id limit 1) o on true`
const companyJoin = sql`left join lateral (select id, name, domain from companies
    where tenant_id = d.tenant_id and id = d.company_id limit 1) co on true`
const contactJoin = sql`left join lateral (select id, name, email from contacts
    where tenant_id = d.tenant_id and id = d.contact_id limit 1) ct on true`
export const dealJoins: Sql = sql`${ownerJoin} ${companyJoin} ${contactJoin}`

const nobody = sql`cross join (select null::uuid as id, null::text as name) o`
const noCompany = sql`cross join (select null::uuid as id, null::text as name, null::text as domain) co`
const noContact = sql`cross join (select null::uuid as id, null::text as name, null::text as email) ct`

/** The same for a deal of which is known whom it names: each join costs the start of a statement more than a column does. */
export const dealJoinsOf = (names: {
  ownerId: string | null
  companyId: string | null
  contactId: string | null
}): Sql =>
  sql`${names.ownerId === null ? nobody : ownerJoin} ${names.companyId === null ? noCompany : companyJoin}
  ${names.contactId === null ? noContact : contactJoin}`

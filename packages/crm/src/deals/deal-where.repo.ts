// The one condition on deals that list, board, calendar, export and the cursor share.
import { customKeyOf, type DealFilter, type DealStage } from '@throughline/contracts'
import { empty, join, likePattern, type Sql, sql } from '@throughline/db'
import { seenBy } from '../visibility.ts'

export interface DealScope {
  tenantId: string
  /** From `ownDealsOnly`: a member who sees their own deals only. */
  onlyOwnerId: string | null
}

const matching = (tenantId: string, q: string): Sql => {
  const pattern = likePattern(q)
  return sql`and (d.title ilike ${pattern}
    or d.company_id in (select id from companies where tenant_id = ${tenantId}::uuid and (name ilike ${pattern} or domain ilike ${pattern}))
    or d.contact_id in (select id from contacts where tenant_id = ${tenantId}::uuid and (name ilike ${pattern} or email ilike ${pattern})))`
}

const inStages = ([first, ...more]: DealStage[]): Sql =>
  more.length === 0
    ? sql`and d.stage = ${first}::"DealStage"`
    : sql`and d.stage = any(${[first, ...more]}::"DealStage"[])`

/** Days of the firm: its midnight, not that of UTC. Asked once a statement. */
const zone = (tenantId: string): Sql => sql`(select timezone from tenants where id = ${tenantId}::uuid)`
const sinceDay = (column: Sql, day: string, tenantId: string): Sql =>
  sql`and ${column} >= (${day}::date)::timestamp at time zone ${zone(tenantId)}`
const throughDay = (column: Sql, day: string, tenantId: string): Sql =>
  sql`and ${column} < (${day}::date + 1)::timestamp at time zone ${zone(tenantId)}`

/** The values that somebody may have meant by what a query string says: text, a number, yes or no. */
function customIs(filter: string): Sql {
  const key = customKeyOf(filter)
  const said = filter.slice(key.length + 1)
  const meanings: unknown[] = [said]
  if (said.trim() !== '' && Number.isFinite(Number(said))) meanings.push(Number(said))
  if (said === 'true' || said === 'false') meanings.push(said === 'true')
  const alternatives = meanings.map((value) => sql`d.custom @> ${JSON.stringify({ [key]: value })}::jsonb`)
  return sql`and d.custom <> '{}' and (${join(alternatives, ' or ')})`
}

const some = <T>(list: readonly T[] | undefined): list is readonly T[] => list !== undefined && list.length > 0

/** The condition on deals `d` that these filters make, in what the caller may see. */
export const dealWhere = ({ tenantId, onlyOwnerId }: DealScope, filter: DealFilter): Sql => {
  const { q, stage, priority, ownerId, unowned, companyId, contactId, leadSource, tag, currency, custom } = filter
  const { valueMin, valueMax, scoreMin, scoreMax, closeFrom, closeTo, deleted } = filter
  const { createdFrom, createdTo, closedFrom, closedTo } = filter
  const conditions = [
    sql`d.tenant_id = ${tenantId}::uuid`,
    deleted ? sql`and d.deleted_at is not null` : sql`and d.deleted_at is null`,
    seenBy(onlyOwnerId),
    some(stage) && inStages([...stage]),
    some(priority) && sql`and d.priority = any(${priority}::"DealPriority"[])`,
    some(ownerId) && sql`and d.owner_id = any(${ownerId}::uuid[])`,
    unowned && sql`and d.owner_id is null`,
    companyId && sql`and d.company_id = ${companyId}::uuid`,
    contactId && sql`and d.contact_id = ${contactId}::uuid`,
    some(leadSource) && sql`and d.lead_source = any(${leadSource}::text[])`,
    some(tag) && sql`and d.tags @> ${tag}::text[]`,
    currency && sql`and d.currency = ${currency}`,
    valueMin && sql`and d.value >= ${valueMin}::numeric`,
    valueMax && sql`and d.value <= ${valueMax}::numeric`,
    scoreMin !== undefined && sql`and d.lead_score >= ${scoreMin}`,
    scoreMax !== undefined && sql`and d.lead_score <= ${scoreMax}`,
    closeFrom && sql`and d.expected_close_date >= ${closeFrom}::date`,
    closeTo && sql`and d.expected_close_date <= ${closeTo}::date`,
    createdFrom && sinceDay(sql`d.created_at`, createdFrom, tenantId),
    createdTo && throughDay(sql`d.created_at`, createdTo, tenantId),
    closedFrom && sinceDay(sql`d.closed_at`, closedFrom, tenantId),
    closedTo && throughDay(sql`d.closed_at`, closedTo, tenantId),
    ...(custom ?? []).map(customIs),
    q && matching(tenantId, q),
  ]
  return join(
    conditions.map((condition) => condition || empty),
    ' ',
  )
}

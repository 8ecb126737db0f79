// The one condition on deals that list, board, calendar, export and the cursor share.
import { customKeyOf, type DealFilter, type DealStage, dealStages } from '@throughline/contracts'
import { empty, join, oneOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { hasBeenIn } from '../deal-stays.repo.ts'
import { searchCondition } from '../search/index.ts'
import { seenBy } from '../visibility.ts'

/** A single stage stands in the text: an index of open deals may serve it, and then only a text has a plan that is kept. */
const inStages = (stages: readonly DealStage[]): Sql => {
  const [only, ...more] = stages
  return only && more.length === 0
    ? sql`and d.stage = ${oneOf(dealStages, only)}::"DealStage"`
    : sql`and d.stage = any(${stages}::"DealStage"[])`
}

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

const hasReason = (reasons: readonly string[]): Sql =>
  sql`and left(d.lost_reason, 120) = any(${reasons.map((reason) => [...reason].slice(0, 120).join(''))}::text[])`

const firstEntry = { QUALIFIED: sql`d.qualified_at`, NEGOTIATION: sql`d.negotiated_at` } as const

/** Days on which something happened to a deal, both ends included. */
const happened = (column: Sql, from: string | undefined, to: string | undefined, tenantId: string): Sql =>
  sql`${from ? sinceDay(column, from, tenantId) : empty} ${to ? throughDay(column, to, tenantId) : empty}`

const some = <T>(list: readonly T[] | undefined): list is readonly T[] => list !== undefined && list.length > 0

export interface DealScope {
  tenantId: string
  /** From `ownDealsOnly`: a member who sees their own deals only. */
  onlyOwnerId: string | null
}

/** The condition of `dealWhere`, with what the words of `q` find: one short question more, when there are any. */
export async function dealCondition(db: TenantDb, onlyOwnerId: string | null, filter: DealFilter): Promise<Sql> {
  const { q, ...rest } = filter
  const where = dealWhere({ tenantId: db.tenantId, onlyOwnerId }, rest)
  if (!q) return where
  return sql`${where} and ${await searchCondition(db, { kind: 'deal', q, row: sql`d`, deleted: filter.deleted })}`
}

/** The condition on deals `d` that these filters make, in what the caller may see. */
export const dealWhere = ({ tenantId, onlyOwnerId }: DealScope, filter: Omit<DealFilter, 'q'>): Sql => {
  const { stage, priority, ownerId, unowned, companyId, contactId, leadSource, tag, currency, custom } = filter
  const { valueMin, valueMax, scoreMin, scoreMax, closeFrom, closeTo, deleted } = filter
  const { createdFrom, createdTo, closedFrom, closedTo, undated, unsourced, reached, wasIn, lostReason } = filter
  const conditions = [
    sql`d.tenant_id = ${tenantId}::uuid`,
    deleted ? sql`and d.deleted_at is not null` : sql`and d.deleted_at is null`,
    seenBy(onlyOwnerId),
    some(stage) && inStages(stage),
    some(priority) && sql`and d.priority = any(${priority}::"DealPriority"[])`,
    some(ownerId) && sql`and d.owner_id = any(${ownerId}::uuid[])`,
    unowned && sql`and d.owner_id is null`,
    companyId && sql`and d.company_id = ${companyId}::uuid`,
    contactId && sql`and d.contact_id = ${contactId}::uuid`,
    some(leadSource) && sql`and d.lead_source = any(${leadSource}::text[])`,
    unsourced && sql`and coalesce(d.lead_source, '') = ''`,
    some(tag) && sql`and d.tags @> ${tag}::text[]`,
    currency && sql`and d.currency = ${currency}`,
    valueMin && sql`and d.value >= ${valueMin}::numeric`,
    valueMax && sql`and d.value <= ${valueMax}::numeric`,
    scoreMin !== undefined && sql`and d.lead_score >= ${scoreMin}`,
    scoreMax !== undefined && sql`and d.lead_score <= ${scoreMax}`,
    closeFrom && sql`and d.expected_close_date >= ${closeFrom}::date`,
    closeTo && sql`and d.expected_close_date <= ${closeTo}::date`,
    undated && sql`and d.expected_close_date is null`,
    happened(sql`d.created_at`, createdFrom, createdTo, tenantId),
    happened(sql`d.closed_at`, closedFrom, closedTo, tenantId),
    happened(firstEntry.QUALIFIED, filter.qualifiedFrom, filter.qualifiedTo, tenantId),
    happened(firstEntry.NEGOTIATION, filter.negotiatedFrom, filter.negotiatedTo, tenantId),
    reached && sql`and ${firstEntry[reached]} is not null`,
    wasIn && sql`and ${hasBeenIn(wasIn)}`,
    some(lostReason) && hasReason(lostReason),
    ...(custom ?? []).map(customIs),
  ]
  return join(
    conditions.map((condition) => condition || empty),
    ' ',
  )
}

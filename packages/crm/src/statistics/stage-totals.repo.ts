// What a board says of its columns, from the kept totals where they know the filter: the same time however many deals.
import type { DealFilter } from '@throughline/contracts'
import { empty, join, type Sql, sql } from '@throughline/db'

/** What totals are kept by; any other filter has to look at the deals themselves. */
const known: ReadonlySet<string> = new Set(['stage', 'ownerId', 'unowned', 'leadSource', 'unsourced', 'currency'])
const nobody = '00000000-0000-0000-0000-000000000000'

const isAsked = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)

/**
 * Selects stage, currency, count, value, own_value and own_weighted of the living deals that a filter leaves; undefined
 * when the totals do not know one of its parts.
 */
export function keptStageTotals(tenantId: string, onlyOwnerId: string | null, filter: DealFilter): Sql | undefined {
  if (Object.entries(filter).some(([name, value]) => isAsked(value) && !known.has(name))) return undefined
  const { ownerId, unowned, leadSource, unsourced, currency } = filter
  const where = join(
    [
      sql`tenant_id = ${tenantId}::uuid`,
      onlyOwnerId === null ? empty : sql`and owner_id = ${onlyOwnerId}::uuid`,
      ownerId && ownerId.length > 0 ? sql`and owner_id = any(${ownerId}::uuid[])` : empty,
      unowned ? sql`and owner_id = ${nobody}::uuid` : empty,
      leadSource && leadSource.length > 0 ? sql`and lead_source = any(${leadSource}::text[])` : empty,
      unsourced ? sql`and lead_source = ''` : empty,
      currency ? sql`and currency = ${currency}` : empty,
    ],
    ' ',
  )
  const columns = sql`stage, currency, count, value, own_value, own_weighted`
  return sql`select stage, currency, sum(count) as count, sum(value) as value, sum(own_value) as own_value,
      sum(own_weighted) as own_weighted from (
      select ${columns} from deal_totals where ${where}
      union all select ${columns} from deal_total_changes where ${where}
    ) kept group by stage, currency having sum(count) <> 0`
}

// The only place that changes deals by the rules: one statement for one deal or for a thousand.
import { empty, join, type Sql, sql, type TenantDb } from '@throughline/db'
import { type DealText, textOf } from './deal-detail.repo.ts'
import { dealJoinsOf, dealShape } from './deal-json.repo.ts'
import type { DealValues } from './deals.repo.ts'

/** What of a deal is written, as it shall be. */
type ChangedDeal = Partial<DealValues> & { id: string }

interface Write {
  now: Date
  actorId: string | null
}

interface Column {
  field: keyof DealValues
  name: Sql
  type: Sql
}

const columns: readonly Column[] = [
  { field: 'title', name: sql`title`, type: sql`text` },
  { field: 'value', name: sql`value`, type: sql`numeric` },
  { field: 'currency', name: sql`currency`, type: sql`text` },
  { field: 'stage', name: sql`stage`, type: sql`"DealStage"` },
  { field: 'priority', name: sql`priority`, type: sql`"DealPriority"` },
  { field: 'probability', name: sql`probability`, type: sql`int` },
  { field: 'leadSource', name: sql`lead_source`, type: sql`text` },
  { field: 'ownerId', name: sql`owner_id`, type: sql`uuid` },
  { field: 'companyId', name: sql`company_id`, type: sql`uuid` },
  { field: 'contactId', name: sql`contact_id`, type: sql`uuid` },
  { field: 'expectedCloseDate', name: sql`expected_close_date`, type: sql`date` },
  { field: 'notes', name: sql`notes`, type: sql`text` },
  { field: 'tags', name: sql`tags`, type: sql`text[]` },
  { field: 'custom', name: sql`custom`, type: sql`jsonb` },
  { field: 'closedAt', name: sql`closed_at`, type: sql`timestamptz` },
  { field: 'lostReason', name: sql`lost_reason`, type: sql`text` },
  { field: 'deletedAt', name: sql`deleted_at`, type: sql`timestamptz` },
]

/** @throws Error for what is not known: it would be written as null */
function known(deal: ChangedDeal, field: keyof DealValues) {
  const value = deal[field]
  if (value === undefined) throw new Error(`the ${field} of a deal is not known`)
  return value
}

const parameter = (deal: ChangedDeal, { field, type }: Column): Sql => {
  const value = known(deal, field)
  return sql`${field === 'custom' ? JSON.stringify(value) : value}::${type}`
}

/** What `update deals d set` sets. Each deal is one version further. */
function assignments(written: readonly Column[], given: (column: Column) => Sql, { now, actorId }: Write): Sql {
  const set = written.map((column) => sql`${column.name} = ${given(column)}`)
  const deleted = written.find(({ field }) => field === 'deletedAt')
  if (deleted) set.push(sql`deleted_by_id = case when ${given(deleted)} is not null then ${actorId}::uuid end`)
  return join([...set, sql`version = d.version + 1`, sql`updated_at = ${now}`])
}

/** The step of the history that each of `changed` has made, if any. */
const entered = ({ now, actorId }: Write): Sql => sql`, entered as (
      insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, reason, actor_id, created_at)
      select tenant_id, uuidv7(), id, from_stage, stage, lost_reason, ${actorId}::uuid, ${now} from changed where stage <> from_stage
    )`

/**
 * Writes a row that `lockDeal` holds: always all of it, so that there is one statement to prepare.
 * @returns what was written; nothing when the row is gone
 */
export async function writeDeal(
  db: TenantDb,
  deal: DealValues & { id: string },
  write: Write,
): Promise<DealText | undefined> {
  const [row] = await db.queryTexts(sql`
    with changed as (
      update deals d set ${assignments(columns, (column) => parameter(deal, column), write)}
      where d.tenant_id = ${db.tenantId}::uuid and d.id = ${deal.id}::uuid
      returning old.stage as from_stage, d.*
    )${entered(write)}
    select ${dealShape.columns}, d.version from changed d ${dealJoinsOf(deal)}`)
  return row && textOf(dealShape, row)
}

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object'

/**
 * Writes the named fields of rows that `lockDeals` holds, and nothing else of them. What all get alike, as most wishes
 * about many deals want it, is said once.
 * @returns how many were written
 */
export async function writeDeals(
  db: TenantDb,
  [first, ...others]: readonly [ChangedDeal, ...ChangedDeal[]],
  fields: ReadonlySet<string>,
  write: Write,
): Promise<number> {
  const deals = [first, ...others]
  const written = columns.filter(({ field }) => fields.has(field))
  const own = written.filter(
    ({ field }) => !isScalar(first[field]) || others.some((deal) => deal[field] !== first[field]),
  )
  const given = (column: Column): Sql => (own.includes(column) ? sql`n.${column.name}` : parameter(first, column))
  // What all get alike needs no rows beside the deals: they are read once, in the order of their ids.
  const [from, these] =
    own.length === 0
      ? [empty, sql`d.id = any(${deals.map(({ id }) => id)}::uuid[])`]
      : [
          sql`from json_to_recordset(${JSON.stringify(
            deals.map((deal) => ({
              id: deal.id,
              ...Object.fromEntries(own.map(({ field, name }) => [name.text, known(deal, field)])),
            })),
          )}::json) as n(id uuid, ${join(own.map(({ name, type }) => sql`${name} ${type}`))})`,
          sql`d.id = n.id`,
        ]
  const row = await db.queryOne<{ count: number }>(sql`
    with changed as (
      update deals d set ${assignments(written, given, write)} ${from}
      where d.tenant_id = ${db.tenantId}::uuid and ${these}
      returning d.tenant_id, d.id, d.stage, old.stage as from_stage, d.lost_reason
    )${fields.has('stage') ? entered(write) : empty}
    select count(*)::int as count from changed`)
  return row?.count ?? 0
}

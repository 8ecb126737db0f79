// The only SQL that writes distributions and their lines.
import {
  type DistributionState,
  type DistributionView,
  type DistributionWaterfall,
  type DraftDistribution,
  distributionBasis,
  distributionWaterfall,
  type PageQuery,
} from '@throughline/contracts'
import { decodeCursor, empty, instantOf, rowLimit, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

export interface StoredDistribution extends DistributionView {
  matrixSha256: string | null
  createdById: string | null
}

const columns = sql`d.id, d.fund_id as "fundId", d.number, d.title, d.state::text as state, d.distributed_on as "distributedOn",
  d.deal_id as "dealId", d.return_of_capital::text as "returnOfCapital", d.gain::text as gain, d.income::text as income,
  d.recallable::text as recallable, d.expires_on as "expiresOn", trim_scale(d.recycling_cap)::text as "recyclingCap", d.basis, d.matrix_sha256 as "matrixSha256",
  d.last_editor_id as "lastEditorId", d.approved_by_id as "approvedById", d.created_by_id as "createdById",
  ${instantOf(sql`d.approved_at`)} as "approvedAt", ${instantOf(sql`d.declared_at`)} as "declaredAt",
  ${instantOf(sql`d.paid_at`)} as "paidAt", d.cancel_reason as "cancelReason", d.version, ${instantOf(sql`d.created_at`)} as "createdAt"`

const parsed = (row: StoredDistribution): StoredDistribution => ({ ...row, basis: distributionBasis.parse(row.basis) })

/** Newest first; one more than asked for when there is a next page. */
export async function readDistributions(
  db: TenantDb,
  fundId: string,
  { cursor, limit }: PageQuery,
): Promise<StoredDistribution[]> {
  const after = cursor ? sql`and d.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const rows = await db.query<StoredDistribution>(sql`select ${columns} from distributions d
    where d.tenant_id = ${db.tenantId}::uuid and d.fund_id = ${fundId}::uuid ${after}
    order by d.id desc limit ${rowLimit(limit + 1)}`)
  return rows.map(parsed)
}

export async function readDistribution(db: TenantDb, id: string): Promise<StoredDistribution | undefined> {
  const row = await db.queryOne<StoredDistribution>(sql`select ${columns} from distributions d
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${id}::uuid`)
  return row && parsed(row)
}

/** How the carry came about, as it was declared. */
export async function readWaterfall(db: TenantDb, id: string): Promise<DistributionWaterfall | undefined> {
  const row = await db.queryOne<{ waterfall: unknown }>(sql`select waterfall from distributions
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and waterfall is not null`)
  return row && distributionWaterfall.parse(row.waterfall)
}

export async function insertDistribution(
  db: TenantDb,
  fundId: string,
  draft: DraftDistribution,
  { by, now }: { by: string | null; now: Date },
): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into distributions (tenant_id, id, fund_id, title, distributed_on, deal_id, return_of_capital, gain, income, recallable,
      basis, created_by_id, last_editor_id, created_at, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${draft.title}, ${draft.distributedOn}::date, ${draft.dealId}::uuid,
      ${draft.returnOfCapital}::numeric, ${draft.gain}::numeric, ${draft.income}::numeric, ${draft.recallable}::numeric,
      ${JSON.stringify(draft.basis)}::jsonb, ${by}::uuid, ${by}::uuid, ${now}::timestamptz, ${now}::timestamptz) returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

export const writeDraft = (
  db: TenantDb,
  id: string,
  draft: DraftDistribution,
  { by, now }: { by: string | null; now: Date },
): Promise<number> =>
  db.execute(sql`update distributions set title = ${draft.title}, distributed_on = ${draft.distributedOn}::date,
      deal_id = ${draft.dealId}::uuid, return_of_capital = ${draft.returnOfCapital}::numeric, gain = ${draft.gain}::numeric,
      income = ${draft.income}::numeric, recallable = ${draft.recallable}::numeric, basis = ${JSON.stringify(draft.basis)}::jsonb,
      state = 'DRAFT', matrix_sha256 = null, approved_by_id = null, approved_at = null, last_editor_id = ${by}::uuid,
      version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

/** What a step changes; what is left out stays. */
export interface StepChanges {
  state: DistributionState
  number?: number
  /** Of what was asked for, what the lines have. */
  recallable?: string
  expiresOn?: string | null
  recyclingCap?: string | null
  matrixSha256?: string
  approvedById?: string | null
  cancelReason?: string
  waterfall?: DistributionWaterfall
  approvedAt?: Date
  declaredAt?: Date
  paidAt?: Date
}

export const writeStep = (db: TenantDb, id: string, changes: StepChanges, now: Date): Promise<number> =>
  db.execute(sql`update distributions set state = ${changes.state}::"DistributionState",
      number = coalesce(${changes.number ?? null}::int, number), recallable = coalesce(${changes.recallable ?? null}::numeric, recallable),
      expires_on = coalesce(${changes.expiresOn ?? null}::date, expires_on),
      recycling_cap = coalesce(${changes.recyclingCap ?? null}::numeric, recycling_cap),
      matrix_sha256 = coalesce(${changes.matrixSha256 ?? null}::text, matrix_sha256),
      approved_by_id = coalesce(${changes.approvedById ?? null}::uuid, approved_by_id),
      approved_at = coalesce(${changes.approvedAt ?? null}::timestamptz, approved_at),
      declared_at = coalesce(${changes.declaredAt ?? null}::timestamptz, declared_at),
      paid_at = coalesce(${changes.paidAt ?? null}::timestamptz, paid_at),
      cancel_reason = coalesce(${changes.cancelReason ?? null}::text, cancel_reason),
      waterfall = coalesce(${changes.waterfall ? JSON.stringify(changes.waterfall) : null}::jsonb, waterfall),
      version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`)

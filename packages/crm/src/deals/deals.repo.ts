// The only place that writes deals one at a time.
import type { DealPriority, DealStage } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

/** What a rule needs to know of a deal before it changes. */
export interface LockedDeal {
  id: string
  title: string
  value: string
  currency: string
  stage: DealStage
  priority: DealPriority
  leadSource: string | null
  ownerId: string | null
  companyId: string | null
  contactId: string | null
  expectedCloseDate: string | null
  notes: string | null
  closedAt: Date | null
  lostReason: string | null
  version: number
}

/** Holds the row until the transaction ends, so that two changes of one deal come one after the other. */
export const lockDeal = (db: TenantDb, dealId: string): Promise<LockedDeal | undefined> =>
  db.queryOne<LockedDeal>(sql`
    select id, title, value::text as value, currency, stage::text as stage, priority::text as priority,
      lead_source as "leadSource", owner_id as "ownerId", company_id as "companyId", contact_id as "contactId",
      expected_close_date as "expectedCloseDate", notes, closed_at as "closedAt", lost_reason as "lostReason", version
    from deals where tenant_id = ${db.tenantId}::uuid and id = ${dealId}::uuid for update`)

export interface References {
  ownerId: string | null
  companyId: string | null
  contactId: string | null
}

/** Which of the named rows this tenant has, with the contact's e-mail and the tenant's currency, in one question. */
export async function readReferences(db: TenantDb, { ownerId, companyId, contactId }: References) {
  const row = await db.queryOne<{
    owner: boolean
    company: boolean
    contact: boolean
    contactEmail: string | null
    currency: string | null
  }>(sql`
    select exists(select 1 from members where tenant_id = ${db.tenantId}::uuid and id = ${ownerId}::uuid) as owner,
      exists(select 1 from companies where tenant_id = ${db.tenantId}::uuid and id = ${companyId}::uuid) as company,
      exists(select 1 from contacts where tenant_id = ${db.tenantId}::uuid and id = ${contactId}::uuid) as contact,
      (select email from contacts where tenant_id = ${db.tenantId}::uuid and id = ${contactId}::uuid) as "contactEmail",
      (select currency from tenants where id = ${db.tenantId}::uuid) as currency`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}

export type DealValues = Omit<LockedDeal, 'id' | 'version'> & { leadScore: number }

export const insertDeal = (db: TenantDb, id: string, values: DealValues): Promise<number> =>
  db.execute(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, priority, lead_score, lead_source, owner_id, company_id,
      contact_id, expected_close_date, notes, closed_at, lost_reason, updated_at)
    values (${db.tenantId}::uuid, ${id}::uuid, ${values.title}, ${values.value}::numeric, ${values.currency},
      ${values.stage}::"DealStage", ${values.priority}::"DealPriority", ${values.leadScore}, ${values.leadSource},
      ${values.ownerId}::uuid, ${values.companyId}::uuid, ${values.contactId}::uuid, ${values.expectedCloseDate}::date,
      ${values.notes}, ${values.closedAt}, ${values.lostReason}, now())`)

/** Writes the row that `lockDeal` holds. @returns its new version */
export async function writeDeal(db: TenantDb, dealId: string, values: DealValues): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`
    update deals set title = ${values.title}, value = ${values.value}::numeric, currency = ${values.currency},
      stage = ${values.stage}::"DealStage", priority = ${values.priority}::"DealPriority", lead_score = ${values.leadScore},
      lead_source = ${values.leadSource}, owner_id = ${values.ownerId}::uuid, company_id = ${values.companyId}::uuid,
      contact_id = ${values.contactId}::uuid, expected_close_date = ${values.expectedCloseDate}::date, notes = ${values.notes},
      closed_at = ${values.closedAt}, lost_reason = ${values.lostReason}, version = version + 1, updated_at = now()
    where tenant_id = ${db.tenantId}::uuid and id = ${dealId}::uuid
    returning version`)
  if (!row) throw new Error('the row that is written was locked before')
  return row.version
}

export interface StageChangeRow {
  dealId: string
  fromStage: DealStage | null
  toStage: DealStage
  reason: string | null
  actorId: string | null
}

/** Appends to the history of a deal. */
export async function insertStageChange(
  db: TenantDb,
  { dealId, fromStage, toStage, reason, actorId }: StageChangeRow,
): Promise<void> {
  await db.execute(sql`insert into stage_changes (tenant_id, id, deal_id, from_stage, to_stage, reason, actor_id)
    values (${db.tenantId}::uuid, uuidv7(), ${dealId}::uuid, ${fromStage}::"DealStage", ${toStage}::"DealStage", ${reason},
      ${actorId}::uuid)`)
}

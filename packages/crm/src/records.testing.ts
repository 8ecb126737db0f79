// Records as tests need them, straight into the tables: what they are tried with is not what is tried.
import { type Sql, sql } from '@throughline/db'
import type { TestTenant } from '@throughline/testing'

interface Given {
  title?: string
  stage?: string
  ownerId?: string | null
  companyId?: string | null
  contactId?: string | null
  leadSource?: string | null
  tags?: string[]
}

async function insert(tenant: TestTenant, statement: Sql): Promise<string> {
  const row = await tenant.systemCtx().db.queryOne<{ id: string }>(statement)
  if (!row) throw new Error('nothing was inserted')
  return row.id
}

/** @returns its id */
export const aDeal = (tenant: TestTenant, given: Given = {}): Promise<string> => {
  const { title = 'A deal', stage = 'LEAD', ownerId = null, companyId = null, contactId = null } = given
  const { leadSource = null, tags = [] } = given
  return insert(
    tenant,
    sql`insert into deals (tenant_id, id, title, currency, stage, owner_id, company_id, contact_id, lead_source, tags, closed_at)
      values (${tenant.id}::uuid, uuidv7(), ${title}, 'EUR', ${stage}::"DealStage", ${ownerId}::uuid, ${companyId}::uuid,
        ${contactId}::uuid, ${leadSource}, ${tags}::text[], ${stage.startsWith('CLOSED') ? new Date() : null}::timestamptz) returning id`,
  )
}

/** @returns its id */
export const aCompany = (tenant: TestTenant, name = 'A company'): Promise<string> =>
  insert(
    tenant,
    sql`insert into companies (tenant_id, id, name) values (${tenant.id}::uuid, uuidv7(), ${name}) returning id`,
  )

/** @returns their id */
export const aContact = (tenant: TestTenant, name = 'A contact'): Promise<string> =>
  insert(
    tenant,
    sql`insert into contacts (tenant_id, id, name) values (${tenant.id}::uuid, uuidv7(), ${name}) returning id`,
  )

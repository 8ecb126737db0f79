// Deals where a company or a contact is looked at or changed.
import { type Sql, sql, type TenantDb } from '@throughline/db'

/** `dealOfRecord` of a row `d`. */
export const dealOfRecordJson: Sql = sql`'id', d.id, 'title', d.title, 'value', d.value::text, 'currency', d.currency,
  'stage', d.stage`

/** Asks for new lead scores of a company's deals: the trigger `deal_kept` computes them from what is known by now. */
export const rescoreDealsOfCompany = (db: TenantDb, companyId: string): Promise<number> =>
  db.execute(sql`update deals set fit_score = fit_score + 1
    where tenant_id = ${db.tenantId}::uuid and company_id = ${companyId}::uuid`)

/** Asks for new lead scores of the deals whose main contact this is. */
export const rescoreDealsOfContact = (db: TenantDb, contactId: string): Promise<number> =>
  db.execute(sql`update deals set fit_score = fit_score + 1
    where tenant_id = ${db.tenantId}::uuid and contact_id = ${contactId}::uuid`)

// What the fund desk knows of a deal here: that there is one, and what it is called.
import { sql, type TenantDb } from '@throughline/db'

/** Titles by id, of those that the firm has. */
export async function readDealTitles(db: TenantDb, dealIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; title: string }>(sql`select id, title from deals
    where tenant_id = ${db.tenantId}::uuid and id = any(${[...dealIds]}::uuid[])`)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

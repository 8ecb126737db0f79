// What investors are called, for whoever shows something of theirs.
import { sql, type TenantDb } from '@throughline/db'

export interface NamedInvestor {
  id: string
  code: string
  name: string
  taxCountry: string | null
}

/** By id, of those that the firm has; no statement for nobody. */
export async function readInvestorNames(
  db: TenantDb,
  investorIds: readonly string[],
): Promise<Map<string, NamedInvestor>> {
  if (investorIds.length === 0) return new Map()
  const rows = await db.query<NamedInvestor>(sql`select id, code, name, tax_country as "taxCountry" from investors
    where tenant_id = ${db.tenantId}::uuid and id = any(${[...investorIds]}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

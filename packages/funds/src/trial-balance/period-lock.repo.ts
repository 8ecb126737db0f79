import { sql, type TenantDb } from '@throughline/db'

const ofFund = (db: TenantDb, fundId: string) => sql`tenant_id = ${db.tenantId}::uuid and id = ${fundId}::uuid`

export async function readFundVersion(db: TenantDb, fundId: string): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`select version from funds where ${ofFund(db, fundId)}`)
  return row?.version ?? 0
}

/** Of a fund that is held. @returns its version afterwards */
export async function writeLock(
  db: TenantDb,
  fundId: string,
  lockedThrough: string | null,
  now: Date,
): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`update funds set locked_through = ${lockedThrough}::date,
    version = version + 1, updated_at = ${now}::timestamptz where ${ofFund(db, fundId)} returning version`)
  if (!row) throw new Error('a fund that was held is gone')
  return row.version
}

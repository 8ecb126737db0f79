import { sql, type TenantDb } from '@throughline/db'
import { invalid } from '../invalid.ts'

/** Another tenant's id gets the same answer as one that nobody has. @throws AppError validation_failed */
export async function checkReferences(
  db: TenantDb,
  { ownerId = null, companyId = null }: { ownerId?: string | null; companyId?: string | null },
): Promise<void> {
  if (ownerId === null && companyId === null) return
  const found = await db.queryOne<{ owner: boolean; company: boolean }>(sql`
    select exists(select 1 from members where tenant_id = ${db.tenantId}::uuid and id = ${ownerId}::uuid and disabled_at is null) as owner,
      exists(select 1 from companies where tenant_id = ${db.tenantId}::uuid and id = ${companyId}::uuid and deleted_at is null)
        as company`)
  const issues = [
    ...(ownerId !== null && !found?.owner ? [{ path: 'body.ownerId', message: 'There is no such member.' }] : []),
    ...(companyId !== null && !found?.company
      ? [{ path: 'body.companyId', message: 'There is no such company.' }]
      : []),
  ]
  if (issues.length > 0) throw invalid(...issues)
}

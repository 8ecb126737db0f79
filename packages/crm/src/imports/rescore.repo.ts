import { type Sql, sql, type TenantDb } from '@throughline/db'

/**
 * A deal is scored with its company's size and its contact's role: where an import has changed those, or put them back,
 * its deals are scored anew.
 */
export function rescoreDeals(db: TenantDb, importId: string): Promise<number> {
  const t = sql`${db.tenantId}::uuid`
  // One join a kind: a condition over both would compare every deal with every change.
  const touched = (kind: string, column: Sql) => sql`
    select e.id from import_changes c join deals e on e.tenant_id = ${t} and e.${column} = c.record_id
    where c.tenant_id = ${t} and c.import_id = ${importId}::uuid and c.kind = ${kind}::"RecordKind" and c.before is not null`
  return db.execute(sql`
    update deals d set fit_score = d.fit_score + 1 where d.tenant_id = ${t} and d.id in (
      ${touched('COMPANY', sql`company_id`)} union ${touched('CONTACT', sql`contact_id`)}
      except select m.record_id from import_changes m
        where m.tenant_id = ${t} and m.import_id = ${importId}::uuid and m.kind = 'DEAL' and m.before is not null)`)
}

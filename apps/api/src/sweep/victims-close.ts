// What a firm has of reconciliations and files of its fund.
import { randomUUID } from 'node:crypto'
import { fundImportOptions } from '@throughline/contracts'
import { sql } from '@throughline/db'
import type { TestTenant } from '@throughline/testing'

export const closeKinds = [
  'reconciliation',
  'reconciliationBreak',
  'repairableBreak',
  'fundImport',
  'readyFundImport',
] as const

/** Two of what is listed, so that there is a second page. */
export async function fillFundClose({ systemCtx }: TestTenant, fundId: string, marker: string) {
  const rows = {
    reconciliation: randomUUID(),
    reconciliationBreak: randomUUID(),
    repairableBreak: randomUUID(),
    fundImport: randomUUID(),
    readyFundImport: randomUUID(),
  }
  const { db, tenantId } = systemCtx()
  const t = sql`${tenantId}::uuid`
  const investorId = randomUUID()
  await db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
    values (${t}, ${investorId}::uuid, ${`${marker}-close`}, ${marker}, 'ENTITY')`)
  await db.execute(sql`insert into reconciliation_runs (tenant_id, id, fund_id, as_of, state, error, finished_at)
    select ${t}, r, ${fundId}::uuid, '2026-03-01', 'FAILED', ${marker}, now()
    from unnest(${[rows.reconciliation, randomUUID()]}::uuid[]) r`)
  const repair = JSON.stringify({ kind: 'rebuild_position', investorId })
  for (const id of [rows.reconciliationBreak, rows.repairableBreak])
    await db.execute(sql`insert into reconciliation_breaks (tenant_id, id, fund_id, comparison, subject, label, expected, found, repair,
        note, first_seen_on, last_seen_on)
      values (${t}, ${id}::uuid, ${fundId}::uuid, 'positions', ${id}, ${marker}, '1.00', '2.00', ${repair}::jsonb, ${marker},
        '2026-03-01', '2026-03-01')`)
  for (const [index, id] of [rows.fundImport, rows.readyFundImport].entries()) {
    const sha256 = String(index).repeat(64)
    await db.execute(sql`with f as (insert into files (tenant_id, id, storage_key, name, content_type, size_bytes, sha256)
        values (${t}, uuidv7(), ${`${tenantId}/fund/${id}`}, ${`${marker}.csv`}, 'text/csv', 10, ${sha256}) returning id)
      insert into fund_imports (tenant_id, id, fund_id, kind, file_id, file_name, size_bytes, sha256, state, options)
        select ${t}, ${id}::uuid, ${fundId}::uuid, 'COMMITMENTS', id, ${`${marker}.csv`}, 10, ${sha256}, 'READY', ${JSON.stringify(fundImportOptions.parse({}))}::jsonb from f`)
  }
  return rows
}

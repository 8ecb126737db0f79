// Papers of a fund: an issued call with a notice and a link to it, and an upload of a deal with a summary.
import { randomUUID } from 'node:crypto'
import { type Ctx, sql } from '@throughline/db'

export const paperKinds = ['noticedCall', 'fundDocument', 'uploadedDocument', 'portalLink'] as const

export async function fillPapers(
  { db, tenantId }: Ctx,
  { fundId, dealId, marker }: { fundId: string; dealId: string; marker: string },
): Promise<Record<(typeof paperKinds)[number], string>> {
  const rows = {
    ...{ noticedCall: randomUUID(), fundDocument: randomUUID() },
    ...{ uploadedDocument: randomUUID(), portalLink: randomUUID() },
  }
  const [investor, file] = [randomUUID(), randomUUID()]
  const t = sql`${tenantId}::uuid`
  await db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
    values (${t}, ${investor}::uuid, ${`${marker}-noticed`}, ${marker}, 'ENTITY')`)
  await db.execute(sql`insert into capital_calls (tenant_id, id, fund_id, title, state, amount, notice_date, due_date)
    values (${t}, ${rows.noticedCall}::uuid, ${fundId}::uuid, ${marker}, 'ISSUED', 1, '2026-01-01', '2026-01-20')`)
  await db.execute(sql`insert into files (tenant_id, id, storage_key, name, content_type, size_bytes, sha256)
    values (${t}, ${file}::uuid, ${`${tenantId}/fund-documents/${file}`}, ${marker}, 'application/pdf', 1, repeat('a', 64))`)
  await db.execute(sql`insert into fund_documents (tenant_id, id, fund_id, investor_id, kind, subject, state, name, file_id, ready_at)
    values (${t}, ${rows.fundDocument}::uuid, ${fundId}::uuid, ${investor}::uuid, 'CALL_NOTICE', ${rows.noticedCall}, 'READY', ${marker},
      ${file}::uuid, now()),
    (${t}, uuidv7(), ${fundId}::uuid, ${investor}::uuid, 'STATEMENT', '2025-Q4', 'READY', ${marker}, ${file}::uuid, now())`)
  await db.execute(sql`insert into fund_documents (tenant_id, id, fund_id, deal_id, kind, subject, state, name, file_id, ready_at)
    values (${t}, ${rows.uploadedDocument}::uuid, ${fundId}::uuid, ${dealId}::uuid, 'UPLOAD', ${marker}, 'READY', ${marker}, ${file}::uuid, now())`)
  await db.execute(sql`insert into deal_summaries (tenant_id, id, deal_id, number, input_digest, provider, ready_at, sentences)
    values (${t}, uuidv7(), ${dealId}::uuid, 1, repeat('b', 64), 'offline', now(),
      jsonb_build_array(jsonb_build_object('text', ${marker}::text, 'citations', '[]'::jsonb, 'doubt', 'uncited', 'missing', '[]'::jsonb)))`)
  await db.execute(sql`insert into portal_links (tenant_id, id, fund_id, investor_id, document_id, token_hash, sent_to, expires_at)
    values (${t}, ${rows.portalLink}::uuid, ${fundId}::uuid, ${investor}::uuid, ${rows.fundDocument}::uuid,
      md5(${marker}) || md5(${marker}), ${`${marker}@investor.test`}, now() + interval '1 day')`)
  await db.execute(sql`insert into nav_periods (tenant_id, id, fund_id, as_of, nav, kind)
    values (${t}, uuidv7(), ${fundId}::uuid, '2026-03-31', 1, 'final')`)
  return rows
}

import type { AuditEntryView, ListAudit, ListPlatformAudit, Page } from '@throughline/contracts'
import { type Ctx, decodeCursor, type PlatformCtx, platformScope, toPage } from '@throughline/db'
import * as z from 'zod'
import { type AuditRow, readAllEntries, readOwnEntries } from './audit.repo.ts'
import { auditPlatform } from './audit.ts'

const toView = ({ createdAt, ...row }: AuditRow): AuditEntryView => ({ ...row, createdAt: createdAt.toISOString() })

const ownCursor = z.tuple([z.string().regex(/^\d{1,18}$/)])
const allCursor = z.tuple([z.iso.datetime(), z.uuid(), z.string().regex(/^\d{1,18}$/)])

/** What was done in the firm, newest first. */
export async function listAudit(ctx: Ctx, { limit, cursor, ...filter }: ListAudit): Promise<Page<AuditEntryView>> {
  const [before] = cursor ? decodeCursor(cursor, ownCursor) : []
  const rows = await readOwnEntries(ctx.db, ctx.tenantId, filter, before, limit)
  return toPage(rows, limit, ({ seq }) => [seq], toView)
}

/** What was done anywhere, newest first. Looking is a row of its own, once a page that names a firm is opened. */
export async function listPlatformAudit(
  platform: PlatformCtx,
  { limit, cursor, tenantId, ...filter }: ListPlatformAudit,
): Promise<Page<AuditEntryView>> {
  const [at, firm, seq] = cursor ? decodeCursor(cursor, allCursor) : []
  const before = at && firm && seq ? { at, tenantId: firm, seq } : undefined
  const scope = { tenantId: tenantId === 'platform' ? platformScope : tenantId }
  const rows = await readAllEntries(platform.db, filter, scope, before, limit)
  if (tenantId && tenantId !== 'platform' && !cursor)
    await platform.db.transaction(async () =>
      auditPlatform(platform, { action: 'audit.viewed', subject: 'tenant', subjectId: tenantId }),
    )
  return toPage(rows, limit, (row) => [row.createdAt.toISOString(), row.tenantId, row.seq], toView)
}

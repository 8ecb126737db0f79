// What has to happen from time to time for accounts and desks; the jobs package brings the platform's own schedules.
import { keepPartitions, purgeClosedFiles, purgeLinks, readActiveTenantIds, sealAudit } from '@throughline/accounts'
import {
  coolEngagement,
  expireExports,
  foldDealTotals,
  forgetImportChanges,
  purgeLeads,
  purgeOldTrash,
} from '@throughline/crm'
import { type Database, type Log, sql, systemActor, tenantCtx } from '@throughline/db'
import { beginNights, remindOfOpenLines } from '@throughline/funds'
import type { Schedule } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'
import { purgeWebhooks } from '@throughline/webhooks'

const hour = 60 * 60_000
/** Between two folds each reader adds up what is not folded yet, which costs more than to fold often does. */
const foldEveryMs = 2_000

export const accountSchedules = ({ database, storage }: { database: Database; storage: Storage }): Schedule[] => [
  {
    name: 'seal-audit',
    everyMs: hour,
    run: async () => void (await sealAudit(database.platform, storage, new Date())),
  },
  {
    name: 'keep-audit-partitions',
    everyMs: 24 * hour,
    run: async () => void (await keepPartitions(database.platform)),
  },
  { name: 'purge-links', everyMs: 24 * hour, run: async () => void (await purgeLinks(database.platform)) },
]

async function coolAll(database: Database, log: Log): Promise<void> {
  for (const tenantId of await readActiveTenantIds(database.platform))
    await coolEngagement(tenantCtx(database, { tenantId, actor: systemActor, log }))
}

/** What was deleted can be brought back for this long. */
const keepTrashDays = 30

async function purgeTrash(database: Database, log: Log): Promise<void> {
  const before = new Date(Date.now() - keepTrashDays * 24 * hour)
  for (const tenantId of await readActiveTenantIds(database.platform)) {
    const removed = await purgeOldTrash(tenantCtx(database, { tenantId, actor: systemActor, log }), before)
    if (Object.values(removed).some((count) => count > 0)) log.info({ tenantId, removed }, 'purged the trash')
  }
}

async function purgeImportChanges(database: Database, log: Log): Promise<void> {
  for (const tenantId of await readActiveTenantIds(database.platform)) {
    const forgotten = await forgetImportChanges(database.tenant(tenantId), new Date())
    if (forgotten > 0) log.info({ tenantId, forgotten }, 'forgot what imports were before')
  }
}

interface DeskTools {
  database: Database
  storage: Storage
  log: Log
}

/** Exports are kept for seven days; their files go soon after. */
async function expireAllExports({ database, storage, log }: DeskTools): Promise<void> {
  const tenants = await database.platform.query<{ tenantId: string }>(sql`
    select distinct tenant_id as "tenantId" from data_exports where state = 'SUCCEEDED' and expires_at <= now()`)
  for (const { tenantId } of tenants)
    await expireExports(tenantCtx(database, { tenantId, actor: systemActor, log }), storage)
}

/** What somebody took away is kept as long as what is in the trash. */
async function purgeFiles({ database, storage, log }: DeskTools): Promise<void> {
  const before = new Date(Date.now() - keepTrashDays * 24 * hour)
  const tenants = await database.platform.query<{ tenantId: string }>(sql`
    select distinct tenant_id as "tenantId" from files where closed_at < ${before}::timestamptz`)
  for (const { tenantId } of tenants) {
    const purged = await purgeClosedFiles(database.tenant(tenantId), storage, before)
    log.info({ tenantId, purged }, 'deleted files that were taken away')
  }
}

/** How late a night or a reminder may begin. */
const lookAtClocksMs = 5 * 60_000

export const deskSchedules = ({ database, storage, log }: DeskTools): Schedule[] => [
  { name: 'purge-trash', everyMs: 24 * hour, run: () => purgeTrash(database, log) },
  { name: 'purge-closed-files', everyMs: 24 * hour, run: () => purgeFiles({ database, storage, log }) },
  { name: 'purge-import-changes', everyMs: 24 * hour, run: () => purgeImportChanges(database, log) },
  { name: 'expire-exports', everyMs: hour / 6, run: () => expireAllExports({ database, storage, log }) },
  {
    name: 'fold-deal-totals',
    everyMs: foldEveryMs,
    run: async () => void (await foldDealTotals(database.platform)),
  },
  { name: 'cool-engagement', everyMs: 24 * hour, run: () => coolAll(database, log) },
  { name: 'purge-leads', everyMs: 24 * hour, run: async () => void (await purgeLeads(database.platform)) },
  {
    name: 'begin-fund-nights',
    everyMs: lookAtClocksMs,
    run: async () => void (await beginNights({ database, log, now: new Date() })),
  },
  {
    name: 'remind-of-calls',
    everyMs: lookAtClocksMs,
    run: async () => void (await remindOfOpenLines({ database, log, now: new Date() })),
  },
  { name: 'purge-webhooks', everyMs: 24 * hour, run: async () => void (await purgeWebhooks(database.platform)) },
]

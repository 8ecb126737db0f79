// What has to happen from time to time for accounts and desks; the jobs package brings the platform's own schedules.
import { keepPartitions, purgeLinks, readActiveTenantIds, sealAudit } from '@throughline/accounts'
import { coolEngagement, foldDealTotals, purgeLeads, purgeOldTrash } from '@throughline/crm'
import { type Database, type Log, systemActor, tenantCtx } from '@throughline/db'
import type { Schedule } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'
import { purgeWebhooks } from '@throughline/webhooks'

const hour = 60 * 60_000
/** Between two folds a reader adds up what is not folded yet. */
const foldEveryMs = 10_000

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

const coolAll = async (database: Database): Promise<void> => {
  for (const tenantId of await readActiveTenantIds(database.platform)) await coolEngagement(database.tenant(tenantId))
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

export const deskSchedules = (database: Database, log: Log): Schedule[] => [
  { name: 'purge-trash', everyMs: 24 * hour, run: () => purgeTrash(database, log) },
  {
    name: 'fold-deal-totals',
    everyMs: foldEveryMs,
    run: async () => void (await foldDealTotals(database.platform)),
  },
  { name: 'cool-engagement', everyMs: 24 * hour, run: () => coolAll(database) },
  { name: 'purge-leads', everyMs: 24 * hour, run: async () => void (await purgeLeads(database.platform)) },
  { name: 'purge-webhooks', everyMs: 24 * hour, run: async () => void (await purgeWebhooks(database.platform)) },
]

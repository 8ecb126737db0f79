// What has to happen from time to time for accounts and desks; the jobs package brings the platform's own schedules.
import { keepPartitions, purgeLinks, readActiveTenantIds, sealAudit } from '@throughline/accounts'
import { coolEngagement, foldDealTotals, purgeLeads } from '@throughline/crm'
import type { Database } from '@throughline/db'
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

export const deskSchedules = (database: Database): Schedule[] => [
  {
    name: 'fold-deal-totals',
    everyMs: foldEveryMs,
    run: async () => void (await foldDealTotals(database.platform)),
  },
  { name: 'cool-engagement', everyMs: 24 * hour, run: () => coolAll(database) },
  { name: 'purge-leads', everyMs: 24 * hour, run: async () => void (await purgeLeads(database.platform)) },
  { name: 'purge-webhooks', everyMs: 24 * hour, run: async () => void (await purgeWebhooks(database.platform)) },
]

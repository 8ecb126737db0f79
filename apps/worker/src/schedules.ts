// What has to happen from time to time for accounts, the deal desk and webhooks; the jobs package brings the platform's own.
import { keepPartitions, purgeLinks, readActiveTenantIds, sealAudit } from '@throughline/accounts'
import { coolEngagement, purgeLeads } from '@throughline/crm'
import type { Database } from '@throughline/db'
import type { Schedule } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'
import { purgeWebhooks } from '@throughline/webhooks'

const hour = 60 * 60_000

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

export const dealDeskSchedules = ({ database }: { database: Database }): Schedule[] => [
  {
    name: 'cool-engagement',
    everyMs: 24 * hour,
    run: async () => {
      for (const tenantId of await readActiveTenantIds(database.platform))
        await coolEngagement(database.tenant(tenantId))
    },
  },
  { name: 'purge-leads', everyMs: 24 * hour, run: async () => void (await purgeLeads(database.platform)) },
]

export const webhookSchedules = ({ database }: { database: Database }): Schedule[] => [
  { name: 'purge-webhooks', everyMs: 24 * hour, run: async () => void (await purgeWebhooks(database.platform)) },
]

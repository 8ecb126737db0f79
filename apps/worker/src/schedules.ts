// What has to happen from time to time for accounts and the deal desk; the jobs package brings the schedules of the platform itself.
import { keepPartitions, purgeLinks, readActiveTenantIds, sealAudit } from '@throughline/accounts'
import { coolEngagement } from '@throughline/crm'
import type { Database } from '@throughline/db'
import type { Schedule } from '@throughline/jobs'
import type { Storage } from '@throughline/storage'

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
]

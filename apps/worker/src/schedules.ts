// What has to happen from time to time for accounts and desks; the jobs package brings the schedules of the platform itself.
import { keepPartitions, purgeLinks, sealAudit } from '@throughline/accounts'
import { purgeOldTrash } from '@throughline/crm'
import { type Database, type Log, sql, systemActor, tenantCtx } from '@throughline/db'
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

const day = 24 * hour
/** What was deleted can be brought back for this long. */
const keepTrashDays = 30

/** What has to happen from time to time for the deal desk. */
export const dealDeskSchedules = ({ database, log }: { database: Database; log: Log }): Schedule[] => [
  {
    name: 'purge-trash',
    everyMs: day,
    run: async () => {
      const before = new Date(Date.now() - keepTrashDays * day)
      const firms = await database.platform.query<{ id: string }>(sql`select id from tenants order by id`)
      for (const { id: tenantId } of firms) {
        const ctx = tenantCtx(database, { tenantId, actor: systemActor, log })
        const removed = await purgeOldTrash(ctx, before)
        if (Object.values(removed).some((count) => count > 0)) log.info({ tenantId, removed }, 'purged the trash')
      }
    },
  },
]

// What has to happen from time to time for accounts and desks; the jobs package brings the schedules of the platform itself.
import { keepPartitions, purgeLinks, sealAudit } from '@throughline/accounts'
import { expireExports } from '@throughline/crm'
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

export const deskSchedules = (tools: DeskTools): Schedule[] => [
  { name: 'expire-exports', everyMs: hour / 6, run: () => expireAllExports(tools) },
]

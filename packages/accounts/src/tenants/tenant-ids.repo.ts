import { type PlatformDb, sql } from '@throughline/db'

/** Firms that are at work, for schedules that do something in each of them. */
export const readActiveTenantIds = async (platform: PlatformDb): Promise<string[]> =>
  (await platform.query<{ id: string }>(sql`select id from tenants where status = 'ACTIVE' order by id`)).map(
    ({ id }) => id,
  )

// Deals of the demo that something older is built on were won earlier.
import { sql, type TenantDb } from '@throughline/db'

/** How many days before something is built on a deal it was won. */
const daysBetween = 12

/**
 * Moves won deals into the past, so that each was won before a day; those that were stay as they are. Call it between `seedDeals`
 * and `seedDetails`, which tells their way.
 * @param deals the first day on which something needs a deal to be won
 */
export async function seedWonBefore(db: TenantDb, deals: readonly { dealId: string; before: string }[]): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    update deals d set created_at = d.created_at - m.by, closed_at = d.closed_at - m.by, updated_at = d.updated_at - m.by,
      expected_close_date = (d.expected_close_date - m.by)::date
    from (select d.id, d.closed_at - (g.before - ${daysBetween}::int) as by
      from jsonb_to_recordset(${JSON.stringify(deals)}::jsonb) as g("dealId" uuid, before date)
      join deals d on d.tenant_id = ${t} and d.id = g."dealId" where d.stage = 'CLOSED_WON' and d.closed_at >= g.before) m
    where d.tenant_id = ${t} and d.id = m.id`)
}

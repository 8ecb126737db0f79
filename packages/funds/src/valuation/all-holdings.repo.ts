import type { PageQuery } from '@throughline/contracts'
import { decodeCursor, empty, rowLimit, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { HeldDeal } from '../cash-flows/index.ts'

export type HeldDealRow = HeldDeal & { fundName: string; currency: string }

/** What any fund has ever put money into by a day, the newest deals first; one more than asked for when there is a next page. */
export function readHeldDeals(db: TenantDb, { cursor, limit }: PageQuery, through: string): Promise<HeldDealRow[]> {
  const [dealId, fundId] = cursor ? decodeCursor(cursor, z.tuple([z.uuid(), z.uuid()])) : []
  const behind = dealId ? sql`and (e.deal_id, e.fund_id) < (${dealId}::uuid, ${fundId}::uuid)` : empty
  return db.query<HeldDealRow>(sql`
    select h.deal_id as "dealId", h.fund_id as "fundId", f.name as "fundName", f.currency
    from (select distinct e.deal_id, e.fund_id from ledger_entries e
      where e.tenant_id = ${db.tenantId}::uuid and e.deal_id is not null and e.kind = 'investment'
        and e.effective_on <= ${through}::date ${behind}
      order by e.deal_id desc, e.fund_id desc limit ${rowLimit(limit + 1)}) h
    join funds f on f.tenant_id = ${db.tenantId}::uuid and f.id = h.fund_id
    order by h.deal_id desc, h.fund_id desc`)
}

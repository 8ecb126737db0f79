// What tests of deals say in one word. Services answer with JSON text that Postgres wrote; it must keep the contract.
import {
  createDeal as createDealBody,
  type DealView,
  dealDetail,
  dealFilter,
  dealPage,
  dealView,
  listDeals as listDealsQuery,
} from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { createDeal, getDeal, listDeals } from './index.ts'

/** Creates a deal as a route would; the title is enough. */
export const makeDeal = async (ctx: Ctx, input: object = {}): Promise<DealView> =>
  dealView.parse(JSON.parse((await createDeal(ctx, createDealBody.parse({ title: 'A deal', ...input }))).json))

/** One deal, as its page shows it. */
export const readDeal = async (ctx: Ctx, id: string) => dealDetail.parse(JSON.parse((await getDeal(ctx, id)).json))

/** The ids that a list with this query shows. */
export const listedIds = async (ctx: Ctx, query: object = {}): Promise<string[]> =>
  dealPage
    .parse(JSON.parse(await listDeals(ctx, listDealsQuery.parse({ limit: 100, ...query }))))
    .data.map(({ id }) => id)

/** A filter as a query string gives it. */
export const filterOf = (query: object) => dealFilter.parse(query)

/** How often something was audited and announced about a deal. */
export async function traces(ctx: Ctx, dealId: string, action: string) {
  const row = await ctx.db.queryOne<{ audits: number; events: number }>(sql`
    select (select count(*)::int from audit_entries where tenant_id = ${ctx.tenantId}::uuid and subject_id = ${dealId}::uuid
        and action = ${action}) as audits,
      (select count(*)::int from events where tenant_id = ${ctx.tenantId}::uuid and type = ${action}
        and data->>'dealId' = ${dealId}) as events`)
  return row ?? { audits: 0, events: 0 }
}

/** Says that another desk has built on a deal. */
export const holdDeal = (ctx: Ctx, dealId: string, label = 'Capital call 3 of Fund II') =>
  ctx.db.execute(sql`insert into deal_holds (tenant_id, deal_id, kind, ref_id, label)
    values (${ctx.tenantId}::uuid, ${dealId}::uuid, 'capital_call', uuidv7(), ${label})`)

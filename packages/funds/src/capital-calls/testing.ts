// What tests of calls and of what stands on them start from.
import { type DraftCapitalCall, draftCapitalCall } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import type { TestTenant } from '@throughline/testing'
import { approveCall, draftCall } from './drafts.service.ts'
import { issueCall } from './issue.service.ts'

/** A deal of the deal desk, by SQL: the fund desk knows no other way to make one. */
export async function makeWonDeal(
  ctx: Ctx,
  { title = 'Alpha', value = '500000.00', currency = 'EUR', stage = 'CLOSED_WON' } = {},
): Promise<string> {
  const deal = await ctx.db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${ctx.tenantId}::uuid, uuidv7(), ${title}, ${value}::numeric, ${currency}, ${stage}::"DealStage",
      case when ${stage} = 'CLOSED_WON' then now() end) returning id`)
  if (!deal) throw new Error('an insert that succeeds returns its row')
  return deal.id
}

type Given = Partial<Omit<DraftCapitalCall, 'components'>> & { components?: object[] }

/** A call of 100,000.00 for an investment, with 14 days of notice in a month without holidays. */
export const aDraft = ({ components = [{}], ...given }: Given = {}): DraftCapitalCall =>
  draftCapitalCall.parse({
    title: 'First call',
    noticeDate: '2026-03-02',
    dueDate: '2026-03-16',
    ...given,
    components: components.map((component) => ({
      kind: 'INVESTMENT',
      label: 'Investment',
      amount: '100000.00',
      ...component,
    })),
  })

/** Written by the manager, approved by the admin, issued by the manager. */
export async function anIssuedCall(tenant: TestTenant, fundId: string, draft: DraftCapitalCall = aDraft()) {
  const call = await draftCall(tenant.ctx('manager'), fundId, draft)
  await approveCall(tenant.ctx('admin'), call.id)
  return issueCall(tenant.ctx('manager'), call.id)
}

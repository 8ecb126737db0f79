// Allocations and capital calls of a firm, in the states that the sweep needs them in.
import { randomUUID } from 'node:crypto'
import { draftCapitalCall } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import { approveCall, createAllocation, draftCall, happen, holdFund, issueCall } from '@throughline/funds'
import type { TestTenant } from '@throughline/testing'

const rowKinds = [
  'callFund',
  'callInvestor',
  'wonDeal',
  'allocation',
  'draftCall',
  'approvedCall',
  'issuedCall',
  'fundedCall',
  'callComponent',
  'callLine',
  'spareCallLine',
] as const
export type CallDeskRow = (typeof rowKinds)[number]

interface Given {
  fundId: string
  marker: string
}

/** A fund of its own, so that what others do to investors changes no line. */
async function fundOf({ db, tenantId }: Ctx, marker: string): Promise<string> {
  const id = randomUUID()
  await db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${tenantId}::uuid, ${id}::uuid, ${`${marker} that calls`}, ${marker}, 'EUR', 'Europe/Berlin', 2025, '{}')`)
  return id
}

/** Written by the viewer's id, so that every role that may approve is a second person. */
export async function fillCallDesk(tenant: TestTenant, marker: string): Promise<Record<CallDeskRow, string>> {
  const ctx = tenant.systemCtx()
  const fundId = await fundOf(ctx, marker)
  const investors = await fillInvestors(ctx, { fundId, marker })
  const wonDeal = await wonDealOf(ctx, marker)
  const part = { investorId: null, externalRef: null, amount: '10.00' }
  // The third tranche is what samples cancel; the fourth is what calls stand on.
  const { id: allocation } = await createAllocation(ctx, fundId, { ...part, dealId: wonDeal, tranche: 3 })
  await createAllocation(ctx, fundId, { ...part, dealId: wonDeal, tranche: 4 })
  const draft = (title: string, noticeDate = '2026-04-01') =>
    draftCapitalCall.parse({
      title: `${title} ${marker}`,
      ...{ noticeDate, dueDate: '2026-04-30' },
      components: [
        { kind: 'INVESTMENT', label: marker, amount: '3.00', excused: [{ investorId: investors[3], reason: marker }] },
      ],
    })
  const issued = async (title: string) => {
    const { id } = await draftCall(ctx, fundId, draft(title))
    await approveCall(tenant.ctx('owner'), id)
    return (await issueCall(ctx, id)).id
  }
  const issuedCall = await issued('Issued')
  const fundedCall = await issued('Funded')
  const { id: draftId } = await draftCall(ctx, fundId, draft('Draft'))
  const { id: approvedCall } = await draftCall(ctx, fundId, draft('Approved'))
  await approveCall(tenant.ctx('owner'), approvedCall)
  const { db } = ctx
  await db.execute(sql`update capital_call_lines set applied = due where call_id = ${fundedCall}::uuid`)
  const lines = await db.query<{ id: string }>(
    sql`select id from capital_call_lines where call_id = ${issuedCall}::uuid and due > 0 order by id`,
  )
  // In default: what an overcall makes up for.
  await db.execute(sql`update capital_call_lines set standing = 'DEFAULTED' where id = ${lines[2]?.id}::uuid`)
  const component = await db.queryOne<{ id: string }>(
    sql`select id from call_components where call_id = ${issuedCall}::uuid`,
  )
  return {
    callFund: fundId,
    callInvestor: investors[0] ?? '',
    wonDeal,
    allocation,
    draftCall: draftId,
    approvedCall,
    issuedCall,
    fundedCall,
    callComponent: component?.id ?? '',
    callLine: lines[0]?.id ?? '',
    spareCallLine: lines[1]?.id ?? '',
  }
}

async function fillInvestors(ctx: Ctx, { fundId, marker }: Given): Promise<string[]> {
  const t = sql`${ctx.tenantId}::uuid`
  const ids = Array.from({ length: 4 }, () => randomUUID())
  for (const [index, id] of ids.entries()) {
    await ctx.db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
      values (${t}, ${id}::uuid, ${`${marker}-C${index + 1}`}, ${`${marker} C${index + 1}`}, 'ENTITY')`)
    await ctx.db.execute(sql`insert into commitments (tenant_id, id, fund_id, investor_id, close_name, close_date, amount)
      values (${t}, uuidv7(), ${fundId}::uuid, ${id}::uuid, ${marker}, '2025-01-01', 1000)`)
  }
  await ctx.db.transaction(async () => {
    await happen(
      ctx,
      await holdFund(ctx, fundId),
      ids.map((investorId) => ({
        investorId,
        event: { kind: 'committed', date: '2025-01-01', amount: 100_000n },
        source: { kind: 'commitment', id: investorId },
      })),
    )
  })
  return ids
}

async function wonDealOf({ db, tenantId }: Ctx, marker: string): Promise<string> {
  const deal = await db.queryOne<{ id: string }>(sql`
    insert into deals (tenant_id, id, title, value, currency, stage, closed_at)
    values (${tenantId}::uuid, uuidv7(), ${`${marker} won`}, 1000, 'EUR', 'CLOSED_WON', now()) returning id`)
  if (!deal) throw new Error('an insert that succeeds returns its row')
  return deal.id
}

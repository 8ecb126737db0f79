// Distributions, holdings and books of a firm, in the states that the sweep needs them in.
import { randomUUID } from 'node:crypto'
import { draftDistribution as draftSchema } from '@throughline/contracts'
import { type Ctx, sql } from '@throughline/db'
import {
  approveDistribution,
  book,
  callIssued,
  declareDistribution,
  draftDistribution,
  happen,
  holdFund,
  markHolding,
  post,
  receiptTaken,
  strikeNav,
  submitDistribution,
} from '@throughline/funds'
import type { TestTenant } from '@throughline/testing'

const rowKinds = [
  'paidFund',
  'paidInvestor',
  'draftedDistribution',
  'spareDistribution',
  'submittedDistribution',
  'approvedDistribution',
  'declaredDistribution',
  'waterfallDistribution',
  'navPeriod',
  'ledgerEntry',
] as const
export type CapitalDeskRow = (typeof rowKinds)[number]

interface Given {
  /** That the fund holds. */
  dealId: string
  otherDealId: string
  marker: string
}

/** Written by nobody, so that every role that may approve is a second person. */
export async function fillCapitalDesk(
  tenant: TestTenant,
  { dealId, otherDealId, marker }: Given,
): Promise<{ rows: Record<CapitalDeskRow, string>; distributionSha256: string }> {
  const ctx = tenant.systemCtx()
  const fundId = await fundOf(ctx, marker)
  const [paidInvestor = ''] = await payIn(ctx, { fundId, marker })
  await book(ctx, fundId, { kind: 'investment', dealId, on: '2025-03-01', amount: '1000.00', note: marker })
  await book(ctx, fundId, { kind: 'investment', dealId: otherDealId, on: '2025-03-02', amount: '1.00', note: marker })
  for (const on of ['2025-06-30', '2025-09-30']) {
    await markHolding(ctx, fundId, { dealId, on, value: on === '2025-06-30' ? '1100.00' : '1200.00', reason: marker })
    await strikeNav(ctx, fundId, on, 'daily')
  }
  const { id: navPeriod } = await strikeNav(ctx, fundId, '2025-12-31', 'final')
  const { entryId } = await book(ctx, fundId, { kind: 'expense', on: '2025-10-01', amount: '1.00', note: marker })
  const drafted = async (method: 'commitment' | 'waterfall' = 'commitment') => {
    const values = { title: marker, distributedOn: '2026-03-31', returnOfCapital: '10.00', basis: { method } }
    return (await draftDistribution(ctx, fundId, draftSchema.parse(values))).id
  }
  const approved = async () => {
    const id = await drafted()
    const { matrixSha256 } = await submitDistribution(ctx, id)
    await approveDistribution(tenant.ctx('owner'), id, matrixSha256)
    return id
  }
  const submittedDistribution = await drafted()
  const { matrixSha256 } = await submitDistribution(ctx, submittedDistribution)
  const declaredDistribution = await approved()
  await declareDistribution(ctx, declaredDistribution, '10.00')
  return {
    rows: {
      ...{ paidFund: fundId, paidInvestor, navPeriod, ledgerEntry: entryId },
      ...{ submittedDistribution, declaredDistribution, approvedDistribution: await approved() },
      ...{ draftedDistribution: await drafted(), spareDistribution: await drafted() },
      waterfallDistribution: await drafted('waterfall'),
    },
    distributionSha256: matrixSha256,
  }
}

async function fundOf({ db, tenantId }: Ctx, marker: string): Promise<string> {
  const id = randomUUID()
  await db.execute(sql`insert into funds (tenant_id, id, name, legal_name, currency, time_zone, vintage, terms)
    values (${tenantId}::uuid, ${id}::uuid, ${`${marker} paid`}, ${marker}, 'EUR', 'Europe/Berlin', 2025,
      '{"feeSteps": [{"from": "2025-01-01", "rate": "2", "base": "commitments"}]}')`)
  return id
}

/** Two investors, so that there is a second page, who have paid all that they promised. */
async function payIn(ctx: Ctx, { fundId, marker }: { fundId: string; marker: string }): Promise<string[]> {
  const ids = [randomUUID(), randomUUID()]
  for (const [index, id] of ids.entries())
    await ctx.db.execute(sql`insert into investors (tenant_id, id, code, name, kind)
      values (${ctx.tenantId}::uuid, ${id}::uuid, ${`${marker}-paid-${index}`}, ${`${marker} paid ${index}`}, 'ENTITY')`)
  const source = { kind: 'capital_call', id: randomUUID() } as const
  const amount = 100_000n
  const line = { insideCommitment: amount, outsideCommitment: 0n }
  await ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    const entries = [
      callIssued(ids.map((investorId) => ({ investorId, ...line }))),
      ...ids.map((id) => receiptTaken(id, [{ on: 'line', lineId: source.id, from: 'receipt', amount }])),
    ]
    await post(
      ctx,
      fund,
      entries.map((entry) => ({ entry, effectiveOn: '2025-02-01', source })),
    )
    await happen(
      ctx,
      fund,
      ids.flatMap((investorId) => [
        { investorId, source, event: { kind: 'committed', date: '2025-01-01', amount } as const },
        {
          investorId,
          source,
          event: { kind: 'called', date: '2025-02-01', callId: source.id, recalled: 0n, ...line } as const,
        },
        { investorId, source, event: { kind: 'funded', date: '2025-02-01', ...line } as const },
      ]),
    )
  })
  return ids
}

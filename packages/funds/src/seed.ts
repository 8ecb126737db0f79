// The demo's funds: one that has lived for three years, and a young one. The same at every seeding of one day.
import type { Encryption } from '@throughline/accounts'
import { bankAccount } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { requestStatements } from './documents/index.ts'
import { setFundWire } from './funds/index.ts'
import { requestReconciliation } from './reconciliation/index.ts'
import type { SeedStory } from './seed-desk.ts'
import { growthFund, seedFund } from './seed-plan.ts'
import { quarterBefore } from './seed-steps.ts'
import { threeYears } from './seed-three-years.ts'
import { firstYear } from './seed-young.ts'

export interface SeedFunds extends SeedStory {
  story: 'three-years' | 'first-year'
  /** Seals the account that investors pay to; without one the fund has none. */
  encryption: Encryption | undefined
}

const stories = {
  'three-years': { tell: threeYears, plan: growthFund },
  'first-year': { tell: firstYear, plan: seedFund },
} as const

/** A deal that a fund has taken a part of, and the first day on which it did. */
export interface TakenDeal {
  dealId: string
  before: string
}

/**
 * Adds a fund to a tenant that has none, of its own won deals: all of it in one transaction. Its books are compared and
 * the statements of the last quarter rendered by the first worker.
 * @returns deals that have to be won by then, also of a fund that was there
 */
export async function seedFunds(input: SeedFunds): Promise<TakenDeal[]> {
  const ctx = input.as('writer', input.today)
  return ctx.db.transaction(async () => {
    if (!(await ctx.db.queryOne(sql`select 1 as one from funds limit 1`))) await addFund(input)
    return ctx.db.query<TakenDeal>(sql`select deal_id as "dealId", min(allocated_on) as before from allocations
      where tenant_id = ${ctx.tenantId}::uuid group by deal_id order by deal_id`)
  })
}

async function addFund(input: SeedFunds): Promise<void> {
  const { as, today: now, story, encryption } = input
  const ctx = as('writer', now)
  const { tell, plan } = stories[story]
  const { fundId, today } = await tell(input)
  const account = bankAccount.parse(plan.account)
  if (encryption) await setFundWire(as('approver', now), encryption, fundId, { account })
  await requestReconciliation(ctx, fundId, {})
  await requestStatements(ctx, fundId, { period: quarterBefore(today), notify: false })
}

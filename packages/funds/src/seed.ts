// The demo's funds: one that has lived for three years, and a young one. The same at every seeding of one day.
import type { Encryption } from '@throughline/accounts'
import { bankAccount } from '@throughline/contracts'
import { sql } from '@throughline/db'
import { setFundWire } from './funds/index.ts'
import { requestReconciliation } from './reconciliation/index.ts'
import type { SeedStory } from './seed-desk.ts'
import { growthFund, seedFund } from './seed-plan.ts'
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

/**
 * Adds a fund to a tenant that has none, of its own won deals: all of it in one transaction. Its books are compared by the
 * first worker.
 */
export async function seedFunds(input: SeedFunds): Promise<void> {
  const { as, today, story, encryption } = input
  const ctx = as('writer', today)
  await ctx.db.transaction(async () => {
    if (await ctx.db.queryOne(sql`select 1 as one from funds limit 1`)) return
    const { tell, plan } = stories[story]
    const { fundId } = await tell(input)
    const account = bankAccount.parse(plan.account)
    if (encryption) await setFundWire(as('approver', today), encryption, fundId, { account })
    await requestReconciliation(ctx, fundId, {})
  })
}

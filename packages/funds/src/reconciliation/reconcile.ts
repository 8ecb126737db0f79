// The comparison itself: what is stored of a fund with what follows from it. Nothing is changed.
import type { Comparison } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { allocationCalls, commitments, fundAllocations } from './allocation-checks.repo.ts'
import {
  bankReceipts,
  callComponents,
  callEntries,
  callLines,
  lineMoney,
  paymentEntries,
  prepaid,
  receipts,
} from './call-checks.repo.ts'
import { type CheckResult, type CheckStatement, type ComparedFund, type FoundBreak, runCheck } from './check.repo.ts'
import { checkDealAllocations } from './deal-checks.ts'
import {
  controlAccounts,
  entries,
  entryNumbers,
  navShares,
  partitions,
  subLedgers,
  trialBalance,
} from './ledger-checks.repo.ts'
import { checkPositions } from './position-checks.ts'
import { readCallsWithoutEntry } from './reconciliation.repo.ts'

const statements = {
  call_lines: callLines,
  call_components: callComponents,
  call_entries: callEntries,
  line_money: lineMoney,
  receipts,
  bank_receipts: bankReceipts,
  payment_entries: paymentEntries,
  prepaid,
  commitments,
  control_accounts: controlAccounts,
  sub_ledgers: subLedgers,
  trial_balance: trialBalance,
  entries,
  entry_numbers: entryNumbers,
  nav_shares: navShares,
  fund_allocations: fundAllocations,
  allocation_calls: allocationCalls,
  partitions,
} as const satisfies Partial<Record<Comparison, CheckStatement>>
const byStatement = Object.entries(statements) as [keyof typeof statements, CheckStatement][]

/**
 * All comparisons of a fund that is held: the same data gives the same result. A constant number of statements, however many
 * investors, lines and entries there are.
 */
export async function compareFund(ctx: Ctx, fund: ComparedFund): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const [comparison, statement] of byStatement) {
    const result = await runCheck(ctx.db, fund, comparison, statement)
    results.push(comparison === 'call_entries' ? await withMissingEntries(ctx, fund, result) : result)
  }
  results.push(await checkPositions(ctx, fund), await checkDealAllocations(ctx, fund))
  return results
}

/** A call without any entry can be given the one that it lacks; one with a wrong entry is for a person to look at. */
async function withMissingEntries(ctx: Ctx, fund: ComparedFund, result: CheckResult): Promise<CheckResult> {
  if (result.breaks.length === 0) return result
  const missing = new Set(await readCallsWithoutEntry(ctx.db, fund.id))
  const breaks = result.breaks.map((found): FoundBreak => {
    const callId = found.subject.slice('call:'.length)
    return missing.has(callId) ? { ...found, repair: { kind: 'post_call_entry', callId } } : found
  })
  return { ...result, breaks }
}

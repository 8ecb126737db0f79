// The comparison itself: what is stored of a fund with what follows from it. Nothing is changed.
import { type Comparison, comparisons } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { allocationCalls, commitments, fundAllocations } from './allocation-checks.repo.ts'
import {
  bankReceiptsAsOf,
  callEntriesAsOf,
  callLinesAsOf,
  lineMoneyAsOf,
  positionsAsOf,
  prepaidAsOf,
  receiptsAsOf,
} from './as-of-checks.repo.ts'
import {
  bankReceipts,
  callComponents,
  callEntries,
  callLines,
  callStates,
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
import { withProposals } from './proposals.ts'
import { readCallsWithoutEntry, subjectOfDay } from './reconciliation.repo.ts'

const statements = {
  call_lines: callLines,
  call_components: callComponents,
  call_entries: callEntries,
  call_states: callStates,
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
} satisfies Record<Exclude<Comparison, 'positions' | 'deal_allocations'>, CheckStatement>

/** Of an earlier day. What is left out is stored as it is today alone: deals, commitments, allocations, numbers, tables. */
const statementsAsOf: Partial<Record<Comparison, CheckStatement>> = {
  call_lines: callLinesAsOf,
  call_components: callComponents,
  call_entries: callEntriesAsOf,
  line_money: lineMoneyAsOf,
  receipts: receiptsAsOf,
  bank_receipts: bankReceiptsAsOf,
  payment_entries: paymentEntries,
  prepaid: prepaidAsOf,
  positions: positionsAsOf,
  control_accounts: controlAccounts,
  sub_ledgers: subLedgers,
  trial_balance: trialBalance,
  entries,
  nav_shares: navShares,
}

/**
 * The comparisons of a fund that is held at the end of an earlier day, from what is dated up to it: later happenings change nothing,
 * unless they are dated back. What cannot be known of an earlier day is said to be not compared.
 */
export async function compareFundAsOf(ctx: Ctx, fund: ComparedFund & { asOf: string }): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const comparison of comparisons) {
    const statement = statementsAsOf[comparison]
    results.push(
      statement
        ? await runCheck(ctx.db, fund, comparison, statement)
        : { comparison, basis: 'not_compared', compared: 0, breakCount: 0, breaks: [] },
    )
  }
  return results.map(ofTheDay(fund.asOf))
}

/** A break of an earlier day is another one than the same of today: one run says nothing of what the other has found. */
const ofTheDay =
  (asOf: string) =>
  (result: CheckResult): CheckResult => ({
    ...result,
    breaks: result.breaks.map((each) => ({
      ...each,
      subject: `${subjectOfDay(asOf)}${each.subject}`,
      label: `${each.label}, as of ${asOf}`,
    })),
  })

/**
 * All comparisons of a fund that is held: the same data gives the same result. A constant number of statements, however many
 * investors, lines and entries there are.
 */
export async function compareFund(ctx: Ctx, fund: ComparedFund): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const comparison of comparisons) results.push(await compareOne(ctx, fund, comparison))
  return results
}

/** One comparison of a fund that is held. */
export async function compareOne(ctx: Ctx, fund: ComparedFund, comparison: Comparison): Promise<CheckResult> {
  if (comparison === 'positions') return checkPositions(ctx, fund)
  if (comparison === 'deal_allocations') return checkDealAllocations(ctx, fund)
  const result = await runCheck(ctx.db, fund, comparison, statements[comparison])
  return comparison === 'call_entries' ? withMissingEntries(ctx, fund, result) : withProposals(result)
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

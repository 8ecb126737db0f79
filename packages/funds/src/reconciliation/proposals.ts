// Which breaks can be mended by folding anew what is kept beside what was written once. What only a person can judge has no proposal.
import type { BreakRepair, Comparison } from '@throughline/contracts'
import type { CheckResult, FoundBreak } from './check.repo.ts'

const behind = (subject: string): string => subject.slice(subject.indexOf(':') + 1)
const isId = (text: string): boolean => /^[0-9a-f-]{36}$/.test(text)

const proposals: Partial<Record<Comparison, (found: FoundBreak) => BreakRepair | undefined>> = {
  line_money: ({ subject }) => ({ kind: 'refold_line', lineId: behind(subject) }),
  // A part of a booking is no state: somebody has to look at it.
  bank_receipts: ({ subject, expected, found }) =>
    [expected, found].includes('0.00') ? { kind: 'restate_receipt', receiptId: behind(subject) } : undefined,
  prepaid: ({ subject }) => ({ kind: 'restore_prepaid', investorId: behind(subject) }),
  control_accounts: () => ({ kind: 'rebuild_balances' }),
  sub_ledgers: () => ({ kind: 'rebuild_balances' }),
  nav_shares: ({ subject }) => ({ kind: 'strike_nav', periodId: behind(subject) }),
  call_states: ({ subject }) => ({ kind: 'reopen_call', callId: behind(subject) }),
}

/** The same result, with what would mend each of its breaks. */
export function withProposals(result: CheckResult): CheckResult {
  const propose = proposals[result.comparison]
  if (!propose || result.breakCount === 0) return result
  return {
    ...result,
    breaks: result.breaks.map((found) => {
      const repair = propose(found)
      const isSound = repair !== undefined && (repair.kind === 'rebuild_balances' || isId(behind(found.subject)))
      return isSound ? { ...found, repair } : found
    }),
  }
}

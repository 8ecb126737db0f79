import type { Comparison, ReconciliationRunView } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

/** What is compared, as a person would say it. */
export const comparisonWords: Record<Comparison, string> = {
  call_lines: 'Lines sum to their call',
  call_components: 'Components sum over the lines',
  call_entries: 'Calls are in the books',
  call_states: 'Closed calls have nothing outstanding',
  line_money: 'Lines have what payments moved',
  receipts: 'Applied and prepaid are what came in',
  bank_receipts: 'Matched receipts are payments',
  payment_entries: 'Payments are in the books',
  prepaid: 'Prepaid is what the books owe',
  positions: 'Positions follow from their events',
  commitments: 'Commitments follow from their events',
  control_accounts: 'Control accounts are their lines',
  sub_ledgers: 'Sub-ledgers are the control accounts',
  trial_balance: 'The trial balance is zero',
  entries: 'Each entry balances',
  entry_numbers: 'Entries are numbered without gaps',
  nav_shares: 'Shares sum to the net assets',
  deal_allocations: 'Deals are not allocated beyond their value',
  fund_allocations: 'The fund allocates what it has',
  allocation_calls: 'Allocations have their calls',
  partitions: 'Tables have all their parts',
}

export const runStates: Record<ReconciliationRunView['state'], { label: string; tone: Tone }> = {
  RUNNING: { label: 'Running', tone: 'info' },
  CLEAN: { label: 'Clean', tone: 'good' },
  BROKEN: { label: 'Breaks found', tone: 'bad' },
  FAILED: { label: 'Not done', tone: 'warn' },
}

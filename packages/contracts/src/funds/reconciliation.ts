import * as z from 'zod'
import { dateOnly, id, instant, line, pageOf, pageQuery, text, version } from '../common.ts'

/** What is compared, in the order of a report; `comparisonNames` of the dashboard says each in words. */
export const comparisons = [
  'call_lines',
  'call_components',
  'call_entries',
  'call_states',
  'line_money',
  'receipts',
  'bank_receipts',
  'payment_entries',
  'prepaid',
  'positions',
  'commitments',
  'control_accounts',
  'sub_ledgers',
  'trial_balance',
  'entries',
  'entry_numbers',
  'nav_shares',
  'deal_allocations',
  'fund_allocations',
  'allocation_calls',
  'partitions',
] as const
export type Comparison = (typeof comparisons)[number]

export const reconciliationStates = ['RUNNING', 'CLEAN', 'BROKEN', 'FAILED'] as const
/**
 * `stored`: what is kept with what it follows from. `as_of`: of an earlier day, both sides folded from what is dated up to it.
 * `not_compared`: of an earlier day, what is stored as it is today alone.
 */
export const comparisonBases = ['stored', 'as_of', 'not_compared'] as const
export const reconciliationCheck = z.object({
  comparison: z.enum(comparisons),
  basis: z.enum(comparisonBases).default('stored'),
  /** How many were looked at, and how many of them do not agree. */
  compared: z.number().int(),
  breaks: z.number().int(),
})
export type ReconciliationCheck = z.infer<typeof reconciliationCheck>

export const reconciliationRunView = z
  .object({
    id,
    fundId: id,
    /** In the fund's zone. */
    asOf: dateOnly,
    state: z.enum(reconciliationStates),
    /** Asked for by the clock, and not by a person. */
    nightly: z.boolean(),
    checks: z.array(reconciliationCheck),
    startedAt: instant,
    finishedAt: instant.nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ReconciliationRun' })
export type ReconciliationRunView = z.infer<typeof reconciliationRunView>
export const reconciliationRunPage = pageOf(reconciliationRunView).meta({ id: 'ReconciliationRunPage' })
/** Today in the fund's zone when no day is named. */
export const startReconciliation = z.strictObject({ asOf: dateOnly.optional() }).meta({ id: 'StartReconciliation' })

/** What would mend a break: the fold of what was written once, a value struck anew, or the entry that is missing. */
export const breakRepair = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rebuild_position'), investorId: id }),
  z.object({ kind: z.literal('post_call_entry'), callId: id }),
  /** A closed call with something outstanding is issued again. */
  z.object({ kind: z.literal('reopen_call'), callId: id }),
  /** What a line has of payments, from their moves. */
  z.object({ kind: z.literal('refold_line'), lineId: id }),
  /** Matched or not, from its payments. */
  z.object({ kind: z.literal('restate_receipt'), receiptId: id }),
  /** From ledger and payments, where both say the same. */
  z.object({ kind: z.literal('restore_prepaid'), investorId: id }),
  /** Control accounts and sub-ledgers of the fund, from the lines. */
  z.object({ kind: z.literal('rebuild_balances') }),
  /** Another revision of the same day. */
  z.object({ kind: z.literal('strike_nav'), periodId: id }),
])
export type BreakRepair = z.infer<typeof breakRepair>

export const reconciliationBreakView = z
  .object({
    id,
    fundId: id,
    comparison: z.enum(comparisons),
    label: z.string(),
    expected: z.string(),
    found: z.string(),
    repair: breakRepair.nullable(),
    owner: z.object({ id, name: z.string() }).nullable(),
    note: z.string().nullable(),
    firstSeenOn: dateOnly,
    lastSeenOn: dateOnly,
    /** From the day on which it was first seen until it was last seen. */
    ageDays: z.number().int(),
    resolvedAt: instant.nullable(),
    /** That mended it. */
    entryId: id.nullable(),
    version,
  })
  .meta({ id: 'ReconciliationBreak' })
export type ReconciliationBreakView = z.infer<typeof reconciliationBreakView>
export const reconciliationBreakPage = pageOf(reconciliationBreakView).meta({ id: 'ReconciliationBreakPage' })
export const listReconciliationBreaks = pageQuery.extend({
  state: z.enum(['open', 'resolved']).default('open'),
})
export type ListReconciliationBreaks = z.infer<typeof listReconciliationBreaks>
export const updateReconciliationBreak = z
  .strictObject({ ownerId: id.nullable(), note: text(2000).nullable(), version })
  .partial()
  .meta({ id: 'UpdateReconciliationBreak' })
export type UpdateReconciliationBreak = z.infer<typeof updateReconciliationBreak>
export const repairReconciliationBreak = z
  .strictObject({
    /** The name of the fund, typed by whoever repairs. */
    confirmation: z.string().max(300),
    reason: line(500),
  })
  .meta({ id: 'RepairReconciliationBreak' })
export type RepairReconciliationBreak = z.infer<typeof repairReconciliationBreak>

import * as z from 'zod'
import { dateOnly, id, instant, line, pageOf, pageQuery, text, version } from '../common.ts'

/** What is compared, in the order of a report; `comparisonNames` of the dashboard says each in words. */
export const comparisons = [
  'call_lines',
  'call_components',
  'call_entries',
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
export const reconciliationCheck = z.object({
  comparison: z.enum(comparisons),
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

/** What would mend a break: the fold of an investor's events, or the entry that is missing. */
export const breakRepair = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rebuild_position'), investorId: id }),
  z.object({ kind: z.literal('post_call_entry'), callId: id }),
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

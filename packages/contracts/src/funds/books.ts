// The books of a fund as a person reads them.
import * as z from 'zod'
import { dateOnly, id, instant, pageOf, pageQuery, text, version } from '../common.ts'

export const trialBalance = z
  .object({
    currency: z.string(),
    asOf: z.string(),
    data: z.array(
      z.object({
        account: z.string(),
        name: z.string(),
        type: z.enum(['asset', 'liability', 'equity', 'income', 'expense']),
        debit: z.string(),
        credit: z.string(),
      }),
    ),
    debit: z.string(),
    credit: z.string(),
    /** Assets less liabilities, without what was called and is not paid yet. */
    netAssets: z.string(),
    lockedThrough: z.string().nullable(),
    /** Of the fund: for setting the lock. */
    version: z.int(),
  })
  .meta({ id: 'TrialBalance' })
export type TrialBalance = z.infer<typeof trialBalance>

export const ledgerEntryView = z
  .object({
    id,
    number: z.int(),
    kind: z.string(),
    effectiveOn: z.string(),
    postedAt: instant,
    sourceKind: z.string(),
    sourceId: id,
    dealId: id.nullable(),
    reversesId: id.nullable(),
    reversedById: id.nullable(),
    reason: z.string().nullable(),
    actorId: id.nullable(),
    /** Sum of its debits; of an explained figure, what the entry adds to it. */
    amount: z.string(),
  })
  .meta({ id: 'LedgerEntry' })
export type LedgerEntryView = z.infer<typeof ledgerEntryView>
export const ledgerEntryPage = pageOf(ledgerEntryView).meta({ id: 'LedgerEntryPage' })
export const listEntries = pageQuery.extend({
  account: z
    .string()
    .regex(/^[a-z_]{1,40}$/, 'must be an account')
    .optional(),
  investorId: id.optional(),
  sourceId: id.optional(),
  dealId: id.optional(),
  from: dateOnly.optional(),
  to: dateOnly.optional(),
})
export type ListEntries = z.infer<typeof listEntries>

export const ledgerEntryDetail = ledgerEntryView
  .extend({
    lines: z.array(
      z.object({
        account: z.string(),
        accountName: z.string(),
        investorId: id.nullable(),
        investorName: z.string().nullable(),
        debit: z.string().nullable(),
        credit: z.string().nullable(),
      }),
    ),
    /** An entry may have a line per investor: the first thousand are shown. */
    lineCount: z.int(),
    /** Whether a person may take it back alone; what calls, payments and distributions have booked goes back with them. */
    reversible: z.boolean(),
  })
  .meta({ id: 'LedgerEntryDetail' })
export type LedgerEntryDetail = z.infer<typeof ledgerEntryDetail>

export const reverseEntry = z
  .strictObject({ reason: text(500).min(3), effectiveOn: dateOnly })
  .meta({ id: 'ReverseEntry' })
export type ReverseEntry = z.infer<typeof reverseEntry>

export const setPeriodLock = z
  .strictObject({ lockedThrough: dateOnly.nullable(), reason: text(500).min(3), version: version.optional() })
  .meta({ id: 'SetPeriodLock' })
export type SetPeriodLock = z.infer<typeof setPeriodLock>
export const periodLock = z
  .object({ fundId: id, lockedThrough: z.string().nullable(), version: z.int() })
  .meta({ id: 'PeriodLock' })
export type PeriodLock = z.infer<typeof periodLock>

import * as z from 'zod'
import { dateOnly, id, instant, line, money, pageOf, pageQuery, version } from '../common.ts'
import { positionFigures } from './investors.ts'

const aboveZero = money.refine((text) => /[1-9]/.test(text) && !text.startsWith('-'), 'must be above zero')

export const createCommitment = z
  .strictObject({
    investorId: id,
    closeName: line(80),
    closeDate: dateOnly,
    amount: aboveZero,
    /** Pays no management fee, like the general partner's own. */
    feeFree: z.boolean().default(false),
  })
  .meta({ id: 'CreateCommitment' })
export type CreateCommitment = z.infer<typeof createCommitment>

/** `release`: what will not be called any more; the commitment itself stays as it is. */
export const commitmentChanges = ['increase', 'decrease', 'release'] as const
export type CommitmentChange = (typeof commitmentChanges)[number]
export const changeCommitment = z
  .strictObject({
    change: z.enum(commitmentChanges),
    amount: aboveZero,
    date: dateOnly,
    reason: line(500),
    version: version.optional(),
  })
  .meta({ id: 'ChangeCommitment' })
export type ChangeCommitment = z.infer<typeof changeCommitment>

export const transferCommitment = z
  .strictObject({
    toInvestorId: id,
    amount: aboveZero,
    date: dateOnly,
    reason: line(500),
    version: version.optional(),
  })
  .meta({ id: 'TransferCommitment' })
export type TransferCommitment = z.infer<typeof transferCommitment>

export const commitmentView = z
  .object({
    id,
    fundId: id,
    investorId: id,
    closeName: z.string(),
    closeDate: dateOnly,
    /** After increases, decreases and transfers. */
    amount: z.string(),
    feeFree: z.boolean(),
    version: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Commitment' })
export type CommitmentView = z.infer<typeof commitmentView>
/** Both sides of a transfer. */
export const transferView = z.object({ from: commitmentView, to: commitmentView }).meta({ id: 'CommitmentTransfer' })
export type TransferView = z.infer<typeof transferView>

export const fundPositionQuery = z.strictObject({
  /** The end of this day in the fund's zone; today when left out. */
  asOf: dateOnly.optional(),
})
export type FundPositionQuery = z.infer<typeof fundPositionQuery>
export const fundPositionView = z
  .object({
    fundId: id,
    investorId: id,
    code: z.string(),
    name: z.string(),
    asOf: dateOnly,
    figures: positionFigures,
    defaultedOn: dateOnly.nullable(),
    commitments: z.array(commitmentView),
  })
  .meta({ id: 'FundPosition' })
export type FundPositionView = z.infer<typeof fundPositionView>

/** What has happened to an investor in a fund. */
export const positionEventView = z
  .object({
    id,
    on: dateOnly,
    kind: z.string(),
    /** Inside of the commitment; of a distribution the whole. */
    amount: z.string(),
    /** Of calls and payments: fees and expenses beside the commitment. */
    outside: z.string().nullable(),
    /** Of a distribution what can be called back, of a call what it has called back. */
    recallable: z.string().nullable(),
    source: z.object({ kind: z.string(), id }),
    reason: z.string().nullable(),
    at: instant,
  })
  .meta({ id: 'PositionEvent' })
export type PositionEventView = z.infer<typeof positionEventView>
export const positionEventPage = pageOf(positionEventView).meta({ id: 'PositionEventPage' })
export const listPositionEvents = pageQuery
export type ListPositionEvents = z.infer<typeof listPositionEvents>

/** What was done in a fund last: entries of its books, and changes of commitments. */
export const recentOfFund = z
  .object({
    data: z.array(
      z.object({
        id,
        kind: z.string(),
        on: dateOnly,
        at: instant,
        /** Of an entry all debits. */
        amount: z.string(),
        reason: z.string().nullable(),
        investor: z.object({ id, name: z.string() }).nullable(),
        source: z.object({ kind: z.string(), id }),
      }),
    ),
  })
  .meta({ id: 'RecentOfFund' })
export type RecentOfFund = z.infer<typeof recentOfFund>

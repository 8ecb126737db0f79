import * as z from 'zod'
import { currency, dateOnly, id, instant, pageOf, pageQuery } from '../common.ts'
import { fundTerms } from './terms.ts'

export const fundStates = ['OPEN', 'CLOSED'] as const
export type FundState = (typeof fundStates)[number]

/** Money with a sign, as sums of a fund have it. */
const sum = z.string()
/** Of all investors of a fund, as of the day in its zone. */
export const fundTotals = z
  .object({
    investors: z.number().int(),
    commitment: sum,
    /** Inside of the commitments. */
    called: sum,
    /** Fees and expenses that were called beside the commitments. */
    calledOutside: sum,
    /** What can be called yet, recallable distributions included. */
    uncalled: sum,
    /** Settled on calls, inside and outside of the commitments. */
    paidIn: sum,
    /** Called, and neither paid nor written off. */
    outstanding: sum,
    /** Paid beyond what was due: owed to investors, and in no other figure here. */
    prepaid: sum,
    distributed: sum,
  })
  .meta({ id: 'FundTotals' })
export type FundTotals = z.infer<typeof fundTotals>

export const fundSummary = z
  .object({
    id,
    name: z.string(),
    currency,
    timeZone: z.string(),
    vintage: z.number().int(),
    state: z.enum(fundStates),
    /** The day that it is in the fund's zone: what the totals are of. */
    asOf: dateOnly,
    totals: fundTotals,
  })
  .meta({ id: 'FundSummary' })
export type FundSummary = z.infer<typeof fundSummary>
export const fundPage = pageOf(fundSummary).meta({ id: 'FundPage' })

export const fundView = fundSummary
  .extend({
    legalName: z.string(),
    terms: fundTerms,
    /** What may be shown of the account that investors pay to. */
    wireMask: z.string().nullable(),
    /** Nothing is posted with an effective date up to this day. */
    lockedThrough: dateOnly.nullable(),
    version: z.number().int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Fund' })
export type FundView = z.infer<typeof fundView>

export const listFunds = pageQuery
export type ListFunds = z.infer<typeof listFunds>

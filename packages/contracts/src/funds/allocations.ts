import * as z from 'zod'
import { currency, dateOnly, id, instant, line, money, pageOf, pageQuery, text, version } from '../common.ts'
import { capitalCallView } from './capital-calls.ts'
import { amount, percentage } from './terms.ts'

export const allocationStates = ['ACTIVE', 'CANCELLED'] as const

/** What of a won deal a fund takes; with an investor: who invests beside the fund. */
export const allocationView = z
  .object({
    id,
    fundId: id,
    fundName: z.string(),
    dealId: id,
    dealTitle: z.string(),
    investorId: id.nullable(),
    investorName: z.string().nullable(),
    tranche: z.number().int(),
    amount: money,
    /** Of the deal's value, where it was given so. */
    percent: z.string().nullable(),
    currency,
    allocatedOn: dateOnly,
    state: z.enum(allocationStates),
    externalRef: z.string().nullable(),
    /** The call that was drafted together with it. */
    callId: id.nullable(),
    reason: z.string().nullable(),
    version: z.number().int(),
    createdAt: instant,
  })
  .meta({ id: 'Allocation' })
export type AllocationView = z.infer<typeof allocationView>
export const allocationPage = pageOf(allocationView).meta({ id: 'AllocationPage' })
export const listAllocations = pageQuery

export const createAllocation = z
  .strictObject({
    dealId: id,
    investorId: id.nullable().default(null),
    tranche: z.number().int().min(1).max(99).default(1),
    /** Either this or `percent`. */
    amount: amount.optional(),
    /** Of the deal's value. */
    percent: percentage.optional(),
    /** Today in the fund's zone when it is not said. */
    allocatedOn: dateOnly.optional(),
    externalRef: line(100).nullable().default(null),
  })
  .meta({ id: 'CreateAllocation' })
export type CreateAllocation = z.infer<typeof createAllocation>

export const cancelAllocation = z
  .strictObject({ reason: line(500), version: version.optional() })
  .meta({ id: 'CancelAllocation' })
export type CancelAllocation = z.infer<typeof cancelAllocation>

/** An allocation and the draft of the call that pays for it: both or neither. */
export const createAllocationWithCall = z
  .strictObject({
    allocation: createAllocation,
    call: z.strictObject({
      title: line(200),
      purpose: text(2000).default(''),
      noticeDate: dateOnly,
      dueDate: dateOnly,
    }),
  })
  .meta({ id: 'CreateAllocationWithCall' })
export type CreateAllocationWithCall = z.infer<typeof createAllocationWithCall>
export const allocationWithCall = z
  .object({ allocation: allocationView, call: capitalCallView })
  .meta({ id: 'AllocationWithCall' })
export type AllocationWithCall = z.infer<typeof allocationWithCall>

/** What the fund desk has of a deal. */
export const dealFunding = z
  .object({
    /** What can be allocated yet; null for a deal that is not won. */
    proposal: z
      .object({
        amount: money,
        currency,
        /** When the deal was won. */
        closedAt: instant.nullable(),
        /** Open funds of the deal's currency, with what they have not allocated yet. */
        funds: z.array(z.object({ id, name: z.string(), available: money })),
      })
      .nullable(),
    allocations: z.array(allocationView),
    calls: z.array(capitalCallView),
  })
  .meta({ id: 'DealFunding' })
export type DealFunding = z.infer<typeof dealFunding>

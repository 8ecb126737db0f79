import * as z from 'zod'
import { currency, dateOnly, id, instant, line, listOf, money, pageOf, pageQuery, text, version } from '../common.ts'

export const dealStages = ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'] as const
export const dealPriorities = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const
export const dealSorts = ['newest', 'value', 'score'] as const
export type DealStage = (typeof dealStages)[number]
export type DealPriority = (typeof dealPriorities)[number]
export type DealSort = (typeof dealSorts)[number]

const named = z.object({ id, name: z.string() })

export const dealView = z
  .object({
    id,
    title: z.string(),
    value: money,
    currency,
    stage: z.enum(dealStages),
    priority: z.enum(dealPriorities),
    leadScore: z.number().int(),
    leadSource: z.string().nullable(),
    owner: named.nullable(),
    company: named.extend({ domain: z.string().nullable() }).nullable(),
    contact: named.extend({ email: z.string().nullable() }).nullable(),
    expectedCloseDate: dateOnly.nullable(),
    closedAt: instant.nullable(),
    lostReason: z.string().nullable(),
    notes: z.string().nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Deal' })
export type DealView = z.infer<typeof dealView>

export const createDeal = z
  .object({
    title: line(200),
    value: money.default('0.00'),
    currency: currency.optional(),
    stage: z.enum(['LEAD', 'QUALIFIED', 'NEGOTIATION']).default('LEAD'),
    priority: z.enum(dealPriorities).default('MEDIUM'),
    leadSource: line(80).nullable().default(null),
    ownerId: id.nullable().optional(),
    companyId: id.nullable().default(null),
    contactId: id.nullable().default(null),
    expectedCloseDate: dateOnly.nullable().default(null),
    notes: text(10_000).nullable().default(null),
  })
  .strict()
  .meta({ id: 'CreateDeal' })
export type CreateDeal = z.infer<typeof createDeal>

export const updateDeal = z
  .object({
    title: line(200),
    value: money,
    currency,
    priority: z.enum(dealPriorities),
    leadSource: line(80).nullable(),
    ownerId: id.nullable(),
    companyId: id.nullable(),
    contactId: id.nullable(),
    expectedCloseDate: dateOnly.nullable(),
    notes: text(10_000).nullable(),
    version,
  })
  .partial()
  .strict()
  .meta({ id: 'UpdateDeal' })
export type UpdateDeal = z.infer<typeof updateDeal>

export const moveDeal = z
  .object({ stage: z.enum(dealStages), lostReason: line(500).optional(), version: version.optional() })
  .strict()
  .meta({ id: 'MoveDeal' })
export type MoveDeal = z.infer<typeof moveDeal>

const dealFilter = { q: z.string().trim().max(200).optional(), stage: listOf(z.enum(dealStages)), ownerId: listOf(id) }
export const listDeals = pageQuery.extend({
  ...dealFilter,
  companyId: id.optional(),
  sort: z.enum(dealSorts).default('newest'),
})
export type ListDeals = z.infer<typeof listDeals>
export const dealPage = pageOf(dealView).meta({ id: 'DealPage' })

/** Sums are per currency: amounts of different currencies are never added. */
const sums = z.array(z.object({ currency, value: money }))
export const boardQuery = z.strictObject({ ...dealFilter, limit: z.coerce.number().int().min(1).max(50).default(20) })
export type BoardQuery = z.infer<typeof boardQuery>
export const dealBoard = z
  .object({
    columns: z.array(
      z.object({
        stage: z.enum(dealStages),
        count: z.number().int(),
        sums,
        deals: z.array(dealView),
        nextCursor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DealBoard' })
export type DealBoard = z.infer<typeof dealBoard>

export const dealStatistics = z
  .object({
    openCount: z.number().int(),
    wonCount: z.number().int(),
    lostCount: z.number().int(),
    /** Won / (won + lost), 0 to 1; null when none has closed. */
    winRate: z.number().nullable(),
    byStage: z.array(
      z.object({ stage: z.enum(dealStages), count: z.number().int(), sums, averageScore: z.number().nullable() }),
    ),
    pipeline: sums,
    /** Value x stage probability over open deals. */
    weightedPipeline: sums,
    won: sums,
  })
  .meta({ id: 'DealStatistics' })
export type DealStatistics = z.infer<typeof dealStatistics>

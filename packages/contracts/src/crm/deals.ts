import * as z from 'zod'
import { currency, dateOnly, id, instant, line, money, pageOf, text, version } from '../common.ts'

export const dealStages = ['LEAD', 'QUALIFIED', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST'] as const
export const openStages = ['LEAD', 'QUALIFIED', 'NEGOTIATION'] as const
export type OpenStage = (typeof openStages)[number]
export const dealPriorities = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const
export type DealStage = (typeof dealStages)[number]
export type DealPriority = (typeof dealPriorities)[number]

/** One word or a few, kept in lower case: `Key Account` and `key account` are one tag. */
export const tag = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(40)
  .regex(/^[^,;\n]+$/, 'must not contain a comma or a semicolon')
export const tags = z.array(tag).max(30)
/** The name of a custom field in `custom`. */
export const customKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be like annual_budget')
/** Values by the key of their field; null takes a value away. Checked against the tenant's fields. */
export const customValues = z.record(customKey, z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]))
export type CustomValues = z.infer<typeof customValues>

const named = z.object({ id, name: z.string() })
const percent = z.number().int().min(0).max(100)

/** Why a score is what it is; `at` for what somebody saw the other side do. */
export const scoreReason = z.object({ points: z.number().int(), reason: z.string(), at: instant.optional() })
export type ScoreReason = z.infer<typeof scoreReason>

/** A deal in a list. */
export const dealView = z
  .object({
    id,
    title: z.string(),
    value: money,
    currency,
    stage: z.enum(dealStages),
    priority: z.enum(dealPriorities),
    /** Per cent, where it differs from the stage's. */
    probability: percent.nullable(),
    leadScore: z.number().int(),
    leadSource: z.string().nullable(),
    owner: named.nullable(),
    company: named.extend({ domain: z.string().nullable() }).nullable(),
    contact: named.extend({ email: z.string().nullable() }).nullable(),
    expectedCloseDate: dateOnly.nullable(),
    stageEnteredAt: instant,
    closedAt: instant.nullable(),
    lostReason: z.string().nullable(),
    notes: z.string().nullable(),
    tags: z.array(z.string()),
    custom: customValues,
    version,
    createdAt: instant,
    updatedAt: instant,
    deletedAt: instant.nullable(),
  })
  .meta({ id: 'Deal' })
export type DealView = z.infer<typeof dealView>

/** One deal, with what only its own page needs. */
export const dealDetail = dealView
  .extend({
    fitScore: z.number().int(),
    engagementScore: z.number().int(),
    scoreReasons: z.array(scoreReason),
    contacts: z.array(z.object({ id, name: z.string(), email: z.string().nullable(), role: z.string() })),
    /** Oldest first; `until` is null for where it stands now. */
    history: z.array(
      z.object({
        stage: z.enum(dealStages),
        from: instant,
        until: instant.nullable(),
        reason: z.string().nullable(),
        by: z.string().nullable(),
      }),
    ),
    /** What keeps it from being re-opened: `Capital call 3 of Fund II`. */
    holds: z.array(z.string()),
  })
  .meta({ id: 'DealDetail' })
export type DealDetail = z.infer<typeof dealDetail>

const contactRole = z.strictObject({ contactId: id, role: line(60) })
const editable = {
  title: line(200),
  value: money,
  currency,
  priority: z.enum(dealPriorities),
  probability: percent.nullable(),
  leadSource: line(80).nullable(),
  ownerId: id.nullable(),
  companyId: id.nullable(),
  contactId: id.nullable(),
  expectedCloseDate: dateOnly.nullable(),
  notes: text(10_000).nullable(),
  tags,
  custom: customValues,
  /** The other people of the deal; the list replaces what was there. */
  contacts: z.array(contactRole).max(20),
}

export const createDeal = z
  .object({
    ...editable,
    value: money.default('0.00'),
    currency: currency.optional(),
    stage: z.enum(openStages).default('LEAD'),
    priority: z.enum(dealPriorities).default('MEDIUM'),
    probability: editable.probability.default(null),
    leadSource: editable.leadSource.default(null),
    ownerId: id.nullable().optional(),
    companyId: editable.companyId.default(null),
    contactId: editable.contactId.default(null),
    expectedCloseDate: editable.expectedCloseDate.default(null),
    notes: editable.notes.default(null),
    tags: tags.default([]),
    custom: customValues.default({}),
    contacts: editable.contacts.default([]),
  })
  .strict()
  .meta({ id: 'CreateDeal' })
export type CreateDeal = z.infer<typeof createDeal>

export const updateDeal = z
  .object({ ...editable, version })
  .partial()
  .strict()
  .meta({ id: 'UpdateDeal' })
export type UpdateDeal = z.infer<typeof updateDeal>

export const moveDeal = z
  .object({ stage: z.enum(dealStages), lostReason: line(500).optional(), version: version.optional() })
  .strict()
  .meta({ id: 'MoveDeal' })
export type MoveDeal = z.infer<typeof moveDeal>

/** `details` of a change of a deal, company or contact that came too late (`stale_version`). */
export const staleRecord = z.object({
  /** That it has by now. */
  version,
  /** Who made a field what it is, by its name in a change; one that an import or a machine wrote is not named. */
  changedBy: z.record(z.string(), z.string()),
})

export const dealPage = pageOf(dealView).meta({ id: 'DealPage' })

/** Sums are per currency: amounts of different currencies are never added. */
export const sums = z.array(z.object({ currency, value: money }))
/** A sum that may have more digits than one amount can. */
const total = z.string().regex(/^-?\d+\.\d{2}$/)
export const dealBoard = z
  .object({
    columns: z.array(
      z.object({
        stage: z.enum(dealStages),
        count: z.number().int(),
        sums,
        /**
         * Of the deals with a probability of their own: value, and value x per cent. All others count with that of their
         * stage, which the statistics tell: weighted = ((sum - own value) x per cent of the stage + own value x per cent) / 100.
         */
        own: z.array(z.object({ currency, value: total, timesPercent: total })),
        deals: z.array(dealView),
        nextCursor: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DealBoard' })
export type DealBoard = z.infer<typeof dealBoard>

/** Deals by the day on which they are expected to close. */
export const calendarQueryLimit = 1000
export const dealCalendar = z
  .object({
    days: z.array(z.object({ date: dateOnly, deals: z.array(dealView) })),
    /** More than fit in one answer were left out; a filter shows them. */
    truncated: z.boolean(),
  })
  .meta({ id: 'DealCalendar' })
export type DealCalendar = z.infer<typeof dealCalendar>

import * as z from 'zod'
import { id, instant, pageOf, pageQuery, text, version } from '../common.ts'
import { dealStages } from './deals.ts'

export const timelineKinds = ['NOTE', 'CALL', 'EMAIL', 'MEETING', 'SIGNAL'] as const
export type TimelineKind = (typeof timelineKinds)[number]

/**
 * What the other side does that says how much they want the deal, and its points. Engagement is 0 to 50; half of it is
 * gone after 30 days (`decayed_engagement`).
 */
export const signalPoints = {
  asked_for_proposal: 20,
  meeting_held: 15,
  introduced_decision_maker: 15,
  replied: 10,
  visited_pricing: 8,
  opened_mail: 3,
  went_silent: -10,
  missed_meeting: -10,
  unsubscribed: -20,
  chose_competitor: -25,
} as const
export type Signal = keyof typeof signalPoints
export const signals = Object.keys(signalPoints) as [Signal, ...Signal[]]

/** Notes say nothing about interest. */
const withoutSignal: readonly TimelineKind[] = ['NOTE']

const body = text(10_000)
/** When it happened, which may be before it is written down; now when left out. */
const happenedAt = instant.optional()

/** On a deal: what was said or done, and what it tells of the other side's interest. */
export const createDealEntry = z
  .strictObject({
    kind: z.enum(timelineKinds),
    body: body.default(''),
    signal: z.enum(signals).nullable().default(null),
    happenedAt,
  })
  .refine(({ kind, signal }) => kind !== 'SIGNAL' || signal !== null, {
    path: ['signal'],
    message: 'is needed: which signal?',
  })
  .refine(({ kind, signal }) => signal === null || !withoutSignal.includes(kind), {
    path: ['signal'],
    message: 'does not go with a note',
  })
  .refine(({ kind, body: said }) => kind === 'SIGNAL' || said !== '', { path: ['body'], message: 'is needed' })
  .meta({ id: 'CreateDealEntry' })
export type CreateDealEntry = z.infer<typeof createDealEntry>

/** On a company or a contact, where there is no score to change. */
export const createEntry = z
  .strictObject({
    kind: z.enum(timelineKinds).exclude(['SIGNAL']),
    body: body.min(1),
    happenedAt,
  })
  .meta({ id: 'CreateEntry' })
export type CreateEntry = z.infer<typeof createEntry>

export const updateEntry = z.strictObject({ body, happenedAt: instant, version }).partial().meta({ id: 'UpdateEntry' })
export type UpdateEntry = z.infer<typeof updateEntry>

const named = z.object({ id, name: z.string() })
const common = {
  id,
  at: instant,
  /** Who wrote it down or moved the deal; null for a machine and for somebody who is gone. */
  author: named.nullable(),
  /** Where it stands, when the timeline is that of a company or a contact. */
  deal: z.object({ id, title: z.string() }).nullable(),
}
export const timelineEntry = z
  .object({
    ...common,
    type: z.literal('entry'),
    kind: z.enum(timelineKinds),
    body: z.string(),
    signal: z.string().nullable(),
    points: z.number().int(),
    version,
    /** Null when it is as it was written. */
    editedAt: instant.nullable(),
    /** Whether whoever asks may change and remove it. */
    editable: z.boolean(),
  })
  .meta({ id: 'TimelineEntry' })
export type TimelineEntry = z.infer<typeof timelineEntry>
export const timelineMove = z
  .object({
    ...common,
    type: z.literal('move'),
    /** Null where the deal began. */
    from: z.enum(dealStages).nullable(),
    to: z.enum(dealStages),
    reason: z.string().nullable(),
  })
  .meta({ id: 'TimelineMove' })
export const timelineItem = z.discriminatedUnion('type', [timelineEntry, timelineMove])
export type TimelineItem = z.infer<typeof timelineItem>
export const timelinePage = pageOf(timelineItem).meta({ id: 'TimelinePage' })
export type TimelinePage = z.infer<typeof timelinePage>
export const listTimeline = pageQuery
export type ListTimeline = z.infer<typeof listTimeline>

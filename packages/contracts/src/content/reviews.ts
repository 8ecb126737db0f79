import * as z from 'zod'
import { id, instant, line, pageOf } from '../common.ts'
import { activityStates, activityView, decisionKinds } from './activities.ts'

const tenant = z.object({ id, name: z.string(), timezone: z.string() })

/** One line of the queue that all reviewers share. */
export const queueItem = z
  .object({
    id,
    tenant,
    title: z.string(),
    agent: z.string(),
    state: z.enum(activityStates),
    currentVersion: z.number().int(),
    submittedAt: instant.nullable(),
    claimedBy: z.object({ id, name: z.string() }).nullable(),
    claimExpiresAt: instant.nullable(),
  })
  .meta({ id: 'QueueItem' })
export type QueueItem = z.infer<typeof queueItem>
export const queuePage = pageOf(queueItem).meta({ id: 'QueuePage' })

/** What a reviewer reads: the drafts beside the brief and the brand voice. */
export const reviewView = activityView
  .extend({ tenant, claim: z.object({ token: id, expiresAt: instant }).nullable() })
  .meta({ id: 'Review' })
export type ReviewView = z.infer<typeof reviewView>

/** Null when the queue has nothing for this reviewer. */
export const claimed = z.object({ review: reviewView.nullable() }).meta({ id: 'Claimed' })

const claimToken = id
const onVersion = { claimToken, versionNumber: z.number().int().positive() }
export const approve = z.object(onVersion).strict().meta({ id: 'Approve' })
export const reject = z
  .object({ ...onVersion, reason: line(2000) })
  .strict()
  .meta({ id: 'Reject' })
export const requestRevision = z
  .object({ ...onVersion, notes: line(4000) })
  .strict()
  .meta({ id: 'RequestRevision' })
export const heldClaim = z.object({ claimToken }).strict().meta({ id: 'HeldClaim' })
export const leaseView = z.object({ claimExpiresAt: instant }).meta({ id: 'Lease' })

export const decidedView = z
  .object({
    activityId: id,
    tenant,
    title: z.string(),
    kind: z.enum(decisionKinds),
    versionNumber: z.number().int(),
    notes: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Decided' })
export type DecidedView = z.infer<typeof decidedView>
export const decidedPage = pageOf(decidedView).meta({ id: 'DecidedPage' })

export const queueStatistics = z
  .object({ waiting: z.number().int(), inReview: z.number().int(), decidedToday: z.number().int() })
  .meta({ id: 'QueueStatistics' })
export type QueueStatistics = z.infer<typeof queueStatistics>

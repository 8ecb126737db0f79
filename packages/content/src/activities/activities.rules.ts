// The life of an activity. Pure: no I/O, no clock.
import { type ActivityState, AppError } from '@throughline/contracts'

/** Every step that there is; what is not here is refused. */
const steps: Record<ActivityState, readonly ActivityState[]> = {
  QUEUED: ['GENERATING', 'GENERATION_FAILED', 'CANCELLED'],
  GENERATING: ['GENERATING', 'PENDING_REVIEW', 'GENERATION_FAILED', 'CANCELLED'],
  GENERATION_FAILED: ['QUEUED', 'GENERATING', 'CANCELLED'],
  PENDING_REVIEW: ['IN_REVIEW', 'CANCELLED'],
  IN_REVIEW: ['IN_REVIEW', 'PENDING_REVIEW', 'APPROVED', 'REJECTED', 'REVISION_REQUESTED'],
  REVISION_REQUESTED: ['GENERATING', 'GENERATION_FAILED', 'CANCELLED'],
  APPROVED: [],
  REJECTED: [],
  CANCELLED: [],
}

/** @throws AppError illegal_transition that names both states */
export function checkStep(from: ActivityState, to: ActivityState): void {
  if (steps[from].includes(to)) return
  throw new AppError('illegal_transition', { details: { from, to } })
}

/** Whether nothing can happen to it any more. */
export const isFinal = (state: ActivityState): boolean => steps[state].length === 0

/** The title is the draft's first heading, without it the topic. */
export function titleOf(markdown: string, topic: string): string {
  const heading = markdown.match(/^#\s+(.+)$/m)?.[1]?.trim()
  return (heading || topic).slice(0, 300)
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}’'-]+/gu)?.length ?? 0

import type { ActivityState, DecisionKind } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

export const stateLabels: Record<ActivityState, string> = {
  QUEUED: 'Queued',
  GENERATING: 'Writing',
  GENERATION_FAILED: 'Failed',
  PENDING_REVIEW: 'Waiting for review',
  IN_REVIEW: 'In review',
  REVISION_REQUESTED: 'Revision requested',
  APPROVED: 'Approved',
  REJECTED: 'Rejected',
  CANCELLED: 'Cancelled',
}
export const stateTones: Record<ActivityState, Tone> = {
  QUEUED: 'info',
  GENERATING: 'info',
  GENERATION_FAILED: 'bad',
  PENDING_REVIEW: 'warn',
  IN_REVIEW: 'accent',
  REVISION_REQUESTED: 'warn',
  APPROVED: 'good',
  REJECTED: 'bad',
  CANCELLED: 'neutral',
}
export const decisionLabels: Record<DecisionKind, string> = {
  APPROVE: 'Approved',
  REJECT: 'Rejected',
  REQUEST_REVISION: 'Revision requested',
}

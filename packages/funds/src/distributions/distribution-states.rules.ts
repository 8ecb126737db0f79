// The life of a distribution.
import { AppError, type DistributionState } from '@throughline/contracts'

export const distributionActions = ['edit', 'submit', 'approve', 'declare', 'pay', 'cancel'] as const
export type DistributionAction = (typeof distributionActions)[number]

interface Step {
  from: readonly DistributionState[]
  to: DistributionState
}

const steps: Readonly<Record<DistributionAction, Step>> = {
  // An approval belongs to what was seen: an edit takes it away.
  edit: { from: ['DRAFT', 'IN_REVIEW', 'APPROVED'], to: 'DRAFT' },
  submit: { from: ['DRAFT'], to: 'IN_REVIEW' },
  approve: { from: ['IN_REVIEW'], to: 'APPROVED' },
  declare: { from: ['APPROVED'], to: 'DECLARED' },
  // Until the last line is paid.
  pay: { from: ['DECLARED'], to: 'DECLARED' },
  cancel: { from: ['DRAFT', 'IN_REVIEW', 'APPROVED', 'DECLARED'], to: 'CANCELLED' },
}

/** @throws AppError illegal_transition with the present state */
export function afterAction(state: DistributionState, action: DistributionAction): DistributionState {
  const { from, to } = steps[action]
  if (from.includes(state)) return to
  throw new AppError('illegal_transition', {
    message: `A distribution that is ${state.toLowerCase().replace('_', ' ')} cannot be changed this way (${action}).`,
    details: { state },
  })
}

// The life of a capital call. What a person decides is stored; what follows from its lines is derived, never stored apart.
import { AppError } from '@throughline/contracts'
import { type LineMoney, settledOf, stillDueOf } from './line-money.rules.ts'

/** What was decided. */
export const decidedStates = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'ISSUED', 'CLOSED', 'CANCELLED'] as const
export type DecidedState = (typeof decidedStates)[number]

/** What a screen shows. Overdue is no state but a flag beside it (`overdueDays`). */
export type CallState = DecidedState | 'PARTIALLY_FUNDED' | 'FUNDED'

/** What the status needs of a line. */
export interface FundedLine extends LineMoney {
  /** Excused from the whole call: neither due nor counted. */
  excused: boolean
}

/** A bounced payment moves a call back, because nothing remembers that it was funded. */
export function callStateOf(decided: DecidedState, lines: readonly FundedLine[]): CallState {
  if (decided !== 'ISSUED') return decided
  const counted = lines.filter(({ excused }) => !excused)
  if (counted.length > 0 && counted.every((line) => stillDueOf(line) === 0n)) return 'FUNDED'
  return counted.some((line) => settledOf(line) > 0n) ? 'PARTIALLY_FUNDED' : 'ISSUED'
}

/** A draft, and what is not issued yet, touches no figure and is invisible to investors. */
export const countsInFigures = (decided: DecidedState): boolean => decided === 'ISSUED' || decided === 'CLOSED'

interface Step {
  from: readonly CallState[]
  to: DecidedState
  /** Somebody else than whoever wrote the call last. */
  secondPerson: boolean
}

export const callActions = ['submit', 'approve', 'return', 'issue', 'close', 'reopen', 'cancel'] as const
export type CallAction = (typeof callActions)[number]

const steps: Readonly<Record<CallAction, Step>> = {
  submit: { from: ['DRAFT'], to: 'IN_REVIEW', secondPerson: false },
  approve: { from: ['DRAFT', 'IN_REVIEW'], to: 'APPROVED', secondPerson: true },
  // Also what an edit does to an approval: it belongs to what was seen.
  return: { from: ['IN_REVIEW', 'APPROVED'], to: 'DRAFT', secondPerson: false },
  issue: { from: ['APPROVED'], to: 'ISSUED', secondPerson: false },
  close: { from: ['FUNDED'], to: 'CLOSED', secondPerson: false },
  // A payment of a closed call has bounced.
  reopen: { from: ['CLOSED'], to: 'ISSUED', secondPerson: false },
  cancel: { from: ['DRAFT', 'IN_REVIEW', 'APPROVED', 'ISSUED'], to: 'CANCELLED', secondPerson: false },
}

export interface StandingCall {
  decided: DecidedState
  lines: readonly FundedLine[]
  /** Who wrote or last changed it. */
  lastEditorId: string
}

/** The actions that the state of a call has, whoever asks. */
export const actionsOf = (call: Pick<StandingCall, 'decided' | 'lines'>): CallAction[] =>
  callActions.filter((action) => steps[action].from.includes(callStateOf(call.decided, call.lines)))

/**
 * What a call becomes.
 * @throws AppError illegal_transition with the present state, or forbidden when a second person is needed
 */
export function afterAction(call: StandingCall, action: CallAction, actorId: string): DecidedState {
  const state = callStateOf(call.decided, call.lines)
  const { from, to, secondPerson } = steps[action]
  if (!from.includes(state))
    throw new AppError('illegal_transition', { message: refusalOf(action, state), details: { state } })
  if (secondPerson && actorId === call.lastEditorId)
    throw new AppError('forbidden', { message: 'Somebody else than who wrote this call has to approve it.' })
  return to
}

function refusalOf(action: CallAction, state: CallState): string {
  if (action === 'cancel' && (state === 'PARTIALLY_FUNDED' || state === 'FUNDED'))
    return 'Money was received or written off for this call: reverse the payments first.'
  return `A call that is ${state.toLowerCase().replace('_', ' ')} cannot be changed this way (${action}).`
}

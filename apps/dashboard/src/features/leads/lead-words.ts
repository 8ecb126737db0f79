import type { LeadSuspicion, SubmissionState } from '@throughline/contracts'

const reasonLabels: Record<LeadSuspicion, string> = {
  honeypot: 'filled a hidden field',
  too_fast: 'sent within 3 seconds',
  many_links: 'many links',
  disposable_mail: 'throwaway e-mail',
  often_from_address: 'often from one address',
  often_this_email: 'often with this e-mail',
}

/** A reason of a newer version keeps its own name. */
export const reasonLabel = (reason: string): string =>
  Object.entries(reasonLabels).find(([name]) => name === reason)?.[1] ?? reason.replaceAll('_', ' ')

export const stateLabels: Record<SubmissionState, string> = {
  HELD: 'Held back',
  ACCEPTED: 'Accepted',
  DISCARDED: 'Discarded',
}

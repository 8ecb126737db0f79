import type { ConsentState } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

/** Whether somebody wants to hear from us. */
export const consentLabels: Record<ConsentState, string> = {
  UNKNOWN: 'Not asked',
  GIVEN: 'Given',
  WITHDRAWN: 'Withdrawn',
}
export const consentTones: Record<ConsentState, Tone> = { UNKNOWN: 'neutral', GIVEN: 'good', WITHDRAWN: 'bad' }

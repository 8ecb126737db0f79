import type { DealStage } from '@throughline/contracts'
import type { Fact } from '../facts.rules.ts'

const nothing = {
  value: '0',
  score: '0',
  ownValue: '0',
  ownWeighted: '0',
  cycleSeconds: '0',
  qualified: 0,
  negotiated: 0,
  won: 0,
}
/** One deal in euros, of which nothing is known but what is given. */
export const fact = (part: Fact['part'], stage: DealStage, given: Partial<Fact> = {}): Fact => ({
  ...nothing,
  part,
  stage,
  currency: 'EUR',
  key: '',
  count: 1,
  ...given,
})

import type { DealStage } from '@throughline/contracts'

/**
 * Per cent that a deal in this stage counts in the weighted pipeline of a firm that has neither history nor settings.
 * Lost is 0, not "unknown".
 */
export const stageProbability: Readonly<Record<DealStage, number>> = {
  LEAD: 10,
  QUALIFIED: 30,
  NEGOTIATION: 70,
  CLOSED_WON: 100,
  CLOSED_LOST: 0,
}

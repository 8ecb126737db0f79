import type { DealPriority, DealStage } from '@throughline/contracts'
import type { Tone } from '@throughline/ui'

/** What a stage is called, and its colour. */
export const stageLabels: Record<DealStage, string> = {
  LEAD: 'Lead',
  QUALIFIED: 'Qualified',
  NEGOTIATION: 'Negotiation',
  CLOSED_WON: 'Won',
  CLOSED_LOST: 'Lost',
}
export const stageTones: Record<DealStage, Tone> = {
  LEAD: 'neutral',
  QUALIFIED: 'info',
  NEGOTIATION: 'warn',
  CLOSED_WON: 'good',
  CLOSED_LOST: 'bad',
}
export const priorityLabels: Record<DealPriority, string> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  URGENT: 'Urgent',
}

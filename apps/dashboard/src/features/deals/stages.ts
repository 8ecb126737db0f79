import { type DealPriority, type DealSort, type DealStage, dealPriorities, dealStages } from '@throughline/contracts'
import type { Choice, Tone } from '@throughline/ui'

/** The colour of a stage; what it is called says `useStages`. */
export const stageTones: Record<DealStage, Tone> = {
  LEAD: 'neutral',
  QUALIFIED: 'info',
  NEGOTIATION: 'warn',
  CLOSED_WON: 'good',
  CLOSED_LOST: 'bad',
}
export const stageDots: Record<DealStage, string> = {
  LEAD: 'bg-muted',
  QUALIFIED: 'bg-info',
  NEGOTIATION: 'bg-warn',
  CLOSED_WON: 'bg-good',
  CLOSED_LOST: 'bg-bad',
}
export const priorityLabels: Record<DealPriority, string> = {
  LOW: 'Low',
  MEDIUM: 'Medium',
  HIGH: 'High',
  URGENT: 'Urgent',
}
export const priorityTones: Record<DealPriority, Tone> = { LOW: 'neutral', MEDIUM: 'info', HIGH: 'warn', URGENT: 'bad' }

/** Each sort by its natural direction, and by the other. */
export const sortLabels: Record<DealSort, readonly [natural: string, reverse: string]> = {
  newest: ['Newest', 'Oldest'],
  value: ['Highest value', 'Lowest value'],
  score: ['Best score', 'Lowest score'],
  closeDate: ['Next to close', 'Last to close'],
  updated: ['Last changed', 'Longest unchanged'],
}

export const priorityChoices: Choice[] = dealPriorities.map((value) => ({ value, label: priorityLabels[value] }))
export const isStage = (text: string): text is DealStage => dealStages.some((stage) => stage === text)
export const isPriority = (text: string): text is DealPriority => dealPriorities.some((priority) => priority === text)
export const isClosed = (stage: DealStage): boolean => stage === 'CLOSED_WON' || stage === 'CLOSED_LOST'

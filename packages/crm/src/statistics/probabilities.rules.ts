// How likely a deal of a stage is won: what has been true of this firm, else what it has set, else the usual.
import { type DealStage, defaultPipeline, openStages, type StageProbability } from '@throughline/contracts'
import { type Percents, shareOf } from './amounts.rules.ts'
import { closedIn, inStage, linkOf, thatReached } from './links.rules.ts'

/** Fewer closed deals than this say nothing. */
export const leastSample = 30

export type OpenStage = (typeof openStages)[number]
/** Of the deals that passed a stage and closed lately. */
export type History = Readonly<Record<OpenStage, { closed: number; won: number }>>
export type Configured = Readonly<Partial<Record<string, number>>>

const usualOf = (stage: OpenStage): number => defaultPipeline.find((usual) => usual.stage === stage)?.probability ?? 0

const hidden = { sample: null, sampleDeals: null, won: null, wonDeals: null }

/** @param closedDays those whose closings are the history; null for those who may not know how many the firm has had */
export const probabilitiesOf = (
  history: History,
  configured: Configured,
  closedDays: { from: string; to: string } | null,
): StageProbability[] =>
  openStages.map((stage) => {
    const { closed, won } = history[stage]
    const linked = (days: { from: string; to: string }, ...stages: DealStage[]) =>
      linkOf(inStage(...stages), closedIn(days), thatReached(stage))
    const sample = closedDays
      ? {
          ...{ sample: closed, sampleDeals: linked(closedDays, 'CLOSED_WON', 'CLOSED_LOST') },
          ...{ won, wonDeals: linked(closedDays, 'CLOSED_WON') },
        }
      : hidden
    const share = closed >= leastSample ? shareOf(won, closed) : null
    if (share !== null) return { stage, percent: Math.round(share * 1000) / 10, source: 'history', ...sample }
    const set = configured[stage]
    if (set !== undefined) return { stage, percent: set, source: 'configured', ...sample }
    return { stage, percent: usualOf(stage), source: 'default', ...sample }
  })

export const percentsOf = (probabilities: readonly StageProbability[]): Percents =>
  Object.fromEntries(probabilities.map(({ stage, percent }) => [stage, percent]))

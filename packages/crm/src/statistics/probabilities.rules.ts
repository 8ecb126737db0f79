// How likely a deal of a stage is won: what has been true of this firm, else what it has set, else the usual.
import { defaultPipeline, openStages, type StageProbability } from '@throughline/contracts'
import { type Percents, shareOf } from './amounts.rules.ts'

/** Fewer closed deals than this say nothing. */
export const leastSample = 30

export type OpenStage = (typeof openStages)[number]
/** Of the deals that passed a stage and closed lately. */
export type History = Readonly<Record<OpenStage, { closed: number; won: number }>>
export type Configured = Readonly<Partial<Record<string, number>>>

const usualOf = (stage: OpenStage): number => defaultPipeline.find((usual) => usual.stage === stage)?.probability ?? 0

/** @param showSample false for those who may not know how many deals the firm has closed */
export const probabilitiesOf = (history: History, configured: Configured, showSample: boolean): StageProbability[] =>
  openStages.map((stage) => {
    const { closed, won } = history[stage]
    const sample = showSample ? { sample: closed, won } : { sample: null, won: null }
    const share = closed >= leastSample ? shareOf(won, closed) : null
    if (share !== null) return { stage, percent: Math.round(share * 1000) / 10, source: 'history', ...sample }
    const set = configured[stage]
    if (set !== undefined) return { stage, percent: set, source: 'configured', ...sample }
    return { stage, percent: usualOf(stage), source: 'default', ...sample }
  })

export const percentsOf = (probabilities: readonly StageProbability[]): Percents =>
  Object.fromEntries(probabilities.map(({ stage, percent }) => [stage, percent]))

'use client'
import { type DealStage, dealStages } from '@throughline/contracts'
import type { Choice } from '@throughline/ui'
import { stageLabels } from './stages.ts'

export interface Stages {
  /** As the firm orders them. */
  order: readonly DealStage[]
  name(stage: DealStage): string
  choices: Choice[]
}

const usual: Stages = {
  order: dealStages,
  name: (stage) => stageLabels[stage],
  choices: dealStages.map((value) => ({ value, label: stageLabels[value] })),
}

/** What the stages are called and how they are ordered. The one place that knows where this comes from. */
export const useStages = (): Stages => usual

'use client'
import type { DealStage } from '@throughline/contracts'
import type { Choice } from '@throughline/ui'
import { useMemo } from 'react'
import { usePipeline } from '../pipeline/use-pipeline.ts'

export interface Stages {
  /** As the firm orders them. */
  order: readonly DealStage[]
  name(stage: DealStage): string
  choices: Choice[]
}

/** What the stages are called and how they are ordered, as the screens of deals need it. */
export function useStages(): Stages {
  const { stages, order, nameOf } = usePipeline()
  return useMemo(
    () => ({ order, name: nameOf, choices: stages.map(({ stage, name }) => ({ value: stage, label: name })) }),
    [stages, order, nameOf],
  )
}

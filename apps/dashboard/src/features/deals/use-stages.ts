'use client'
import { useQuery } from '@tanstack/react-query'
import { type DealStage, defaultPipeline, type PipelineStage } from '@throughline/contracts'
import type { Choice } from '@throughline/ui'
import { useMemo } from 'react'
import { readPipeline } from './deals.api.ts'

export interface Stages {
  /** As the firm orders them. */
  order: readonly DealStage[]
  name(stage: DealStage): string
  choices: Choice[]
}

function stagesOf(pipeline: readonly PipelineStage[]): Stages {
  const names = new Map(pipeline.map(({ stage, name }) => [stage, name]))
  return {
    order: pipeline.map(({ stage }) => stage),
    name: (stage) => names.get(stage) ?? stage,
    choices: pipeline.map(({ stage, name }) => ({ value: stage, label: name })),
  }
}

/** What the firm calls its stages, and how it orders them; the usual words until that is known. */
export function useStages(): Stages {
  const { data } = useQuery({
    queryKey: ['pipeline'],
    queryFn: ({ signal }) => readPipeline(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const pipeline = data?.stages ?? defaultPipeline
  return useMemo(() => stagesOf(pipeline), [pipeline])
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { type DealStage, defaultPipeline, type PipelineStage } from '@throughline/contracts'
import { useMemo } from 'react'
import { readPipeline } from './pipeline.api.ts'

export const pipelineKey = ['pipeline'] as const

export interface Pipeline {
  /** In the firm's order: the open ones, then won, then lost. */
  stages: readonly PipelineStage[]
  order: readonly DealStage[]
  nameOf(stage: DealStage): string
}

/** What the firm calls its stages and how it orders them; until that is known, the usual words. */
export function usePipeline(): Pipeline {
  const { data } = useQuery({
    queryKey: pipelineKey,
    queryFn: ({ signal }) => readPipeline(signal),
    staleTime: 5 * 60_000,
  })
  const stages = data?.stages ?? defaultPipeline
  return useMemo(() => {
    const names = new Map(stages.map(({ stage, name }) => [stage, name]))
    return { stages, order: stages.map(({ stage }) => stage), nameOf: (stage) => names.get(stage) ?? stage }
  }, [stages])
}

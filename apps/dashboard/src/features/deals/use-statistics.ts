'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealStage, DealStatistics } from '@throughline/contracts'
import { useMemo } from 'react'
import { readStatistics } from './deals.api.ts'

export type Sums = DealStatistics['open']['weighted']

/** What the firm's deals come to, now. */
export const useStatistics = () =>
  useQuery({ queryKey: ['statistics'], queryFn: ({ signal }) => readStatistics(signal) }).data

/** Value times probability of each stage; of all deals only, so nothing while a filter shows some of them. */
export function useStageWeights(filtered: boolean): ReadonlyMap<DealStage, Sums> {
  const statistics = useStatistics()
  return useMemo(
    () => new Map(filtered ? [] : statistics?.byStage.map(({ stage, weighted }) => [stage, weighted])),
    [statistics, filtered],
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealStage, DealStatistics } from '@throughline/contracts'
import { useMemo } from 'react'
import { readStatistics } from './deals.api.ts'

export type Sums = DealStatistics['open']['weighted']

/** What the firm's deals come to, now. */
export const useStatistics = () =>
  useQuery({ queryKey: ['statistics'], queryFn: ({ signal }) => readStatistics(signal) }).data

/** By how many per cent a deal of each open stage counts, now. */
export function useStagePercents(): ReadonlyMap<DealStage, number> {
  const statistics = useStatistics()
  return useMemo(() => new Map(statistics?.probabilities.map(({ stage, percent }) => [stage, percent])), [statistics])
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { readFund } from './funds.api.ts'

/** The fund that a page is about. Everything that is asked about it has a key that begins with `['fund', fundId]`. */
export const useFund = (fundId: string) =>
  useQuery({ queryKey: ['fund', fundId], queryFn: ({ signal }) => readFund(fundId, signal) })

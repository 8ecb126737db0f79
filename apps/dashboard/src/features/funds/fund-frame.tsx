'use client'
import { Card, ErrorState, PageHeader, Skeleton, TabLinks, useFundRoom } from '@throughline/ui'
import type { ReactNode } from 'react'
import { FundStateBadge } from './fund-state.tsx'
import { useFund } from './use-fund.ts'

const sections = [
  ['', 'Overview'],
  ['/investors', 'Investors'],
  ['/calls', 'Calls'],
  ['/payments', 'Payments'],
  ['/distributions', 'Distributions'],
  ['/valuation', 'Valuation'],
  ['/books', 'Books'],
  ['/documents', 'Documents'],
  ['/imports', 'Imports'],
  ['/reconciliation', 'Reconciliation'],
  ['/terms', 'Terms'],
] as const

/** What every page of a fund stands in: its name, what it is, and the ways to its parts. */
export function FundFrame({ fundId, children }: { fundId: string; children: ReactNode }) {
  useFundRoom(fundId)
  const { data: fund, error, refetch } = useFund(fundId)
  if (error && !fund)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  return (
    <>
      {fund ? (
        <PageHeader title={fund.name}>
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <FundStateBadge state={fund.state} />
            <span>{fund.currency}</span>
            <span>Vintage {fund.vintage}</span>
            <span>Days of {fund.timeZone}</span>
          </span>
        </PageHeader>
      ) : (
        <div className="mb-6 grid gap-2">
          <Skeleton className="h-8 w-64 max-w-full" />
          <Skeleton className="h-5 w-80 max-w-full" />
        </div>
      )}
      <TabLinks
        label="Parts of the fund"
        items={sections.map(([path, label]) => ({ href: `/funds/${fundId}${path}`, label }))}
      />
      {fund ? children : <Skeleton className="h-64 rounded-2xl" />}
    </>
  )
}

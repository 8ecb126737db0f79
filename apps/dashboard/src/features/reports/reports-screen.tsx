'use client'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { DealStatistics } from '@throughline/contracts'
import { ErrorState, formatDay, PageHeader, Skeleton } from '@throughline/ui'
import { LeaderboardTable, LostReasonsTable, SourcesTable } from './breakdown-tables.tsx'
import { ConversionTable, ForecastTable, StagesTable, TimeInStageTable } from './pipeline-tables.tsx'
import { ProbabilitiesNote } from './probabilities-note.tsx'
import { ReportPicker } from './report-picker.tsx'
import { ReportTiles } from './report-tiles.tsx'
import { readReport } from './reports.api.ts'
import { useReportChoices } from './use-report-choices.ts'

const Loading = () => (
  <div className="grid gap-6">
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-6">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <Skeleton key={key} className="h-24 rounded-2xl" />
      ))}
    </div>
    <div className="grid gap-6 xl:grid-cols-2">
      <Skeleton className="h-72 rounded-2xl" />
      <Skeleton className="h-72 rounded-2xl" />
    </div>
  </div>
)

function Report({ report }: { report: DealStatistics }) {
  const { from, to, timezone } = report.period
  return (
    <>
      <p className="mb-4 text-muted text-sm">
        {formatDay(from)} to {formatDay(to)}, {timezone}. Each underlined number opens its deals.
      </p>
      <ReportTiles report={report} />
      <div className="grid gap-x-6 gap-y-8 xl:grid-cols-2">
        <StagesTable report={report} />
        <ForecastTable report={report} />
        <ConversionTable report={report} />
        <TimeInStageTable report={report} />
        <SourcesTable report={report} />
        <LeaderboardTable report={report} />
        <LostReasonsTable report={report} />
        <ProbabilitiesNote report={report} />
      </div>
    </>
  )
}

/** What the firm's deals come to, in a period that is chosen. */
export function ReportsScreen() {
  const choices = useReportChoices()
  const { period, mine } = choices
  const { data, error, refetch } = useQuery({
    // Begins like the figures of the pipeline: what makes those old makes this old.
    queryKey: ['statistics', period, mine],
    queryFn: period ? ({ signal }) => readReport(period, mine, signal) : skipToken,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <PageHeader title="Reports">Every number is counted from the deals as they are now.</PageHeader>
      <ReportPicker choices={choices} />
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Report report={data} />
      ) : (
        <Loading />
      )}
    </>
  )
}

import type { DealStatistics } from '@throughline/contracts'
import type { Column } from '@throughline/ui'
import { Amounts, Bar, Count, WinRate } from './figures.tsx'
import { ReportTable } from './report-table.tsx'

export function SourcesTable({ report }: { report: DealStatistics }) {
  const most = Math.max(0, ...report.sources.map(({ created }) => created.count))
  const columns: Column<DealStatistics['sources'][number]>[] = [
    { header: 'Source', cell: ({ source }) => source ?? 'Not known' },
    {
      header: 'Created',
      cell: ({ created }) => (
        <>
          <Count of={created} />
          <Bar part={created.count} whole={most} />
        </>
      ),
    },
    { header: 'Won of these', cell: ({ createdAndWon }) => <Count of={createdAndWon} />, numeric: true },
    { header: 'Open', cell: ({ open }) => <Count of={open} />, numeric: true },
    { header: 'Won value', cell: ({ won }) => <Amounts amounts={won.sums} deals={won.deals} />, numeric: true },
    { header: 'Win rate', cell: (row) => <WinRate of={row} />, numeric: true },
  ]
  return (
    <ReportTable
      title="Sources"
      note="Where the deals of the period came from."
      columns={columns}
      rows={report.sources}
      keyOf={({ source }) => source ?? ''}
      none="No deals yet."
    />
  )
}

export function LeaderboardTable({ report }: { report: DealStatistics }) {
  const most = Math.max(0, ...report.owners.map(({ won }) => won.count))
  const columns: Column<DealStatistics['owners'][number]>[] = [
    { header: 'Owner', cell: ({ owner }) => owner?.name ?? 'Nobody' },
    {
      header: 'Won',
      cell: ({ won }) => (
        <>
          <Count of={won} />
          <Bar part={won.count} whole={most} />
        </>
      ),
    },
    { header: 'Won value', cell: ({ won }) => <Amounts amounts={won.sums} deals={won.deals} />, numeric: true },
    { header: 'Win rate', cell: (row) => <WinRate of={row} />, numeric: true },
    { header: 'Open', cell: ({ open }) => <Count of={open} />, numeric: true },
    { header: 'Weighted', cell: ({ open }) => <Amounts amounts={open.weighted} deals={open.deals} />, numeric: true },
  ]
  return (
    <ReportTable
      title="Leaderboard"
      note="Who closed what in the period, and what they have open now."
      columns={columns}
      rows={report.owners}
      keyOf={({ owner }) => owner?.id ?? ''}
      none="Nobody has a deal yet."
    />
  )
}

export function LostReasonsTable({ report }: { report: DealStatistics }) {
  const most = Math.max(0, ...report.lostReasons.map(({ count }) => count))
  const columns: Column<DealStatistics['lostReasons'][number]>[] = [
    { header: 'Reason', cell: ({ reason }) => reason },
    {
      header: 'Lost deals',
      cell: (row) => (
        <>
          <Count of={row} />
          <Bar part={row.count} whole={most} />
        </>
      ),
    },
    { header: 'Value', cell: ({ sums, deals }) => <Amounts amounts={sums} deals={deals} />, numeric: true },
  ]
  return (
    <ReportTable
      title="Why deals are lost"
      note="Lost in the period, the most frequent reason first."
      columns={columns}
      rows={report.lostReasons}
      keyOf={({ reason }) => reason}
      none="Nothing was lost in this period."
    />
  )
}

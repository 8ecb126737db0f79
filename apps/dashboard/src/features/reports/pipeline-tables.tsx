import type { DealStatistics } from '@throughline/contracts'
import { type Column, formatNumber, formatShare } from '@throughline/ui'
import { useStages } from '../deals/use-stages.ts'
import { Amounts, Bar, Count, DealsLink } from './figures.tsx'
import { ReportTable } from './report-table.tsx'

type StageRow = DealStatistics['byStage'][number]

/** Deals by stage, as they stand now. */
export function StagesTable({ report }: { report: DealStatistics }) {
  const { name } = useStages()
  const most = Math.max(...report.byStage.map(({ count }) => count))
  const columns: Column<StageRow>[] = [
    { header: 'Stage', cell: ({ stage }) => name(stage) },
    {
      header: 'Deals',
      cell: (row) => (
        <>
          <Count of={row} />
          <Bar part={row.count} whole={most} />
        </>
      ),
    },
    { header: 'Value', cell: ({ sums, deals }) => <Amounts amounts={sums} deals={deals} />, numeric: true },
    {
      header: 'Weighted',
      cell: ({ weighted, stage, deals }) =>
        stage.startsWith('CLOSED') ? '–' : <Amounts amounts={weighted} deals={deals} />,
      numeric: true,
    },
    {
      header: 'Average score',
      cell: ({ averageScore, deals }) => (
        <DealsLink deals={averageScore === null ? null : deals}>{averageScore ?? '–'}</DealsLink>
      ),
      numeric: true,
    },
  ]
  return (
    <ReportTable
      title="Pipeline by stage"
      note="Now."
      columns={columns}
      rows={report.byStage}
      keyOf={({ stage }) => stage}
      none="No deals yet."
    />
  )
}

const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )

/** Open deals by the month in which they are expected to close. */
export function ForecastTable({ report }: { report: DealStatistics }) {
  const { overdue, months, undated } = report.forecast
  const rows = [
    { label: 'Overdue', ...overdue },
    ...months.map(({ month, ...set }) => ({ label: monthName(month), ...set })),
    { label: 'No date', ...undated },
  ].filter(({ count }) => count > 0)
  const most = Math.max(0, ...rows.map(({ count }) => count))
  const columns: Column<(typeof rows)[number]>[] = [
    { header: 'Month', cell: ({ label }) => label },
    {
      header: 'Open deals',
      cell: (row) => (
        <>
          <Count of={row} />
          <Bar part={row.count} whole={most} />
        </>
      ),
    },
    { header: 'Value', cell: ({ sums, deals }) => <Amounts amounts={sums} deals={deals} />, numeric: true },
    { header: 'Weighted', cell: ({ weighted, deals }) => <Amounts amounts={weighted} deals={deals} />, numeric: true },
  ]
  return (
    <ReportTable
      title="Forecast by month"
      note="Open deals by their expected close date."
      columns={columns}
      rows={rows}
      keyOf={({ label }) => label}
      none="No open deals."
    />
  )
}

/** How far deals come from the stages that they entered in the period. */
export function ConversionTable({ report }: { report: DealStatistics }) {
  const { name } = useStages()
  const columns: Column<DealStatistics['conversions'][number]>[] = [
    { header: 'Step', cell: ({ from, to }) => `${name(from)} to ${name(to)}` },
    {
      header: 'Entered',
      cell: ({ entered, enteredDeals }) => <Count of={{ count: entered, deals: enteredDeals }} />,
      numeric: true,
    },
    {
      header: 'Came on',
      cell: ({ reached, reachedDeals }) => <Count of={{ count: reached, deals: reachedDeals }} />,
      numeric: true,
    },
    {
      header: 'Share',
      cell: ({ rate, enteredDeals }) => (
        <>
          <DealsLink deals={rate === null ? null : enteredDeals}>{formatShare(rate)}</DealsLink>
          <Bar part={rate ?? 0} whole={1} />
        </>
      ),
    },
  ]
  return (
    <ReportTable
      title="Funnel"
      note="Each deal once, later losses included; a stage that was skipped counts as passed."
      columns={columns}
      rows={report.conversions}
      keyOf={({ from, to }) => `${from}-${to}`}
      none="No deals in this period."
    />
  )
}

const days = (value: number | null): string => (value === null ? '–' : `${formatNumber(value)} days`)

export function TimeInStageTable({ report }: { report: DealStatistics }) {
  const { name } = useStages()
  const columns: Column<DealStatistics['timeInStage'][number]>[] = [
    { header: 'Stage', cell: ({ stage }) => name(stage) },
    { header: 'Median', cell: ({ medianDays }) => days(medianDays), numeric: true },
    { header: 'Average', cell: ({ averageDays }) => days(averageDays), numeric: true },
    {
      header: 'Deals looked at',
      cell: ({ sample, deals }) => <Count of={{ count: sample, deals }} />,
      numeric: true,
    },
  ]
  return (
    <ReportTable
      title="Time in stage"
      note="Of the latest deals that came to the stage in the period, up to now."
      columns={columns}
      rows={report.timeInStage}
      keyOf={({ stage }) => stage}
      none="No deals in this period."
    />
  )
}

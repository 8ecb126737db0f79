'use client'
import type { ReactNode } from 'react'
import { cn } from '../cn.ts'
import { ErrorState, Skeleton } from './states.tsx'
import { Card } from './surfaces.tsx'

export interface Column<Row> {
  header: string
  cell(row: Row): ReactNode
  /** Numbers stand at the right, figure under figure. */
  numeric?: boolean
  /** Left out where the screen is narrow. */
  wide?: boolean
  className?: string
}

export interface DataTableProps<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[] | undefined
  keyOf(row: Row): string
  error?: unknown
  onRetry?: () => void
  /** Shown instead of the table when there is no row. */
  empty: ReactNode
  /** One row on a phone; without it the table scrolls sideways. */
  card?(row: Row): ReactNode
  footer?: ReactNode
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

function Rows<Row>({
  columns,
  rows,
  keyOf,
}: Pick<DataTableProps<Row>, 'columns' | 'keyOf'> & { rows: readonly Row[] | undefined }) {
  if (!rows)
    return skeletonRows.map((key) => (
      <tr key={key}>
        {columns.map((column) => (
          <td key={column.header} className={cn('px-4 py-3', column.wide && 'hidden lg:table-cell')}>
            <Skeleton className="h-4 w-full max-w-40" />
          </td>
        ))}
      </tr>
    ))
  return rows.map((row) => (
    <tr key={keyOf(row)} className="border-line border-t hover:bg-sunken/60">
      {columns.map((column) => (
        <td
          key={column.header}
          className={cn(
            'px-4 py-2.5 align-middle',
            column.numeric && 'tabular text-right',
            column.wide && 'hidden lg:table-cell',
            column.className,
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  ))
}

/** A table with all its states: loading, error, nothing there, rows; cards on a phone where they are given. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, keyOf, error, onRetry, empty, card, footer } = props
  if (error)
    return (
      <Card>
        <ErrorState error={error} onRetry={onRetry} />
      </Card>
    )
  if (rows?.length === 0) return <Card>{empty}</Card>
  return (
    <Card className="overflow-hidden">
      {card ? (
        <ul aria-label={label} className="divide-y divide-line sm:hidden">
          {rows ? (
            rows.map((row) => (
              <li key={keyOf(row)} className="p-4">
                {card(row)}
              </li>
            ))
          ) : (
            <li className="p-4">
              <Skeleton className="h-16" />
            </li>
          )}
        </ul>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard. */}
      <section aria-label={label} tabIndex={0} className={cn('overflow-x-auto', card && 'hidden sm:block')}>
        <table className="w-full text-left text-sm">
          <thead className="bg-sunken/50 text-muted text-xs">
            <tr>
              {columns.map((column) => (
                <th
                  key={column.header}
                  scope="col"
                  className={cn(
                    'px-4 py-2.5 font-medium',
                    column.numeric && 'text-right',
                    column.wide && 'hidden lg:table-cell',
                  )}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Rows columns={columns} rows={rows} keyOf={keyOf} />
          </tbody>
        </table>
      </section>
      {footer ? <div className="border-line border-t p-2 text-center">{footer}</div> : null}
    </Card>
  )
}

import { type Column, DataTable } from '@throughline/ui'
import { type ReactNode, useId } from 'react'

interface Props<Row> {
  title: string
  note?: ReactNode
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf(row: Row): string
  /** What to say when there is no row. */
  none: string
}

/** A part of the report: a heading and its table, which turns into a list on a phone. */
export function ReportTable<Row>({ title, note, columns, rows, keyOf, none }: Props<Row>) {
  const id = useId()
  const [first, ...others] = columns
  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      <div className="mt-0.5 mb-3 min-h-5 text-muted text-sm">{note}</div>
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        empty={<p className="px-4 py-8 text-center text-muted text-sm">{none}</p>}
        card={(row) => (
          <div className="grid gap-2 text-sm">
            <div className="font-medium [overflow-wrap:anywhere]">{first?.cell(row)}</div>
            <dl className="grid grid-cols-2 gap-x-3 gap-y-1.5">
              {others.map((column) => (
                <div key={column.header} className="min-w-0">
                  <dt className="text-muted text-xs">{column.header}</dt>
                  <dd className="tabular">{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          </div>
        )}
      />
    </section>
  )
}

import type { FundImportPreview, FundImportRow } from '@throughline/contracts'

/** Rows of a file as they are written, with what is wrong with each, or what else there is to say. */
export function PreviewTable({
  label,
  preview,
  rows,
  note,
}: {
  label: string
  preview: FundImportPreview
  rows: readonly FundImportRow[]
  /** Of rows that are not wrong: the head of the last column. */
  note?: string
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-xl border border-line">
      <table className="w-full text-left text-sm">
        <thead className="bg-sunken/50 text-muted text-xs">
          <tr>
            <th scope="col" className="px-3 py-2 font-medium">
              Line
            </th>
            {preview.headers.map((header, column) => (
              <th key={column} scope="col" className="px-3 py-2 font-medium">
                {header}
                {preview.fields[column] ? null : <span className="block font-normal">not used</span>}
              </th>
            ))}
            <th scope="col" className="px-3 py-2 font-medium">
              {note ?? 'What is wrong'}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, cells, reasons }) => (
            <tr key={line} className="border-line border-t">
              <td className="tabular px-3 py-2">{line}</td>
              {preview.headers.map((header, column) => (
                <td key={`${header}${column}`} className="max-w-60 break-words px-3 py-2">
                  {cells[column] ?? ''}
                </td>
              ))}
              <td className="min-w-48 px-3 py-2">
                {reasons.length === 0 ? (
                  <span className="text-muted">nothing</span>
                ) : (
                  reasons.map((reason) => (
                    <p key={reason} className={note ? '' : 'text-bad'}>
                      {reason}
                    </p>
                  ))
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

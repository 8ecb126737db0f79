'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type DealImportView,
  type ImportField,
  type ImportOptions,
  type ImportPreview,
  importFields,
} from '@throughline/contracts'
import { Alert, Button, Card, Field, messageOf, Select } from '@throughline/ui'
import Link from 'next/link'
import { useId, useState } from 'react'
import { fieldLabels } from './import-labels.ts'
import { postStart } from './imports.api.ts'

const shownRows = 5

interface ColumnsProps {
  preview: ImportPreview
  mapping: (ImportField | null)[]
  onChange(index: number, field: ImportField | null): void
}

function MappedColumns({ preview, mapping, onChange }: ColumnsProps) {
  const base = useId()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
    <section aria-label="First rows of the file" tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <thead>
          <tr>
            {preview.headers.map((header, index) => {
              const id = `${base}-${index}`
              return (
                <th key={id} scope="col" className="min-w-44 px-3 pt-3 pb-2 align-bottom font-medium">
                  <label htmlFor={id} className="mb-1.5 block truncate text-muted text-xs">
                    <span className="sr-only">Field for "</span>
                    {header}
                    <span className="sr-only">"</span>
                  </label>
                  <Select
                    id={id}
                    aria-label={`Field for "${header}"`}
                    value={mapping[index] ?? ''}
                    onChange={(event) =>
                      onChange(index, importFields.find((field) => field === event.target.value) ?? null)
                    }
                  >
                    <option value="">Leave out</option>
                    {importFields.map((field) => (
                      <option key={field} value={field} disabled={mapping.includes(field) && mapping[index] !== field}>
                        {fieldLabels[field]}
                      </option>
                    ))}
                  </Select>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, shownRows).map((row, line) => (
            // Rows of a file have no id; they do not move.
            <tr key={`${line}-${row[0]}`} className="border-line border-t">
              {preview.headers.map((header, index) => (
                <td key={`${base}-${header}-${index}`} className="max-w-56 truncate px-3 py-2 text-muted">
                  {row[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Options({ options, onChange }: { options: ImportOptions; onChange(options: ImportOptions): void }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:max-w-xl">
      <Field label="Decimal sign" hint="Said once for the whole file">
        {(ids) => (
          <Select
            {...ids}
            value={options.decimal}
            onChange={(event) => onChange({ ...options, decimal: event.target.value === 'comma' ? 'comma' : 'point' })}
          >
            <option value="point">1,250.50</option>
            <option value="comma">1.250,50</option>
          </Select>
        )}
      </Field>
      <Field label="Date order">
        {(ids) => (
          <Select
            {...ids}
            value={options.dateOrder}
            onChange={(event) => onChange({ ...options, dateOrder: event.target.value as ImportOptions['dateOrder'] })}
          >
            <option value="ymd">2026-12-31</option>
            <option value="dmy">31.12.2026</option>
            <option value="mdy">12/31/2026</option>
          </Select>
        )}
      </Field>
    </div>
  )
}

/** Which column is what, corrected on the first rows before anything is written. */
export function MappingStep({ dealImport, preview }: { dealImport: DealImportView; preview: ImportPreview }) {
  const client = useQueryClient()
  const [mapping, setMapping] = useState<(ImportField | null)[]>(preview.mapping)
  const [options, setOptions] = useState(preview.options)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => postStart(dealImport.id, { mapping, options }),
    onSuccess: ({ import: started }) => client.setQueryData(['import', dealImport.id], started),
  })
  const hasTitle = mapping.includes('title')
  return (
    <div className="grid gap-5">
      {dealImport.sameAsImportId ? (
        <p className="rounded-xl bg-warn-soft px-4 py-3 text-sm text-warn">
          The very same file was{' '}
          <Link href={`/imports/${dealImport.sameAsImportId}`} className="underline">
            imported before
          </Link>
          . Importing it again creates nothing twice.
        </p>
      ) : null}
      <Card>
        <MappedColumns
          preview={preview}
          mapping={mapping}
          onChange={(index, field) => setMapping(mapping.map((each, at) => (at === index ? field : each)))}
        />
      </Card>
      <Options options={options} onChange={setOptions} />
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <div className="flex items-center gap-3">
        <Button kind="primary" onClick={() => mutate()} disabled={isPending || !hasTitle}>
          Start import
        </Button>
        {hasTitle ? null : <span className="text-muted text-sm">Choose the column that holds the deal’s title.</span>}
      </div>
    </div>
  )
}

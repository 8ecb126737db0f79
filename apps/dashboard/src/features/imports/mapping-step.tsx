'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DealImportView, ImportField, ImportMapping, ImportPreview, RecordKind } from '@throughline/contracts'
import { Alert, Button, Card, Field, Input, messageOf, Select } from '@throughline/ui'
import Link from 'next/link'
import { useId, useState } from 'react'
import { fieldChoices, namingWords } from './import-labels.ts'
import { postStart } from './imports.api.ts'
import { ReadingOptions, unsaid } from './reading-options.tsx'

const shownRows = 5

interface ColumnsProps {
  kind: RecordKind
  preview: ImportPreview
  mapping: ImportMapping
  onChange(index: number, field: ImportField | null): void
}

function MappedColumns({ kind, preview, mapping, onChange }: ColumnsProps) {
  const base = useId()
  const choices = fieldChoices(kind, preview)
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
                      onChange(index, choices.find(([field]) => field === event.target.value)?.[0] ?? null)
                    }
                  >
                    <option value="">Leave out</option>
                    {choices.map(([field, label]) => (
                      <option key={field} value={field} disabled={mapping.includes(field) && mapping[index] !== field}>
                        {label}
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

const naming: Readonly<Record<RecordKind, readonly ImportField[]>> = {
  DEAL: ['title'],
  COMPANY: ['name', 'domain'],
  CONTACT: ['name', 'email'],
}

const SameFile = ({ importId }: { importId: string }) => (
  <p className="rounded-xl bg-warn-soft px-4 py-3 text-sm text-warn">
    The very same file was{' '}
    <Link href={`/imports/${importId}`} className="underline">
      imported before
    </Link>
    . Importing it again creates nothing twice.
  </p>
)

/** Which column is what, corrected on the first rows before anything is written. */
export function MappingStep({ dealImport, preview }: { dealImport: DealImportView; preview: ImportPreview }) {
  const client = useQueryClient()
  const { id, kind, sameAsImportId } = dealImport
  const [mapping, setMapping] = useState<ImportMapping>(preview.mapping)
  const [options, setOptions] = useState(preview.options)
  const [saveAs, setSaveAs] = useState(preview.source?.name ?? '')
  const [lostReason, setLostReason] = useState('')
  const { decimal, dateOrder } = options
  const { mutate, isPending, error } = useMutation({
    mutationFn: (dryRun: boolean) => {
      if (!decimal || !dateOrder) throw new Error(unsaid)
      const reason = lostReason.trim()
      return postStart(id, {
        mapping,
        options: { decimal, dateOrder },
        dryRun,
        saveAs: saveAs.trim() || null,
        ...(reason && { lostReason: reason }),
      })
    },
    onSuccess: ({ import: started }) => client.setQueryData(['import', id], started),
  })
  const isNamed = naming[kind].some((field) => mapping.includes(field))
  const isReady = isNamed && decimal !== null && dateOrder !== null
  return (
    <div className="grid gap-5">
      {sameAsImportId ? <SameFile importId={sameAsImportId} /> : null}
      {preview.source ? (
        <p className="text-muted text-sm">Proposed as it was saved for files of “{preview.source.name}”.</p>
      ) : null}
      <Card>
        <MappedColumns
          kind={kind}
          preview={preview}
          mapping={mapping}
          onChange={(index, field) => setMapping(mapping.map((each, at) => (at === index ? field : each)))}
        />
      </Card>
      <ReadingOptions options={options} onChange={setOptions} />
      {kind === 'DEAL' ? (
        <Field
          label="Why deals were lost, where the file does not say"
          hint="Optional. Without it, lost deals with no reason are refused."
          className="lg:max-w-xl"
        >
          {(ids) => (
            <Input
              {...ids}
              value={lostReason}
              maxLength={500}
              onChange={(event) => setLostReason(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field
        label="Remember this for the source"
        hint="Optional. The next file with the same columns is proposed the same."
        className="lg:max-w-xl"
      >
        {(ids) => (
          <Input
            {...ids}
            value={saveAs}
            maxLength={80}
            placeholder="Export of our old CRM"
            onChange={(event) => setSaveAs(event.target.value)}
          />
        )}
      </Field>
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="primary" onClick={() => mutate(false)} disabled={isPending || !isReady}>
          Start import
        </Button>
        <Button onClick={() => mutate(true)} disabled={isPending || !isReady}>
          Try without changing anything
        </Button>
        {isNamed ? null : <span className="text-muted text-sm">Choose the column that holds {namingWords[kind]}.</span>}
      </div>
    </div>
  )
}

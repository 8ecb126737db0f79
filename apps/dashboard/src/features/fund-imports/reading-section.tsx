'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FundImportView } from '@throughline/contracts'
import { Alert, Button, Checkbox, Field, Input, messageOf } from '@throughline/ui'
import { useState } from 'react'
import { ReadingOptions } from '../imports/reading-options.tsx'
import { postInspect } from './fund-imports.api.ts'

/** How the file is read; said once for all of it. */
export function ReadingSection({ fundImport }: { fundImport: FundImportView }) {
  const client = useQueryClient()
  const [options, setOptions] = useState(fundImport.options)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => postInspect(fundImport.id, options),
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  return (
    <section aria-label="How the file is read" className="grid gap-4">
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <ReadingOptions options={options} onChange={(chosen) => setOptions({ ...options, ...chosen })} />
      {fundImport.kind === 'COMMITMENTS' ? (
        // biome-ignore lint/a11y/noLabelWithoutControl: the box is in it.
        <label className="flex items-center gap-2 text-sm">
          <Checkbox
            checked={options.createInvestors}
            onChange={({ target }) => setOptions({ ...options, createInvestors: target.checked })}
          />
          Make investors that are not known yet
        </label>
      ) : null}
      {fundImport.kind === 'ALLOCATIONS' ? (
        <Field
          label="Who takes what is left to 100 %"
          hint="Code or name of an investor; nobody when it is empty"
          className="max-w-md"
        >
          {(ids) => (
            <Input
              {...ids}
              value={options.restTo ?? ''}
              onChange={({ target }) => setOptions({ ...options, restTo: target.value || null })}
            />
          )}
        </Field>
      ) : null}
      <div>
        <Button onClick={() => mutate()} disabled={isPending}>
          {isPending ? 'One moment…' : 'Read again'}
        </Button>
      </div>
    </section>
  )
}

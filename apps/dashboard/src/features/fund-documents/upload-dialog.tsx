'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Dialog, Field, FileDrop, messageOf, Select, toast } from '@throughline/ui'
import { useState } from 'react'
import { postUpload } from './fund-documents.api.ts'

/** What a document can be said to belong to: a fund, or a deal of it. */
export interface UploadPlace {
  fundId: string
  dealId: string | null
  /** As a person chooses between them. */
  label: string
}

interface UploadDialogProps {
  places: readonly UploadPlace[]
  /** What is chosen between. */
  label: string
  onClose(): void
}

/** Adds a file to a fund, or to a deal of it. */
export function UploadDialog({ places, label, onClose }: UploadDialogProps) {
  const client = useQueryClient()
  const [at, setAt] = useState(0)
  const { mutate, isPending, error } = useMutation({
    mutationFn: ({ file, place }: { file: File; place: UploadPlace }) => postUpload(place, file),
    onSuccess: async ({ name }) => {
      toast.success(`${name} was added`)
      await Promise.all(['fund', 'deal-papers'].map((key) => client.invalidateQueries({ queryKey: [key] })))
      onClose()
    },
  })
  const place = places[at]
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Add a document">
      <div className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        {places.length > 1 ? (
          <Field label={label}>
            {(ids) => (
              <Select {...ids} value={at} onChange={(event) => setAt(Number(event.target.value))} disabled={isPending}>
                {places.map((each, index) => (
                  <option key={`${each.fundId}/${each.dealId}`} value={index}>
                    {each.label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        <FileDrop
          label={isPending ? 'Uploading…' : 'Choose a file'}
          accept=".pdf,.png,.jpg,.jpeg,.webp,.csv,.txt,.md"
          busy={isPending || !place}
          onFile={(file) => place && mutate({ file, place })}
        >
          A PDF, an image or a text. Only your firm sees it.
        </FileDrop>
      </div>
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FundDocumentView } from '@throughline/contracts'
import { Button, ConfirmDialog, messageOf, toast } from '@throughline/ui'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { deleteDocument } from './fund-documents.api.ts'

/** Takes away what was uploaded, after a question. */
export function RemoveDocument({ document, onRemoved }: { document: FundDocumentView; onRemoved(): void }) {
  const { id, name, dealId } = document
  const client = useQueryClient()
  const [asks, setAsks] = useState(false)
  const remove = useMutation({
    mutationFn: () => deleteDocument(id),
    onSuccess: () => {
      toast.success('The document is removed')
      // Closed before anything is asked for again: what is removed is not found any more.
      onRemoved()
      client.removeQueries({ queryKey: ['fund', 'document', id] })
      return Promise.all(['fund', 'deal-papers'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
  return (
    <>
      <Button size="sm" kind="danger" onClick={() => setAsks(true)}>
        <Trash2 aria-hidden /> Remove
      </Button>
      <ConfirmDialog
        open={asks}
        onClose={() => setAsks(false)}
        title="Remove this document?"
        confirm="Remove it"
        danger
        busy={remove.isPending}
        refusal={remove.error ? messageOf(remove.error) : undefined}
        onConfirm={() => remove.mutate()}
      >
        Nobody can open {name} any more, by a link neither, and after 30 days its file is deleted.
        {dealId === null ? '' : ' A summary that cites it says so, and is out of date.'}
      </ConfirmDialog>
    </>
  )
}

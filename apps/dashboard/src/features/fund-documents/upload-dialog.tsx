'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Dialog, FileDrop, messageOf, toast } from '@throughline/ui'
import { postUpload } from './fund-documents.api.ts'

/** Adds a file to the fund. */
export function UploadDialog({ fundId, onClose }: { fundId: string; onClose(): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (file: File) => postUpload(fundId, file),
    onSuccess: async ({ name }) => {
      toast.success(`${name} was added`)
      await client.invalidateQueries({ queryKey: ['fund'] })
      onClose()
    },
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Add a document">
      <div className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <FileDrop
          label={isPending ? 'Uploading…' : 'Choose a file'}
          accept=".pdf,.png,.jpg,.jpeg,.webp,.csv,.txt"
          busy={isPending}
          onFile={(file) => mutate(file)}
        >
          A PDF, an image or a text. Only your firm sees it.
        </FileDrop>
      </div>
    </Dialog>
  )
}

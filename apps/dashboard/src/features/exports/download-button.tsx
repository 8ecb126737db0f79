'use client'
import { useMutation } from '@tanstack/react-query'
import type { DataExportView } from '@throughline/contracts'
import { Button, messageOf, toast } from '@throughline/ui'
import { Download } from 'lucide-react'
import { postFileLink } from './exports.api.ts'

/** Makes a fresh link and follows it: what stands in a mail or a history opens nothing by itself. */
export function DownloadButton({ dataExport, primary }: { dataExport: DataExportView; primary?: boolean }) {
  const { fileId } = dataExport
  const { mutate, isPending } = useMutation({
    mutationFn: postFileLink,
    onSuccess: ({ url }) => window.location.assign(`/api${url}`),
    onError: (error) => toast.error('The file could not be opened', { description: messageOf(error) }),
  })
  if (!fileId) return null
  return (
    <Button kind={primary ? 'primary' : undefined} onClick={() => mutate(fileId)} disabled={isPending}>
      <Download aria-hidden /> Download
    </Button>
  )
}

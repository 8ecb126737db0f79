'use client'
import { useMutation } from '@tanstack/react-query'
import type { AuditFilter } from '@throughline/contracts'
import { Button, messageOf, toast } from '@throughline/ui'
import { Download } from 'lucide-react'
import { postExport } from './audit.api.ts'

/** The log as a file, as it is filtered. */
export function ExportButton({ filter }: { filter: AuditFilter }) {
  const { mutate, isPending } = useMutation({
    mutationFn: postExport,
    onSuccess: () =>
      toast.success('The export is being written', {
        description: 'A notification leads to the file once it is ready.',
      }),
    onError: (error) => toast.error('The export was not started', { description: messageOf(error) }),
  })
  return (
    <Button onClick={() => mutate(filter)} disabled={isPending}>
      <Download aria-hidden /> Export
    </Button>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { Button, messageOf, toast } from '@throughline/ui'
import { Download } from 'lucide-react'
import { exportAudit } from './audit.api.ts'
import type { AuditFilter } from './audit-filter.ts'

/** The log as a file, as it is filtered; the browser keeps it once it is written. */
export function ExportButton({ filter }: { filter: AuditFilter }) {
  const { mutate, isPending } = useMutation({
    mutationFn: exportAudit,
    // An answer that is an attachment leaves the page where it is.
    onSuccess: (address) => window.location.assign(address),
    onError: (error) => toast.error('There is no export', { description: messageOf(error) }),
  })
  return (
    <Button onClick={() => mutate(filter)} disabled={isPending}>
      <Download aria-hidden /> {isPending ? 'Writing…' : 'Export'}
    </Button>
  )
}

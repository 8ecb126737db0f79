'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { DealImportView } from '@throughline/contracts'
import { ConfirmDialog, formatNumber, messageOf } from '@throughline/ui'
import { postRevert } from './imports.api.ts'

/** Says what a revert does, and asks once more. */
export function RevertDialog({ dealImport, onClose }: { dealImport: DealImportView; onClose(): void }) {
  const client = useQueryClient()
  const { id, rowsCreated, rowsUpdated } = dealImport
  const { mutate, isPending, error } = useMutation({
    mutationFn: postRevert,
    onSuccess: ({ import: reverting }) => {
      client.setQueryData(['import', id], reverting)
      onClose()
    },
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Revert this import?"
      confirm="Revert import"
      onConfirm={() => mutate(id)}
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
      danger
    >
      <p>
        The {formatNumber(rowsCreated)} records that it made are removed, and the {formatNumber(rowsUpdated)} that it
        changed become exactly what they were before.
      </p>
      <p>What somebody has changed or used since stays as it is; you are told which records, and why.</p>
    </ConfirmDialog>
  )
}

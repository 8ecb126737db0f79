'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyView } from '@throughline/contracts'
import { ConfirmDialog, messageOf, toast } from '@throughline/ui'
import { postRevocation } from './api-keys.api.ts'

/** The end of a key. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose(): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: postRevocation,
    onSuccess: ({ name }) => {
      toast.success(`“${name}” is revoked`)
      onClose()
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Revoke “${apiKey.name}”?`}
      confirm="Revoke key"
      onConfirm={() => mutate(apiKey.id)}
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
      danger
    >
      <p>Whatever uses it is refused within seconds. This cannot be taken back; you can make a new key.</p>
    </ConfirmDialog>
  )
}

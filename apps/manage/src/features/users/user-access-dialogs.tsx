'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AdminUserView } from '@throughline/contracts'
import { Alert, Button, Dialog, messageOf, toast } from '@throughline/ui'
import { ReasonDialog } from '../reason-dialog.tsx'
import { postDisable, postEnable } from './users.api.ts'

interface Props {
  user: AdminUserView
  onClose(): void
}

/** Shuts a person out of every firm and portal. */
export function DisableDialog({ user, onClose }: Props) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: postDisable,
    onSuccess: () => {
      toast.success(`${user.name} is shut out`)
      onClose()
      return client.invalidateQueries({ queryKey: ['users'] })
    },
  })
  return (
    <ReasonDialog
      open
      onClose={onClose}
      title={`Disable ${user.name}?`}
      confirm="Disable person"
      isPending={isPending}
      error={error}
      onConfirm={(reason) => mutate({ userId: user.id, reason })}
    >
      {user.email} is signed out everywhere within seconds and cannot sign in to any firm or portal until enabled again.
      What they made is kept.
    </ReasonDialog>
  )
}

/** Lets them in again. */
export function EnableDialog({ user, onClose }: Props) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: postEnable,
    onSuccess: () => {
      toast.success(`${user.name} can sign in again`)
      onClose()
      return client.invalidateQueries({ queryKey: ['users'] })
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Enable ${user.name}?`}
      description={`${user.email} can sign in again at once, with the password from before.`}
    >
      {error ? <Alert className="mb-4">{messageOf(error)}</Alert> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" disabled={isPending} onClick={() => mutate(user.id)}>
          Enable person
        </Button>
      </div>
    </Dialog>
  )
}

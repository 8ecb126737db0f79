'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TenantRole } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, Input, messageOf, toast, useSession } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { postInvitation } from './members.api.ts'
import { RoleField } from './role-field.tsx'
import { rolesOf } from './roles.ts'

/** Asks somebody into the firm. */
export function InviteDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const client = useQueryClient()
  const { user } = useSession()
  const [role, setRole] = useState<TenantRole>('member')
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: postInvitation,
    onSuccess: ({ email }) => {
      toast.success(`An invitation is on its way to ${email}`)
      onOpenChange(false)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate({ email: String(new FormData(event.currentTarget).get('email')).trim(), role })
  }
  const change = (next: boolean) => {
    reset()
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title="Invite somebody" description="They get an e-mail with a link.">
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="E-mail">
          {(ids) => <Input {...ids} name="email" type="email" required maxLength={254} autoComplete="off" autoFocus />}
        </Field>
        <RoleField roles={rolesOf(user)} value={role} onChange={setRole} />
        <p className="text-muted text-sm">
          The link is good for 30 minutes, the invitation for a week: send another link at any time until then.
        </p>
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            Send invitation
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

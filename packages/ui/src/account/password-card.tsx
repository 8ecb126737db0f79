'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ChangePassword } from '@throughline/contracts'
import { type FormEvent, useState } from 'react'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { passwordRefusal } from '../api/password-refusal.ts'
import { Button } from '../components/button.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Refusal } from '../components/refusal.tsx'
import { toast } from '../components/toaster.tsx'
import { SettingsCard } from './settings-card.tsx'

function ChangeForm({ email, onChanged }: { email: string; onChanged(): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: ChangePassword) => apiFetch('/auth/v1/password/change', { method: 'POST', body }),
    onSuccess: async () => {
      toast.success('Your password is changed')
      onChanged()
      await client.invalidateQueries({ queryKey: ['own-sessions'] })
    },
  })
  const wait = useLockout(error)
  const refused = passwordRefusal(error, 'newPassword')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({
      currentPassword: String(form.get('currentPassword')),
      newPassword: String(form.get('newPassword')),
      endOtherSessions: form.has('endOtherSessions'),
    })
  }
  return (
    <form onSubmit={submit} method="post" className="grid gap-4">
      <Refusal error={refused ? null : error} wait={wait} />
      {/* Tells password managers whose password this is. */}
      <input hidden readOnly type="text" autoComplete="username" value={email} />
      <PasswordField label="Current password" name="currentPassword" autoComplete="current-password" />
      <PasswordField label="New password" name="newPassword" autoComplete="new-password" error={refused} />
      <label className="flex items-center gap-2 text-sm">
        <input type="checkbox" name="endOtherSessions" defaultChecked className="size-4 accent-accent" />
        Sign out other devices
      </label>
      <Button kind="primary" type="submit" disabled={isPending || wait > 0} className="justify-self-end">
        Change password
      </Button>
    </form>
  )
}

/** One's own password. */
export function PasswordCard({ email }: { email: string }) {
  // A new form once the password is changed: nothing of it stays on the screen.
  const [changes, setChanges] = useState(0)
  return (
    <SettingsCard title="Password">
      <ChangeForm key={changes} email={email} onChanged={() => setChanges(changes + 1)} />
    </SettingsCard>
  )
}

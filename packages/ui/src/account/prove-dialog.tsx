'use client'
import { useMutation } from '@tanstack/react-query'
import { recoveryCodes } from '@throughline/contracts'
import type { FormEvent } from 'react'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { Button } from '../components/button.tsx'
import { Field, Input } from '../components/fields.tsx'
import { Dialog } from '../components/overlays.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Refusal } from '../components/refusal.tsx'

export type Purpose = 'renew' | 'disable'
export interface Proved {
  purpose: Purpose
  codes?: readonly string[]
}

const words = {
  renew: { title: 'New recovery codes', description: 'You get ten new ones; the earlier ones are void.', do: 'Renew' },
  disable: {
    title: 'Turn off the second factor',
    description: 'Your password alone then opens your account.',
    do: 'Turn off',
  },
} as const

async function carryOut(purpose: Purpose, body: { password: string; code: string }): Promise<Proved> {
  if (purpose === 'disable') {
    await apiFetch('/auth/v1/second-factor/disable', { method: 'POST', body })
    return { purpose }
  }
  const path = '/auth/v1/second-factor/recovery-codes'
  return { purpose, codes: (await apiFetch(path, { method: 'POST', body, schema: recoveryCodes })).recoveryCodes }
}

export interface ProveDialogProps {
  purpose: Purpose
  onProved(proved: Proved): void
  onCancel(): void
}

/** Asks for password and code before something that a passer-by must not do. */
export function ProveDialog({ purpose, onProved, onCancel }: ProveDialogProps) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { password: string; code: string }) => carryOut(purpose, body),
    onSuccess: onProved,
  })
  const wait = useLockout(error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ password: String(form.get('password')), code: String(form.get('code')) })
  }
  const { title, description, do: action } = words[purpose]
  return (
    <Dialog open onOpenChange={onCancel} title={title} description={description}>
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={error} wait={wait} />
        <PasswordField label="Your password" name="password" autoComplete="current-password" />
        <Field label="Code" hint="Of your authenticator app, or a recovery code.">
          {(ids) => (
            <Input
              {...ids}
              name="code"
              required
              autoComplete="one-time-code"
              autoCapitalize="none"
              minLength={6}
              maxLength={20}
              className="font-mono"
            />
          )}
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onCancel}>Cancel</Button>
          <Button kind={purpose === 'disable' ? 'danger' : 'primary'} type="submit" disabled={isPending || wait > 0}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

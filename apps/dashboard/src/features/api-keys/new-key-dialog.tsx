'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyCreated, Permission } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, Input, messageOf, Select } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { postApiKey } from './api-keys.api.ts'
import { ScopePicker } from './scope-picker.tsx'

const lives: { days: string; label: string }[] = [
  { days: '30', label: '30 days' },
  { days: '90', label: '90 days' },
  { days: '365', label: 'A year' },
  { days: '730', label: 'Two years' },
  { days: '', label: 'It does not end by itself' },
]

/** Makes a key for a machine. */
export function NewKeyDialog({ onClose, onCreated }: { onClose(): void; onCreated(created: ApiKeyCreated): void }) {
  const client = useQueryClient()
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set())
  const { mutate, isPending, error } = useMutation({
    mutationFn: postApiKey,
    // The key itself is in this answer: it is not kept when nobody shows it.
    gcTime: 0,
    onSuccess: onCreated,
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const days = String(form.get('days'))
    mutate({
      name: String(form.get('name')).trim(),
      scopes: [...scopes],
      expiresInDays: days === '' ? null : Number(days),
    })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New API key"
      description="For a machine that works in this firm. The key is shown once."
    >
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Name" hint="What uses it, e.g. “Nightly report”.">
            {(ids) => <Input {...ids} name="name" required maxLength={80} autoComplete="off" autoFocus />}
          </Field>
          <Field label="Ends after">
            {(ids) => (
              <Select {...ids} name="days" defaultValue="365">
                {lives.map(({ days, label }) => (
                  <option key={days} value={days}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <ScopePicker chosen={scopes} onChange={setScopes} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending || scopes.size === 0}>
            Create key
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ApiKeyCreated, ApiKeyView } from '@throughline/contracts'
import { ConfirmDialog, Field, messageOf, Select } from '@throughline/ui'
import { useState } from 'react'
import { postRotation } from './api-keys.api.ts'

const overlaps: { hours: number; label: string }[] = [
  { hours: 0, label: 'Not at all: it ends at once' },
  { hours: 1, label: 'An hour' },
  { hours: 24, label: 'A day' },
  { hours: 72, label: 'Three days' },
  { hours: 168, label: 'A week' },
]

/** A key that takes over from this one. */
export function RotateKeyDialog({
  apiKey,
  onClose,
  onCreated,
}: {
  apiKey: ApiKeyView
  onClose(): void
  onCreated(created: ApiKeyCreated): void
}) {
  const client = useQueryClient()
  const [overlapHours, setOverlapHours] = useState(24)
  const { mutate, isPending, error } = useMutation({
    mutationFn: postRotation,
    gcTime: 0,
    onSuccess: onCreated,
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Rotate “${apiKey.name}”?`}
      confirm="Rotate key"
      onConfirm={() => mutate({ id: apiKey.id, overlapHours })}
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
    >
      <p>
        You get a new key with the same name and scopes. The old one goes on working for a while, so that machines can
        be told one after the other.
      </p>
      <Field label="How long the old key goes on">
        {(ids) => (
          <Select {...ids} value={overlapHours} onChange={(event) => setOverlapHours(Number(event.target.value))}>
            {overlaps.map(({ hours, label }) => (
              <option key={hours} value={hours}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </ConfirmDialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ConfirmDialog, Field, messageOf, Select } from '@throughline/ui'
import { type ReactNode, useState } from 'react'

const overlaps: { hours: number; label: string }[] = [
  { hours: 0, label: 'Not at all: it ends at once' },
  { hours: 1, label: 'An hour' },
  { hours: 24, label: 'A day' },
  { hours: 72, label: 'Three days' },
  { hours: 168, label: 'A week' },
]

interface RotateDialogProps<Made> {
  title: string
  /** What the new one is, and what becomes of the old one. */
  children: ReactNode
  confirm: string
  /** Of the choice of how long the old one goes on. */
  overlapLabel: string
  rotate(overlapHours: number): Promise<Made>
  /** First part of the keys of the answers that it makes old. */
  stale: string
  onClose(): void
  onMade(made: Made): void
}

/** A secret that takes over from another one, which goes on for a while. */
export function RotateDialog<Made>(props: RotateDialogProps<Made>) {
  const { title, children, confirm, overlapLabel, rotate, stale, onClose, onMade } = props
  const client = useQueryClient()
  const [overlapHours, setOverlapHours] = useState(24)
  const { mutate, isPending, error } = useMutation({
    mutationFn: rotate,
    // The secret is in this answer: it is not kept when nobody shows it.
    gcTime: 0,
    onSuccess: onMade,
    onSettled: () => client.invalidateQueries({ queryKey: [stale] }),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={title}
      confirm={confirm}
      onConfirm={() => mutate(overlapHours)}
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
    >
      <p>{children}</p>
      <Field label={overlapLabel}>
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

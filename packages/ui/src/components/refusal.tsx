'use client'
import { ApiError, messageOf } from '../api/api-error.ts'
import { formatCountdown } from '../format/format.ts'
import { Alert } from './states.tsx'

/** Why a form was refused and, after too many attempts, how long to wait. The seconds are not read out one by one. */
export function Refusal({ error, wait }: { error: unknown; wait: number }) {
  if (!error) return null
  const locked = error instanceof ApiError && error.status === 429
  return (
    <div className="grid gap-2">
      <Alert>{messageOf(error)}</Alert>
      {locked ? (
        <p role="timer" className="tabular text-muted text-sm">
          {wait > 0 ? `You can try again in ${formatCountdown(wait)}.` : 'You can try again now.'}
        </p>
      ) : null}
    </div>
  )
}

'use client'
import type { SessionUser } from '@throughline/contracts'
import { useEffect } from 'react'
import { useSecondsUntil } from '../api/lockout.ts'
import { signOut, useSession } from '../api/session.tsx'
import { formatCountdown } from '../format/format.ts'

const leave = () => signOut('/login?after=support-ended')

function Banner({ name, impersonation }: { name: string; impersonation: NonNullable<SessionUser['impersonation']> }) {
  const { by, reason, endsAt } = impersonation
  const left = useSecondsUntil(new Date(endsAt).getTime())
  useEffect(() => {
    if (left === 0) void leave()
  }, [left])
  return (
    <section
      aria-label="You act as somebody else"
      className="flex flex-wrap items-center gap-x-4 gap-y-1.5 bg-warn px-4 py-2 text-sm text-warn-soft md:px-8"
    >
      <p title={reason} className="line-clamp-2 min-w-0 basis-full [overflow-wrap:anywhere] sm:flex-1 sm:basis-60">
        <strong className="font-semibold">You act as {name}.</strong> {by} · {reason}
      </p>
      <span role="timer" className="tabular whitespace-nowrap">
        ends in {formatCountdown(left)}
      </span>
      <button
        type="button"
        onClick={() => void leave()}
        className="ml-auto h-8 shrink-0 rounded-lg bg-surface px-3 font-medium text-ink hover:bg-sunken focus-visible:outline-surface"
      >
        Stop
      </button>
    </section>
  )
}

/** Says on every page that a superadmin works with somebody else's eyes and hands, until when, and how to stop. */
export function ImpersonationBanner() {
  const { user } = useSession()
  if (!user?.impersonation) return null
  return <Banner name={user.name} impersonation={user.impersonation} />
}

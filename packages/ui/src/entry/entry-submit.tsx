'use client'
import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { useHydrated } from '../hydrated.ts'

/** Sends a form of a way in: not before our code runs, not twice, and not before a wait is over (seconds). */
export function EntrySubmit({ busy, wait = 0, children }: { busy: boolean; wait?: number; children: ReactNode }) {
  const isRunning = useHydrated()
  return (
    <Button kind="primary" type="submit" disabled={busy || wait > 0 || !isRunning} className="mt-1 h-10">
      {children}
    </Button>
  )
}

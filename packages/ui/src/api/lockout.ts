'use client'
import { useEffect, useState } from 'react'
import { ApiError } from './api-error.ts'

const tickMs = 500

/** Whole seconds until an instant (milliseconds since 1970), counted down; 0 when it is over or there is none. */
export function useSecondsUntil(at: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (at === undefined) return
    const tick = () => setNow(Date.now())
    tick()
    const timer = setInterval(tick, tickMs)
    return () => clearInterval(timer)
  }, [at])
  return at === undefined ? 0 : Math.max(0, Math.ceil((at - now) / 1000))
}

/** Seconds that somebody has to wait after too many attempts, as the last refusal said. */
export function useLockout(error: unknown): number {
  const [until, setUntil] = useState<number>()
  useEffect(() => {
    if (error instanceof ApiError && error.status === 429) setUntil(Date.now() + (error.retryAfterSeconds ?? 1) * 1000)
  }, [error])
  return useSecondsUntil(until)
}

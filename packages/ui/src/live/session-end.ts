'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ApiError } from '../api/api-error.ts'
import { isSigningOut } from '../api/session.tsx'

/**
 * Leads to the sign-in page once the session is over: changed role, access removed, signed out elsewhere. The server
 * closes the socket of such a session, and the question who is signed in is then asked at once.
 * @param losses how often the socket was closed or not let in: the session may be over
 */
export function useSessionEnd(losses: number): void {
  const client = useQueryClient()
  useEffect(() => {
    if (losses > 0 && !isSigningOut()) void client.invalidateQueries({ queryKey: ['session'] })
  }, [losses, client])
  useEffect(() => {
    // Whoever signs out is on their way to where they wanted to go.
    let leaving = false
    const leave = () => {
      leaving = true
    }
    window.addEventListener('beforeunload', leave)
    const unsubscribe = client.getQueryCache().subscribe((event) => {
      if (leaving || isSigningOut() || event.type !== 'updated' || event.action.type !== 'error') return
      const { error } = event.action
      if (!(error instanceof ApiError) || error.status !== 401) return
      const { pathname, search } = window.location
      window.location.assign(`/login?next=${encodeURIComponent(pathname + search)}`)
    })
    return () => {
      window.removeEventListener('beforeunload', leave)
      unsubscribe()
    }
  }, [client])
}

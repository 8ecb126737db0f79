'use client'
import { useQueryClient } from '@tanstack/react-query'
import { ApiError, isSigningOut, useConnected } from '@throughline/ui'
import { useEffect, useRef } from 'react'

/**
 * Leads to the sign-in page once the session is over: changed role, access removed, signed out elsewhere. The server
 * closes the socket of such a session, and the question who is signed in is then asked at once.
 */
export function SessionEnd() {
  const client = useQueryClient()
  const connected = useConnected()
  const before = useRef(connected)
  useEffect(() => {
    if (before.current && !connected && !isSigningOut()) void client.invalidateQueries({ queryKey: ['session'] })
    before.current = connected
  }, [connected, client])
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
  return null
}

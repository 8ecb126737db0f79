'use client'
import { useSession } from '@throughline/ui'
import { useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/**
 * Whether the form for something new is open: by its button, or because the address asks for it (`?new=deal`, from the
 * command palette or a bookmark). The wish leaves the address, so that a reload or the back button does not ask again.
 */
export function useCreating(kind: 'deal' | 'company' | 'contact') {
  const { user, may } = useSession()
  const [creating, setCreating] = useState(false)
  const isAsked = useSearchParams().get('new') === kind
  const mayCreate = may(`${kind}:create`)
  const isKnown = user !== null
  useEffect(() => {
    if (!isAsked || !isKnown) return
    const { pathname, search } = window.location
    const rest = new URLSearchParams(search)
    rest.delete('new')
    // Not by the router: it would ask the server for the page again.
    window.history.replaceState(null, '', rest.size > 0 ? `${pathname}?${rest}` : pathname)
    if (mayCreate) setCreating(true)
  }, [isAsked, isKnown, mayCreate])
  return [creating, setCreating] as const
}

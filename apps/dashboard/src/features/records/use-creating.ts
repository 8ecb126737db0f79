'use client'
import { useSession } from '@throughline/ui'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'

/**
 * Whether the form for something new is open: by its button, or because the address asks for it (`?new=deal`, from the
 * command palette or a bookmark). The wish leaves the address, so that a reload or the back button does not ask again.
 */
export function useCreating(kind: 'deal' | 'company' | 'contact') {
  const { user, may } = useSession()
  const router = useRouter()
  const path = usePathname()
  const [creating, setCreating] = useState(false)
  const isAsked = useSearchParams().get('new') === kind
  const mayCreate = may(`${kind}:create`)
  const isKnown = user !== null
  useEffect(() => {
    if (!isAsked || !isKnown) return
    const rest = new URLSearchParams(window.location.search)
    rest.delete('new')
    router.replace(rest.size > 0 ? `${path}?${rest}` : path, { scroll: false })
    if (mayCreate) setCreating(true)
  }, [isAsked, isKnown, mayCreate, router, path])
  return [creating, setCreating] as const
}

'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef } from 'react'

/** An address with some of its parameters changed; an empty one is left out. */
export function changedAddress(path: string, search: string, changes: Record<string, string>): string {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
  return next.size > 0 ? `${path}?${next}` : path
}

/**
 * Changes the address in place. The router tells of a new address in a transition: what is changed meanwhile comes on top
 * of what was asked for last, not of what is shown still.
 */
export function useAddressChanges(): (changes: Record<string, string>) => void {
  const router = useRouter()
  const path = usePathname()
  const shown = useSearchParams().toString()
  const wanted = useRef(shown)
  useEffect(() => {
    wanted.current = shown
  }, [shown])
  return (changes) => {
    const address = changedAddress(path, wanted.current, changes)
    wanted.current = address.slice(path.length + 1)
    router.replace(address, { scroll: false })
  }
}

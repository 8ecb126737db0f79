'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'

/** What a page shows lives in its address, so that it can be sent to a colleague. */
export function useAddress() {
  const search = useSearchParams()
  const router = useRouter()
  const path = usePathname()
  const get = (name: string): string => search.get(name) ?? ''
  /** This page with some parameters changed; an empty one goes. */
  const linkTo = (changes: Record<string, string>): string => {
    const next = new URLSearchParams(search)
    for (const [name, value] of Object.entries(changes)) value ? next.set(name, value) : next.delete(name)
    const text = next.toString()
    return text ? `${path}?${text}` : path
  }
  const set = (changes: Record<string, string>): void => router.replace(linkTo(changes), { scroll: false })
  return { get, linkTo, set }
}

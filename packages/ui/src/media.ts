'use client'
import { useSyncExternalStore } from 'react'

/** Whether a media query holds; false on the server. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    () => window.matchMedia(query).matches,
    () => false,
  )
}

/** Too narrow for tables: cards, and panels over the whole screen. */
export const useIsPhone = (): boolean => useMediaQuery('(max-width: 639px)')

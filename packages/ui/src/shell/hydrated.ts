import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False in the page as the server made it, where the browser would send a form without our code. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

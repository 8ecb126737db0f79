'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/**
 * False while React takes over what the server rendered. A page behind a Suspense boundary is taken over after its
 * shell, when an answer may be there already that the server did not have.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

'use client'
import { ApiError } from '@throughline/ui'
import { useRef } from 'react'

/**
 * The Idempotency-Key of a wish: made before it is sent, and kept for every try of it. Another wish, or one that was
 * refused and is asked for again, has another.
 */
export function useWishKey() {
  const kept = useRef<{ wish: string; key: string }>(undefined)
  const keyOf = (body: object): string => {
    const wish = JSON.stringify(body)
    if (kept.current?.wish !== wish) kept.current = { wish, key: crypto.randomUUID() }
    return kept.current.key
  }
  /** Without an answer nobody knows whether it was done: the key stays. */
  const failed = (error: unknown): void => {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) kept.current = undefined
  }
  return { keyOf, failed }
}

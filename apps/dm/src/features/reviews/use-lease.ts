'use client'
import type { ReviewView } from '@throughline/contracts'
import { ApiError } from '@throughline/ui'
import { useEffect, useState } from 'react'
import { postHeartbeat } from './reviews.api.ts'

const heartbeatMs = 60_000

export interface Lease {
  expiresAt: string | undefined
  lost: boolean
}

/** Keeps the claim while the page is open; says when it is lost. */
export function useLease(review: ReviewView | undefined): Lease {
  const [lease, setLease] = useState<Lease>({ expiresAt: undefined, lost: false })
  const id = review?.id
  const token = review?.claim?.token
  useEffect(() => {
    if (!id || !token) return
    const beat = async () => {
      try {
        const { claimExpiresAt } = await postHeartbeat(id, token)
        setLease({ expiresAt: claimExpiresAt, lost: false })
      } catch (error) {
        // Only a clear answer ends the claim; the next beat tries again when nobody answered.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500)
          setLease((before) => ({ ...before, lost: true }))
      }
    }
    const clock = setInterval(() => void beat(), heartbeatMs)
    return () => clearInterval(clock)
  }, [id, token])
  return { expiresAt: lease.expiresAt ?? review?.claim?.expiresAt, lost: lease.lost }
}

'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEvents } from '@throughline/ui'
import { useEffect, useRef } from 'react'

/** Events come in bursts; a page asks again once per burst. */
const burstMs = 150
const heard: ReadonlySet<string> = new Set(['capital_call.changed', 'payment.changed', 'allocation.changed'])

/** Keeps the matrix of a draft in step with where investors stand; everything else of a call `FreshData` asks for again. */
export function useLiveMatrix(fundId: string): void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const changed = useRef(new Set<unknown>())
  useEffect(() => () => clearTimeout(timer.current), [])
  useEvents(({ type, data }) => {
    if (!heard.has(type) || data.fundId !== fundId) return
    changed.current.add(data.callId)
    if (timer.current) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      // The matrix of a call that has changed is asked for by its new version, if it still has one.
      const calls = changed.current
      changed.current = new Set()
      void client.invalidateQueries({ predicate: ({ queryKey: [of, id] }) => of === 'call-matrix' && !calls.has(id) })
    }, burstMs)
  })
}

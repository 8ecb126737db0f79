'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEvents } from '@throughline/ui'
import { useEffect, useRef } from 'react'

/** Which cached answers an event makes old, by the first part of its type. */
const staleAfter: Record<string, readonly string[]> = {
  deal: ['deals', 'board', 'statistics', 'deal', 'company', 'contact', 'duplicates'],
  company: ['companies', 'company', 'contacts', 'contact', 'deals', 'deal', 'board', 'duplicates'],
  contact: ['contacts', 'contact', 'company', 'deals', 'deal', 'board', 'duplicates'],
  deal_import: ['imports', 'import', 'deals', 'board', 'statistics'],
  activity: ['activities', 'activity'],
  agent: ['activity'],
  settings: ['settings', 'session', 'security-policy'],
  member: ['members', 'security-policy'],
  invitation: ['invitations'],
  api_key: ['api-keys'],
  webhook: ['webhooks'],
  lead: ['leads'],
  notification: ['notifications'],
}

/** Events come in bursts; a page asks again once per burst. */
const burstMs = 120

/** Asks again for what others have changed. */
export function FreshData() {
  const client = useQueryClient()
  const stale = useRef(new Set<string>())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEvents(({ type }) => {
    const [subject = ''] = type.split(/[.:]/)
    for (const key of staleAfter[subject] ?? []) stale.current.add(key)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      for (const key of stale.current) void client.invalidateQueries({ queryKey: [key] })
      stale.current.clear()
    }, burstMs)
  })
  return null
}

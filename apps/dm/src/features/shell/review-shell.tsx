'use client'
import { useQueryClient } from '@tanstack/react-query'
import { AppShell, LiveProvider, type NavItem, useEvents } from '@throughline/ui'
import { History, ListChecks } from 'lucide-react'
import type { ReactNode } from 'react'

const items: readonly NavItem[] = [
  { href: '/queue', label: 'Queue', icon: ListChecks },
  { href: '/history', label: 'History', icon: History },
]

/** Whatever changes in any firm's content may change the queue. */
function FreshQueue() {
  const client = useQueryClient()
  useEvents(({ type }) => {
    if (type === 'activity.changed')
      for (const key of ['queue', 'queue-statistics']) void client.invalidateQueries({ queryKey: [key] })
  })
  return null
}

/** What every page of a reviewer stands in. */
export function ReviewShell({ children }: { children: ReactNode }) {
  return (
    <LiveProvider numbered={false}>
      <FreshQueue />
      <AppShell items={items} place="Review">
        {children}
      </AppShell>
    </LiveProvider>
  )
}

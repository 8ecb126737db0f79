'use client'
import { AppShell, type NavItem } from '@throughline/ui'
import { Activity, Building2, Gauge, ListTree, Mail, ScrollText, Skull, Users, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'

const items: readonly NavItem[] = [
  { href: '/', label: 'Overview', icon: Gauge },
  { href: '/tenants', label: 'Tenants', icon: Building2 },
  { href: '/users', label: 'Users', icon: Users },
  { href: '/audit', label: 'Audit', icon: ScrollText },
  { href: '/mail', label: 'Mail', icon: Mail },
  { href: '/jobs', label: 'Jobs', icon: Workflow },
  { href: '/dead-letters', label: 'Dead letters', icon: Skull },
  { href: '/queues', label: 'Queues', icon: ListTree },
  { href: '/health', label: 'Health', icon: Activity },
]

/** What every page of a superadmin stands in. */
export const ConsoleShell = ({ children }: { children: ReactNode }) => (
  <AppShell items={items} place="Console">
    {children}
  </AppShell>
)

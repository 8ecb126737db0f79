'use client'
import type { Permission } from '@throughline/contracts'
import { Card, EmptyState, PageHeader, Skeleton, TabLinks, useSession } from '@throughline/ui'
import type { ReactNode } from 'react'

/** Each page, and what lets somebody see it: one of these. */
const pages: readonly { href: string; label: string; needs: readonly Permission[] }[] = [
  { href: '/settings', label: 'Firm', needs: ['settings:read'] },
  { href: '/settings/pipeline', label: 'Pipeline', needs: ['deal:read'] },
  { href: '/settings/fields', label: 'Fields', needs: ['deal:read'] },
  { href: '/settings/members', label: 'Members', needs: ['member:read'] },
  { href: '/settings/security', label: 'Security', needs: ['security:manage', 'member:read'] },
  { href: '/settings/api-keys', label: 'API keys', needs: ['api_key:manage'] },
  { href: '/settings/webhooks', label: 'Webhooks', needs: ['webhook:manage'] },
  { href: '/settings/audit', label: 'Audit log', needs: ['audit:read'] },
]

/** What every page of the settings stands in. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const { may } = useSession()
  return (
    <>
      <PageHeader title="Settings" />
      <TabLinks label="Settings" items={pages.filter(({ needs }) => needs.some(may))} />
      {children}
    </>
  )
}

/** Asks the API for nothing that it would refuse: whoever comes by an address of somebody else is told so. */
export function ForRole({
  needs,
  who = 'Owners and admins',
  children,
}: {
  needs: Permission
  who?: string
  children: ReactNode
}) {
  const { user, may } = useSession()
  if (!user) return <Skeleton className="h-64" />
  if (may(needs)) return children
  return (
    <Card>
      <EmptyState title="This is not for your role">{who} of your firm see this page.</EmptyState>
    </Card>
  )
}

'use client'
import type { Permission } from '@throughline/contracts'
import { AppShell, LiveProvider, type NavItem, useSession } from '@throughline/ui'
import {
  Building2,
  ChartColumn,
  Columns3,
  Contact,
  FileUp,
  Handshake,
  Inbox,
  Landmark,
  PenLine,
  Settings,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { SearchButton } from '@/features/search/search-button.tsx'
import { LiveDeals } from '../deals/live-deals.tsx'
import { EnrolmentScreen } from './enrolment-screen.tsx'
import { FreshData } from './fresh-data.tsx'
import { Notifications } from './notifications.tsx'

const items: readonly (NavItem & { needs?: Permission })[] = [
  { href: '/pipeline', label: 'Pipeline', icon: Columns3 },
  { href: '/deals', label: 'Deals', icon: Handshake },
  { href: '/companies', label: 'Companies', icon: Building2 },
  { href: '/contacts', label: 'Contacts', icon: Contact },
  { href: '/leads', label: 'Leads', icon: Inbox, needs: 'lead:review' },
  { href: '/funds', label: 'Funds', icon: Landmark, needs: 'fund:read' },
  { href: '/reports', label: 'Reports', icon: ChartColumn },
  { href: '/imports', label: 'Imports', icon: FileUp },
  { href: '/content', label: 'Content', icon: PenLine },
  { href: '/settings', label: 'Settings', icon: Settings },
]

/** What every page of a manager stands in. */
export function DeskShell({ children }: { children: ReactNode }) {
  const { user, may } = useSession()
  // Held until the page is loaded anew: the recovery codes are shown after the factor is on.
  const [enrolling, setEnrolling] = useState(false)
  if (user?.mustEnrol && !enrolling) setEnrolling(true)
  if (enrolling) return <EnrolmentScreen />
  const pages = items.filter(({ needs }) => !needs || may(needs))
  return (
    <LiveProvider numbered>
      <FreshData />
      <LiveDeals />
      <AppShell
        items={pages}
        place={user?.tenant?.name ?? 'Dashboard'}
        tools={
          <>
            <SearchButton pages={pages} />
            <Notifications />
          </>
        }
      >
        {children}
      </AppShell>
    </LiveProvider>
  )
}

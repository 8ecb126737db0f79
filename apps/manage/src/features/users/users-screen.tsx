'use client'
import type { AdminUserView } from '@throughline/contracts'
import { Avatar, Badge, type Column, EmptyState, formatAge, NoResults, PageHeader } from '@throughline/ui'
import { type ReactNode, useState } from 'react'
import { readUsers } from '../console.api.ts'
import { PagedTable, usePages } from '../paged-table.tsx'
import { SearchField } from '../search-field.tsx'
import { useAddress } from '../use-address.ts'
import { ActAsDialog } from './act-as-dialog.tsx'
import { DisableDialog, EnableDialog } from './user-access-dialogs.tsx'
import { type UserAct, UserMenu } from './user-menu.tsx'

const Person = ({ user }: { user: AdminUserView }) => (
  <span className="flex min-w-0 items-center gap-2.5">
    <Avatar name={user.name} />
    <span className="min-w-0">
      <span className="block truncate font-medium">{user.name}</span>
      <span className="block truncate text-muted text-xs">{user.email}</span>
    </span>
  </span>
)

const Places = ({ user }: { user: AdminUserView }) => (
  <span className="flex flex-wrap gap-1">
    {user.platformRole ? <Badge tone="accent">{user.platformRole.replace('_', ' ')}</Badge> : null}
    {user.memberships.map(({ tenantId, tenantName, role }) => (
      <Badge key={tenantId}>
        {tenantName}: {role}
      </Badge>
    ))}
  </span>
)

const State = ({ user }: { user: AdminUserView }) =>
  user.disabledAt ? <Badge tone="bad">Disabled</Badge> : <Badge tone="good">Active</Badge>

const lastSeen = (user: AdminUserView) => (user.lastUsedAt ? formatAge(user.lastUsedAt) : 'never')

const dialogs = { actAs: ActAsDialog, disable: DisableDialog, enable: EnableDialog }

const columnsFor = (menuOf: (user: AdminUserView) => ReactNode): Column<AdminUserView>[] => [
  { header: 'Person', cell: (user) => <Person user={user} /> },
  { header: 'Works in', cell: (user) => <Places user={user} /> },
  { header: 'State', cell: (user) => <State user={user} /> },
  { header: 'Last seen', cell: lastSeen, className: 'whitespace-nowrap text-muted' },
  { header: 'Actions', cell: menuOf, className: 'w-16' },
]

export function UsersScreen() {
  const { get, set } = useAddress()
  const q = get('q')
  const pages = usePages({
    queryKey: ['users', q],
    read: (cursor, signal) => readUsers({ q, cursor }, signal),
  })
  // Kept here and not in its row: the row is made anew whenever the list is.
  const [asked, setAsked] = useState<{ act: UserAct; user: AdminUserView }>()
  const Asked = asked && dialogs[asked.act]
  const menuOf = (user: AdminUserView) => <UserMenu user={user} onAsk={(act) => setAsked({ act, user })} />
  return (
    <>
      <PageHeader title="Users">Everybody who can sign in.</PageHeader>
      <SearchField label="Search people" placeholder="Name or e-mail" value={q} onChange={(next) => set({ q: next })} />
      <PagedTable
        label="Users"
        pages={pages}
        columns={columnsFor(menuOf)}
        keyOf={({ id }) => id}
        empty={q ? <NoResults title="Nobody matches" /> : <EmptyState title="Nobody yet" />}
        card={(user) => (
          <div className="grid grid-cols-1 gap-2">
            <div className="flex items-center justify-between gap-2">
              <Person user={user} />
              {menuOf(user)}
            </div>
            <Places user={user} />
            <div className="flex items-center gap-2 text-muted text-sm">
              <State user={user} /> Last seen {lastSeen(user)}
            </div>
          </div>
        )}
      />
      {Asked ? <Asked user={asked.user} onClose={() => setAsked(undefined)} /> : null}
    </>
  )
}

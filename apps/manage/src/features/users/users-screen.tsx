'use client'
import type { AdminUserView } from '@throughline/contracts'
import { Avatar, Badge, type Column, EmptyState, formatAge, PageHeader } from '@throughline/ui'
import { readUsers } from '../console.api.ts'
import { PagedTable } from '../paged-table.tsx'

const columns: Column<AdminUserView>[] = [
  {
    header: 'Person',
    cell: (user) => (
      <span className="flex items-center gap-2.5">
        <Avatar name={user.name} />
        <span>
          <span className="block font-medium">{user.name}</span>
          <span className="block text-muted text-xs">{user.email}</span>
        </span>
      </span>
    ),
  },
  {
    header: 'Works in',
    cell: (user) => (
      <span className="flex flex-wrap gap-1">
        {user.platformRole ? <Badge tone="accent">{user.platformRole.replace('_', ' ')}</Badge> : null}
        {user.memberships.map(({ tenantId, tenantName, role }) => (
          <Badge key={tenantId}>
            {tenantName}: {role}
          </Badge>
        ))}
      </span>
    ),
  },
  {
    header: 'State',
    cell: (user) => (user.disabledAt ? <Badge tone="bad">Disabled</Badge> : <Badge tone="good">Active</Badge>),
  },
  {
    header: 'Last seen',
    cell: (user) => (user.lastUsedAt ? formatAge(user.lastUsedAt) : 'never'),
    className: 'whitespace-nowrap text-muted',
  },
]

export const UsersScreen = () => (
  <>
    <PageHeader title="Users">Everybody who can sign in.</PageHeader>
    <PagedTable
      label="Users"
      queryKey={['users']}
      read={readUsers}
      columns={columns}
      keyOf={({ id }) => id}
      empty={<EmptyState title="Nobody yet" />}
    />
  </>
)

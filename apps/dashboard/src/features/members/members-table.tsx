'use client'
import { useQuery } from '@tanstack/react-query'
import type { MemberView, TenantRole } from '@throughline/contracts'
import {
  Avatar,
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
  useSession,
} from '@throughline/ui'
import { MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { AccessDialog } from './access-dialog.tsx'
import { readMembers } from './members.api.ts'
import { RoleDialog } from './role-dialog.tsx'
import { roleLabels, rolesOf } from './roles.ts'

type Ask = 'role' | 'access'

const SecondFactor = ({ member }: { member: MemberView }) =>
  member.secondFactor ? <Badge tone="good">Yes</Badge> : <Badge tone="warn">No</Badge>
const State = ({ member }: { member: MemberView }) =>
  member.disabledAt ? <Badge tone="bad">No access</Badge> : <Badge tone="good">Active</Badge>
const lastActive = ({ lastUsedAt }: MemberView) => (lastUsedAt ? formatAge(lastUsedAt) : 'never')

function Actions({ member, onAsk }: { member: MemberView; onAsk(ask: Ask): void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button kind="ghost" size="icon" aria-label={`Actions for ${member.name}`}>
          <MoreHorizontal aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onSelect={() => onAsk('role')}>Change role</MenuItem>
        <MenuItem onSelect={() => onAsk('access')}>{member.disabledAt ? 'Let back in' : 'Remove access'}</MenuItem>
      </MenuContent>
    </Menu>
  )
}

const Person = ({ member, own }: { member: MemberView; own: boolean }) => (
  <span className="flex items-center gap-2.5">
    <Avatar name={member.name} />
    <span className="min-w-0">
      <span className="block font-medium">
        {member.name} {own ? <span className="font-normal text-muted">(you)</span> : null}
      </span>
      <span className="block text-muted text-xs [overflow-wrap:anywhere]">{member.email}</span>
    </span>
  </span>
)

interface Rights {
  ownId: string | undefined
  /** Roles that this person decides about; none without the permission. */
  roles: readonly TenantRole[]
}

const editable = (member: MemberView, { ownId, roles }: Rights): boolean =>
  member.id !== ownId && roles.includes(member.role)

const columnsFor = (rights: Rights, onAsk: (member: MemberView, ask: Ask) => void): Column<MemberView>[] => [
  { header: 'Member', cell: (member) => <Person member={member} own={member.id === rights.ownId} /> },
  { header: 'Role', cell: (member) => roleLabels[member.role] },
  { header: 'Second factor', cell: (member) => <SecondFactor member={member} /> },
  { header: 'Last active', cell: lastActive, className: 'whitespace-nowrap text-muted' },
  { header: 'State', cell: (member) => <State member={member} /> },
  ...(rights.roles.length > 0
    ? [
        {
          header: 'Actions',
          numeric: true,
          cell: (member: MemberView) =>
            editable(member, rights) ? <Actions member={member} onAsk={(ask) => onAsk(member, ask)} /> : null,
        },
      ]
    : []),
]

/** Everybody who works in the firm. Nobody decides about themselves, nor about a role that is not theirs to give. */
export function MembersTable() {
  const { user, may } = useSession()
  const { data, error, refetch } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  const [asked, setAsked] = useState<{ memberId: string; ask: Ask }>()
  const rights: Rights = { ownId: user?.id, roles: may('member:manage') ? rolesOf(user) : [] }
  // By its id: after a refusal the dialog shows what the member is by now.
  const member = data?.data.find(({ id }) => id === asked?.memberId)
  const close = () => setAsked(undefined)
  const ask = ({ id }: MemberView, what: Ask) => setAsked({ memberId: id, ask: what })
  return (
    <>
      <DataTable
        label="Members"
        columns={columnsFor(rights, ask)}
        rows={data?.data}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="Nobody works here yet" />}
        card={(row) => (
          <div className="grid gap-2">
            <div className="flex items-start justify-between gap-2">
              <Person member={row} own={row.id === rights.ownId} />
              {editable(row, rights) ? <Actions member={row} onAsk={(what) => ask(row, what)} /> : null}
            </div>
            <div className="flex flex-wrap items-center gap-2 text-sm">
              <span>{roleLabels[row.role]}</span>
              <State member={row} />
              {row.secondFactor ? null : <Badge tone="warn">No second factor</Badge>}
              <span className="text-muted">Last active: {lastActive(row)}</span>
            </div>
          </div>
        )}
      />
      {member && asked?.ask === 'role' ? <RoleDialog member={member} roles={rights.roles} onClose={close} /> : null}
      {member && asked?.ask === 'access' ? <AccessDialog member={member} onClose={close} /> : null}
    </>
  )
}

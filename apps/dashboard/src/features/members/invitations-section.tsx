'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { InvitationView, TenantRole } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  formatAge,
  formatInstant,
  messageOf,
  type Tone,
  toast,
  useSession,
} from '@throughline/ui'
import { MailPlus } from 'lucide-react'
import { useState } from 'react'
import { InviteDialog } from './invite-dialog.tsx'
import { postInvitationAct, readInvitations } from './members.api.ts'
import { roleLabels, rolesOf } from './roles.ts'

const states: Record<InvitationView['state'], { label: string; tone: Tone }> = {
  open: { label: 'Waiting', tone: 'info' },
  accepted: { label: 'Accepted', tone: 'good' },
  revoked: { label: 'Revoked', tone: 'neutral' },
  expired: { label: 'Expired', tone: 'warn' },
}

const State = ({ state }: InvitationView) => <Badge tone={states[state].tone}>{states[state].label}</Badge>

/** Both acts of an invitation; the list is read again whatever comes of them. */
function useInvitationAct(act: 'resend' | 'revoke', done: (invitation: InvitationView) => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: InvitationView) => postInvitationAct(id, act),
    onSuccess: done,
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  })
}

function Actions({ invitation, roles }: { invitation: InvitationView; roles: readonly TenantRole[] }) {
  const [asking, setAsking] = useState(false)
  const resend = useInvitationAct('resend', ({ email }) => toast.success(`Another link is on its way to ${email}`))
  const revoke = useInvitationAct('revoke', ({ email }) => {
    setAsking(false)
    toast.success(`The invitation of ${email} is revoked`)
  })
  const waiting = invitation.state === 'open' || invitation.state === 'expired'
  if (!waiting || !roles.includes(invitation.role)) return null
  const close = () => {
    revoke.reset()
    setAsking(false)
  }
  return (
    <div className="flex justify-end gap-1">
      <Button
        kind="ghost"
        size="sm"
        aria-label={`Resend the link to ${invitation.email}`}
        disabled={resend.isPending}
        onClick={() =>
          resend.mutate(invitation, {
            onError: (error) => toast.error('No link was sent', { description: messageOf(error) }),
          })
        }
      >
        Resend
      </Button>
      <Button
        kind="ghost"
        size="sm"
        aria-label={`Revoke the invitation of ${invitation.email}`}
        onClick={() => setAsking(true)}
      >
        Revoke
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={close}
        title="Revoke this invitation?"
        confirm="Revoke invitation"
        onConfirm={() => revoke.mutate(invitation)}
        busy={revoke.isPending}
        refusal={revoke.error ? messageOf(revoke.error) : undefined}
        danger
      >
        <p>The link that {invitation.email} got leads nowhere any more. You can invite them again.</p>
      </ConfirmDialog>
    </div>
  )
}

const columnsFor = (timeZone: string | undefined, roles: readonly TenantRole[]): Column<InvitationView>[] => [
  { header: 'E-mail', cell: ({ email }) => <span className="font-medium [overflow-wrap:anywhere]">{email}</span> },
  { header: 'Role', cell: ({ role }) => roleLabels[role] },
  { header: 'Invited by', cell: ({ invitedBy }) => invitedBy ?? '–', wide: true },
  { header: 'Sent', cell: ({ createdAt }) => formatAge(createdAt), className: 'whitespace-nowrap text-muted' },
  {
    header: 'Good until',
    cell: ({ expiresAt, state }) => (state === 'open' ? formatInstant(expiresAt, timeZone) : '–'),
    wide: true,
    className: 'whitespace-nowrap text-muted',
  },
  { header: 'State', cell: State },
  {
    header: 'Actions',
    cell: (invitation) => <Actions invitation={invitation} roles={roles} />,
    numeric: true,
  },
]

/** Who is asked into the firm. */
export function InvitationsSection() {
  const { user } = useSession()
  const [inviting, setInviting] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => readInvitations(signal),
  })
  const roles = rolesOf(user)
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">Invitations</h2>
          <p className="mt-0.5 text-muted text-sm">
            A link is good for 30 minutes, the invitation for a week. Resend it when the link was missed.
          </p>
        </div>
        <Button kind="primary" onClick={() => setInviting(true)}>
          <MailPlus aria-hidden /> Invite somebody
        </Button>
      </div>
      <DataTable
        label="Invitations"
        columns={columnsFor(user?.tenant?.timezone, roles)}
        rows={data?.data}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title="Nobody is invited">
            Whoever you invite appears here until they have accepted, and afterwards.
          </EmptyState>
        }
        card={(invitation) => (
          <div className="grid gap-2">
            <span className="font-medium [overflow-wrap:anywhere]">{invitation.email}</span>
            <div className="flex flex-wrap items-center gap-2 text-sm">
              <span>{roleLabels[invitation.role]}</span>
              <State {...invitation} />
              <span className="text-muted">sent {formatAge(invitation.createdAt)}</span>
            </div>
            <Actions invitation={invitation} roles={roles} />
          </div>
        )}
      />
      {inviting ? <InviteDialog open onOpenChange={setInviting} /> : null}
    </section>
  )
}

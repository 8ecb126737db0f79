'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type PortalName, type SessionView, sessionList } from '@throughline/contracts'
import { Laptop, LifeBuoy, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { messageOf } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/overlays.tsx'
import { Alert, ErrorState, Skeleton } from '../components/states.tsx'
import { toast } from '../components/toaster.tsx'
import { formatAge } from '../format/format.ts'
import { SettingsCard } from './settings-card.tsx'

const portalNames: Record<PortalName, string> = { dashboard: 'Dashboard', dm: 'Review', manage: 'Console' }

function DeviceIcon({ device, impersonated }: Pick<SessionView, 'device' | 'impersonated'>) {
  const Icon = impersonated ? LifeBuoy : /iOS|Android/.test(device) ? Smartphone : Laptop
  return (
    <span aria-hidden className="grid size-9 shrink-0 place-items-center rounded-xl bg-sunken text-muted">
      <Icon className="size-4.5" />
    </span>
  )
}

function SessionRow({ session, onEnd, busy }: { session: SessionView; onEnd?: () => void; busy: boolean }) {
  const { device, address, portal, lastUsedAt, current, impersonated } = session
  const name = impersonated ? 'Throughline support' : device
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3 text-sm">
      <DeviceIcon device={device} impersonated={impersonated} />
      <div className="min-w-0 flex-1 basis-40">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium">{name}</span>
          {current ? <Badge tone="good">This one</Badge> : null}
          {impersonated ? <Badge tone="warn">Acts as you</Badge> : null}
        </div>
        <div className="text-muted text-xs [overflow-wrap:anywhere]">
          {[portalNames[portal], address ?? 'address not known', `last used ${formatAge(lastUsedAt)}`].join(' · ')}
        </div>
      </div>
      {onEnd && !current ? (
        <Button size="sm" disabled={busy} onClick={onEnd}>
          End<span className="sr-only"> the session of {name}</span>
        </Button>
      ) : null}
    </li>
  )
}

function SignOutEverywhere() {
  const [open, setOpen] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => apiFetch('/auth/v1/logout-everywhere', { method: 'POST', body: {} }),
    onSuccess: () => window.location.assign('/login?after=signed-out-everywhere'),
  })
  return (
    <>
      <Button size="sm" kind="danger" onClick={() => setOpen(true)}>
        Sign out everywhere
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Sign out everywhere?"
        description="All sessions of your account end at once, this one as well. You sign in again with your password."
      >
        <div className="grid gap-4">
          {error ? <Alert>{messageOf(error)}</Alert> : null}
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind="danger" disabled={isPending} onClick={() => mutate()}>
              Sign out on all devices
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  )
}

/** Where one is signed in, and how to end that. */
export function SessionsCard({ editable }: { editable: boolean }) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['own-sessions'],
    queryFn: ({ signal }) => apiFetch('/auth/v1/sessions', { schema: sessionList, signal }),
  })
  const { mutate: end, isPending } = useMutation({
    mutationFn: (id: string) => apiFetch(`/auth/v1/sessions/${id}`, { method: 'DELETE' }),
    onSuccess: () => toast.success('The session has ended'),
    onError: (failure) => toast.error(messageOf(failure)),
    onSettled: () => client.invalidateQueries({ queryKey: ['own-sessions'] }),
  })
  return (
    <SettingsCard title="Where you are signed in" action={editable ? <SignOutEverywhere /> : null}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton className="h-40" /> : null}
      <ul aria-label="Sessions" className="-my-3 divide-y divide-line">
        {data?.data.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={isPending}
            onEnd={editable ? () => end(session.id) : undefined}
          />
        ))}
      </ul>
    </SettingsCard>
  )
}

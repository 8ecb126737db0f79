'use client'
import { useQuery } from '@tanstack/react-query'
import type { AdminTenantView } from '@throughline/contracts'
import {
  Button,
  ErrorState,
  formatAge,
  formatInstant,
  formatNumber,
  Sheet,
  Skeleton,
  Stat,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { readOnPurpose } from '../read-on-purpose.ts'
import { TenantActs } from './tenant-acts.tsx'
import { TenantState } from './tenant-state.tsx'
import { readTenant } from './tenants.api.ts'

function Facts({ tenant }: { tenant: AdminTenantView }) {
  const facts = [
    ['Short name', tenant.slug],
    ['Time zone', tenant.timezone],
    ['Currency', tenant.currency],
    ['Since', `${formatInstant(tenant.createdAt)} (${formatAge(tenant.createdAt)})`],
    ['Id', <span className="font-mono text-xs">{tenant.id}</span>],
  ] as const
  return (
    <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-1.5 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="[overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Firm({ tenant }: { tenant: AdminTenantView }) {
  const { may } = useSession()
  return (
    <div className="grid gap-5">
      <div>
        <TenantState status={tenant.status} />
      </div>
      <dl className="grid grid-cols-3 gap-2">
        <Stat label="People" value={formatNumber(tenant.members)} />
        <Stat label="Deals" value={formatNumber(tenant.deals)} />
        <Stat label="Activities" value={formatNumber(tenant.activities)} />
      </dl>
      <Facts tenant={tenant} />
      <Button asChild className="justify-self-start">
        <Link href={`/audit?tenant=${tenant.id}`}>Audit log of this firm</Link>
      </Button>
      {may('platform:manage') ? <TenantActs tenant={tenant} /> : null}
      <p className="border-line border-t pt-4 text-muted text-xs">
        Looking at a firm is written down in the audit log, with your name.
      </p>
    </div>
  )
}

/** One firm beside the list, and what may be done to it. */
export function TenantSheet({ tenantId, onClose }: { tenantId: string; onClose(): void }) {
  const {
    data: tenant,
    error,
    refetch,
  } = useQuery({
    queryKey: ['tenant', tenantId],
    queryFn: ({ signal }) => readTenant(tenantId, signal),
    enabled: tenantId !== '',
    ...readOnPurpose,
  })
  return (
    <Sheet open={tenantId !== ''} onOpenChange={(open) => !open && onClose()} title={tenant?.name ?? 'Firm'}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!tenant && !error ? <Skeleton className="h-72" /> : null}
      {tenant ? <Firm tenant={tenant} /> : null}
    </Sheet>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import type { SecurityPolicy } from '@throughline/contracts'
import { Badge, Card, ErrorState, Skeleton, Switch, useSession } from '@throughline/ui'
import Link from 'next/link'
import { useId, useState } from 'react'
import { ForRole } from '../settings/settings-frame.tsx'
import { PolicyDialog } from './policy-dialog.tsx'
import { readPolicy } from './security.api.ts'

const without = (count: number): string => {
  if (count === 0) return 'Every member has a second factor.'
  return count === 1 ? '1 member has no second factor.' : `${count} members have no second factor.`
}

function SecondFactorPolicy({ policy, editable }: { policy: SecurityPolicy; editable: boolean }) {
  const id = useId()
  const [asking, setAsking] = useState(false)
  const { requireSecondFactor, membersWithout } = policy
  return (
    <div className="flex items-start justify-between gap-5">
      <div className="grid gap-1">
        <h2 id={id} className="font-semibold">
          Every member needs a second factor
        </h2>
        <p id={`${id}-hint`} className="text-muted text-sm">
          A code of an authenticator app beside the password. Whoever has none is asked to set one up when they sign in,
          and can do nothing else before.
        </p>
        <p className="mt-1 text-sm">
          {without(membersWithout)}{' '}
          <Link href="/settings/members" className="text-accent-ink underline underline-offset-4">
            See who has one
          </Link>
        </p>
      </div>
      {editable ? (
        <Switch
          aria-labelledby={id}
          aria-describedby={`${id}-hint`}
          checked={requireSecondFactor}
          onCheckedChange={() => setAsking(true)}
        />
      ) : (
        <Badge tone={requireSecondFactor ? 'good' : 'neutral'}>{requireSecondFactor ? 'On' : 'Off'}</Badge>
      )}
      {asking ? <PolicyDialog policy={policy} onClose={() => setAsking(false)} /> : null}
    </div>
  )
}

function Policy() {
  const { may } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['security-policy'],
    queryFn: ({ signal }) => readPolicy(signal),
  })
  return (
    <Card className="max-w-3xl p-5">
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton className="h-24" /> : null}
      {data ? <SecondFactorPolicy policy={data} editable={may('security:manage')} /> : null}
      {data && !may('security:manage') ? (
        <p className="mt-4 text-muted text-sm">Owners and admins change this.</p>
      ) : null}
    </Card>
  )
}

/** What the firm asks of its members. */
export const SecurityScreen = () => (
  <ForRole needs="member:read">
    <Policy />
  </ForRole>
)

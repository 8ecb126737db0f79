'use client'
import { useSession } from '../api/session.tsx'
import { Notice, Skeleton } from '../components/states.tsx'
import { PageHeader } from '../components/surfaces.tsx'
import { PasswordCard } from './password-card.tsx'
import { SecondFactorCard } from './second-factor-card.tsx'
import { SessionsCard } from './sessions-card.tsx'

/** One's own account, the same in every portal. */
export function AccountScreen() {
  const { user, may } = useSession()
  const editable = may('account:manage')
  return (
    <>
      <PageHeader title="Your account">{user ? `${user.name} · ${user.email}` : null}</PageHeader>
      {user?.impersonation ? (
        <Notice tone="warn" className="mb-5">
          You act as {user.name}. Password, second factor and sessions are theirs alone to change.
        </Notice>
      ) : null}
      {user ? (
        <div className="grid items-start gap-5 lg:grid-cols-[1fr_26rem]">
          <SessionsCard editable={editable} />
          {editable ? (
            <div className="grid gap-5">
              <SecondFactorCard />
              <PasswordCard email={user.email} />
            </div>
          ) : null}
        </div>
      ) : (
        <Skeleton className="h-80" />
      )}
    </>
  )
}

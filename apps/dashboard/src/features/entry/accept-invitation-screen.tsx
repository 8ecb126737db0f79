'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type AcceptInvitation, type InvitationPreview, invitationPreview } from '@throughline/contracts'
import {
  apiFetch,
  BackToSignIn,
  DeadLink,
  EntryFrame,
  EntrySubmit,
  ErrorState,
  Field,
  Input,
  isRefusal,
  issueAt,
  LinkPage,
  PasswordField,
  passwordRefusal,
  Refusal,
  Skeleton,
  useLockout,
} from '@throughline/ui'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'

const portal = 'Dashboard'
const heading = 'Your invitation'
const instead = 'Ask whoever invited you to send the invitation once more.'
const Gone = () => <DeadLink portal={portal}>{instead}</DeadLink>

/** Name and password for a new account; the password alone for whoever has one. */
function AcceptForm({ token, offer, onStale }: { token: string; offer: InvitationPreview; onStale(): void }) {
  const router = useRouter()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: AcceptInvitation) => apiFetch('/auth/v1/invitations/accept', { method: 'POST', body }),
    onSuccess: () => router.replace('/login?after=invitation-accepted'),
    // Whoever registered in the meantime is now asked for their password.
    onError: (refusal) => isRefusal(refusal, 'conflict') && onStale(),
  })
  const wait = useLockout(error)
  if (isRefusal(error, 'link_used_or_expired')) return <Gone />
  const { hasAccount, tenantName, email, role } = offer
  const atFields = { name: issueAt(error, 'name'), password: passwordRefusal(error) }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const password = String(form.get('password'))
    mutate(hasAccount ? { token, password } : { token, password, name: String(form.get('name')) })
  }
  return (
    <EntryFrame
      portal={portal}
      heading={`Join ${tenantName}`}
      promise={
        <>
          You are invited as <strong className="font-medium text-ink">{role}</strong>, with the address{' '}
          <strong className="font-medium text-ink">{email}</strong>.
        </>
      }
      footer={<BackToSignIn />}
    >
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={atFields.name || atFields.password ? null : error} wait={wait} />
        <input hidden readOnly type="text" autoComplete="username" value={email} />
        {hasAccount ? (
          <PasswordField
            label="Your password"
            name="password"
            autoComplete="current-password"
            hint="You have an account with this address. Its password proves that it is you."
            error={atFields.password}
            autoFocus
          />
        ) : (
          <>
            <Field label="Your name" error={atFields.name}>
              {(ids) => <Input {...ids} name="name" autoComplete="name" required maxLength={120} autoFocus />}
            </Field>
            <PasswordField
              label="Choose a password"
              name="password"
              autoComplete="new-password"
              error={atFields.password}
            />
          </>
        )}
        <EntrySubmit busy={isPending} wait={wait}>
          Accept and join
        </EntrySubmit>
      </form>
    </EntryFrame>
  )
}

function Invitation({ token }: { token: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) =>
      apiFetch('/auth/v1/invitations/preview', { method: 'POST', body: { token }, schema: invitationPreview, signal }),
    // What is typed already is not thrown away for a look at the same offer.
    refetchOnWindowFocus: false,
  })
  if (isRefusal(error, 'link_used_or_expired')) return <Gone />
  if (data) return <AcceptForm token={token} offer={data} onStale={() => void refetch()} />
  return (
    <EntryFrame portal={portal} heading={heading} footer={<BackToSignIn />}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-48" />}
    </EntryFrame>
  )
}

/** Where the link of an invitation leads. */
export const AcceptInvitationScreen = () => (
  <LinkPage portal={portal} heading={heading} instead={instead}>
    {(token) => <Invitation token={token} />}
  </LinkPage>
)

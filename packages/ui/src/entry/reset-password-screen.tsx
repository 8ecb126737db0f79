'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import type { FormEvent } from 'react'
import { isRefusal } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { passwordRefusal } from '../api/password-refusal.ts'
import { PasswordField } from '../components/password-field.tsx'
import { Refusal } from '../components/refusal.tsx'
import { DeadLink } from './dead-link.tsx'
import { BackToSignIn, EntryFrame, EntryLink } from './entry-frame.tsx'
import { EntrySubmit } from './entry-submit.tsx'
import { LinkPage } from './link-page.tsx'

const heading = 'Choose a new password'
const anotherLink = <EntryLink href="/forgot-password">Ask for a new link</EntryLink>

function NewPassword({ portal, token }: { portal: string; token: string }) {
  const router = useRouter()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (password: string) =>
      apiFetch('/auth/v1/password/reset', { method: 'POST', body: { token, password } }),
    onSuccess: () => router.replace('/login?after=password-reset'),
  })
  const wait = useLockout(error)
  const refused = passwordRefusal(error)
  if (isRefusal(error, 'link_used_or_expired')) return <DeadLink portal={portal}>{anotherLink}</DeadLink>
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(String(new FormData(event.currentTarget).get('password')))
  }
  return (
    <EntryFrame
      portal={portal}
      heading={heading}
      promise="You are then signed out on all devices, and sign in with the new one."
      footer={<BackToSignIn />}
    >
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={refused ? null : error} wait={wait} />
        <PasswordField label="New password" name="password" autoComplete="new-password" error={refused} autoFocus />
        <EntrySubmit busy={isPending} wait={wait}>
          Set the password
        </EntrySubmit>
      </form>
    </EntryFrame>
  )
}

/** Where the link of a reset leads. */
export const ResetPasswordScreen = ({ portal }: { portal: string }) => (
  <LinkPage portal={portal} heading={heading} instead={anotherLink}>
    {(token) => <NewPassword portal={portal} token={token} />}
  </LinkPage>
)

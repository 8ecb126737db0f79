'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { isRefusal } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { Button } from '../components/button.tsx'
import { Refusal } from '../components/refusal.tsx'
import { DeadLink } from './dead-link.tsx'
import { BackToSignIn, EntryFrame } from './entry-frame.tsx'
import { LinkPage } from './link-page.tsx'

const heading = 'Confirm your address'
const anotherLink = 'Sign in with your password: if the address is not confirmed yet, that sends you another link.'

function Confirm({ portal, token }: { portal: string; token: string }) {
  const router = useRouter()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => apiFetch('/auth/v1/verify-email', { method: 'POST', body: { token } }),
    onSuccess: () => router.replace('/login?after=email-verified'),
  })
  const wait = useLockout(error)
  if (isRefusal(error, 'link_used_or_expired')) return <DeadLink portal={portal}>{anotherLink}</DeadLink>
  return (
    <EntryFrame
      portal={portal}
      heading={heading}
      promise="One press, and this e-mail address is yours here."
      footer={<BackToSignIn />}
    >
      <Refusal error={error} wait={wait} />
      <Button kind="primary" disabled={isPending || wait > 0} className="h-10" onClick={() => mutate()}>
        Confirm this address
      </Button>
    </EntryFrame>
  )
}

/** Where the link of a confirmation leads. Programs that look into mails open links; only a person presses a button. */
export const VerifyEmailScreen = ({ portal }: { portal: string }) => (
  <LinkPage portal={portal} heading={heading} instead={anotherLink}>
    {(token) => <Confirm portal={portal} token={token} />}
  </LinkPage>
)

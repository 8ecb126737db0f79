'use client'
import { useMutation } from '@tanstack/react-query'
import { signedIn } from '@throughline/contracts'
import { apiFetch, BackToSignIn, DeadLink, EntryFrame, isRefusal, LinkPage, Refusal, useLockout } from '@throughline/ui'
import { useEffect, useRef } from 'react'

const portal = 'Dashboard'
const heading = 'Acting as a member'
const instead = 'Start again from the console: the link is good once, and for a minute.'

function Enter({ token }: { token: string }) {
  const sent = useRef(false)
  const { mutate, error } = useMutation({
    mutationFn: () => apiFetch('/auth/v1/impersonate', { method: 'POST', body: { token }, schema: signedIn }),
    // A full load: the page is asked for with the cookies of the other person.
    onSuccess: () => window.location.replace('/pipeline'),
  })
  const wait = useLockout(error)
  useEffect(() => {
    // The link is good once, and development runs effects twice.
    if (sent.current) return
    sent.current = true
    mutate()
  }, [mutate])
  if (isRefusal(error, 'link_used_or_expired')) return <DeadLink portal={portal}>{instead}</DeadLink>
  return (
    <EntryFrame
      portal={portal}
      heading={heading}
      promise={error ? undefined : 'One moment.'}
      footer={error ? <BackToSignIn /> : undefined}
    >
      <Refusal error={error} wait={wait} />
    </EntryFrame>
  )
}

/** Where the link of an impersonation leads: a superadmin comes in as somebody else. */
export const ImpersonateScreen = () => (
  <LinkPage portal={portal} heading={heading} instead={instead}>
    {(token) => <Enter token={token} />}
  </LinkPage>
)

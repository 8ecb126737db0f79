'use client'
import { useMutation } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { Field, Input } from '../components/fields.tsx'
import { Refusal } from '../components/refusal.tsx'
import { Notice } from '../components/states.tsx'
import { BackToSignIn, EntryFrame } from './entry-frame.tsx'
import { EntrySubmit } from './entry-submit.tsx'

/** Asks for a link to choose a new password. */
export function ForgotPasswordScreen({ portal }: { portal: string }) {
  const {
    mutate,
    isPending,
    isSuccess,
    error,
    variables: email,
  } = useMutation({
    mutationFn: (email: string) => apiFetch('/auth/v1/password/forgot', { method: 'POST', body: { email } }),
  })
  const wait = useLockout(error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(String(new FormData(event.currentTarget).get('email')))
  }
  return (
    <EntryFrame
      portal={portal}
      heading="Forgot your password?"
      promise="We send you a link to choose a new one."
      footer={<BackToSignIn />}
    >
      {isSuccess ? (
        <Notice tone="good">
          If there is an account for {email}, a mail with a link is on its way. The link works once, for half an hour.
        </Notice>
      ) : null}
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={error} wait={wait} />
        <Field label="E-mail">
          {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />}
        </Field>
        <EntrySubmit busy={isPending} wait={wait}>
          {isSuccess ? 'Send another link' : 'Send the link'}
        </EntrySubmit>
      </form>
    </EntryFrame>
  )
}

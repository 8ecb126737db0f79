'use client'
import { useMutation } from '@tanstack/react-query'
import { signedIn } from '@throughline/contracts'
import { useSearchParams } from 'next/navigation'
import { type FormEvent, type ReactNode, useState } from 'react'
import { isRefusal } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { safeNextPath } from '../api/next-path.ts'
import { Field, Input } from '../components/fields.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Refusal } from '../components/refusal.tsx'
import { Notice } from '../components/states.tsx'
import { CodeStep } from './code-step.tsx'
import { EntryFrame, EntryLink } from './entry-frame.tsx'
import { EntrySubmit } from './entry-submit.tsx'
import { welcomes } from './welcomes.ts'

interface Credentials {
  email: string
  password: string
}

/** Signs in and goes on to where somebody wanted to be. Keeps the password while a code is asked for. */
function useSignIn(home: string) {
  const next = useSearchParams().get('next')
  const [asked, setAsked] = useState<Credentials>()
  const { mutate, isPending, isSuccess, error, reset } = useMutation({
    mutationFn: (body: Credentials & { code?: string }) =>
      apiFetch('/auth/v1/login', { method: 'POST', body, schema: signedIn }),
    // A full load: the page behind it is asked for with the new cookies.
    onSuccess: () => window.location.assign(safeNextPath(next, home)),
    onError: (refusal, { email, password }) => {
      if (isRefusal(refusal, 'second_factor_required')) setAsked({ email, password })
    },
  })
  return {
    asked,
    error: isRefusal(error, 'second_factor_required') ? null : error,
    wait: useLockout(error),
    // Until the next page is there, nobody should press again.
    busy: isPending || isSuccess,
    signIn: mutate,
    startOver: () => {
      setAsked(undefined)
      reset()
    },
  }
}

export interface LoginScreenProps {
  home: string
  title: string
  promise: string
  /** Ways in that only this portal has. */
  children?: ReactNode
}

/** The way in, the same in every portal. */
export function LoginScreen({ home, title, promise, children }: LoginScreenProps) {
  const welcome = welcomes.get(useSearchParams().get('after') ?? '')
  const [email, setEmail] = useState('')
  const { asked, error, wait, busy, signIn, startOver } = useSignIn(home)
  if (asked)
    return (
      <CodeStep
        portal={title}
        error={error}
        wait={wait}
        busy={busy}
        onCode={(code) => signIn({ ...asked, code })}
        onBack={startOver}
      />
    )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    signIn({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <EntryFrame
      portal={title}
      heading="Sign in"
      promise={promise}
      footer={
        <>
          <EntryLink href="/forgot-password">Forgot your password?</EntryLink>
          {children}
        </>
      }
    >
      {welcome && !error ? <Notice tone="good">{welcome}</Notice> : null}
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={error} wait={wait} />
        <Field label="E-mail">
          {(ids) => (
            <Input
              {...ids}
              name="email"
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PasswordField label="Password" name="password" autoComplete="current-password" />
        <EntrySubmit busy={busy} wait={wait}>
          {busy ? 'Signing in…' : 'Sign in'}
        </EntrySubmit>
      </form>
    </EntryFrame>
  )
}

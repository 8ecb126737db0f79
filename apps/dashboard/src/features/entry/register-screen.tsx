'use client'
import { useMutation } from '@tanstack/react-query'
import type { Register } from '@throughline/contracts'
import {
  apiFetch,
  BackToSignIn,
  EntryFrame,
  EntryLink,
  EntrySubmit,
  Field,
  Input,
  issueAt,
  Notice,
  PasswordField,
  passwordRefusal,
  Refusal,
  useLockout,
} from '@throughline/ui'
import type { FormEvent } from 'react'

const portal = 'Dashboard'

const Sent = ({ email }: { email: string }) => (
  <EntryFrame portal={portal} heading="Look into your mail" footer={<BackToSignIn />}>
    <Notice tone="good">We have sent a link to {email}. Follow it within half an hour, and your firm is there.</Notice>
    <p className="text-muted text-sm">
      Nothing has come? Look among the unwanted mails, or sign in with your password: that sends another link.
    </p>
  </EntryFrame>
)

/** A new firm with its owner. */
export function RegisterScreen() {
  const { mutate, isPending, isSuccess, error, variables } = useMutation({
    mutationFn: (body: Register) => apiFetch('/auth/v1/register', { method: 'POST', body }),
  })
  const wait = useLockout(error)
  if (isSuccess && variables) return <Sent email={variables.email} />
  const passwordError = passwordRefusal(error)
  const atFields = {
    tenantName: issueAt(error, 'tenantName'),
    name: issueAt(error, 'name'),
    email: issueAt(error, 'email'),
  }
  const atSomeField = passwordError ?? Object.values(atFields).find(Boolean)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name))
    mutate({ tenantName: text('tenantName'), name: text('name'), email: text('email'), password: text('password') })
  }
  return (
    <EntryFrame
      portal={portal}
      heading="Create a firm"
      promise="You become its owner and invite the others."
      footer={
        <span className="text-muted">
          You have an account? <EntryLink href="/login">Sign in</EntryLink>
        </span>
      }
    >
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={atSomeField ? null : error} wait={wait} />
        <Field label="Firm" error={atFields.tenantName}>
          {(ids) => <Input {...ids} name="tenantName" autoComplete="organization" required maxLength={120} autoFocus />}
        </Field>
        <Field label="Your name" error={atFields.name}>
          {(ids) => <Input {...ids} name="name" autoComplete="name" required maxLength={120} />}
        </Field>
        <Field label="E-mail" error={atFields.email}>
          {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required maxLength={254} />}
        </Field>
        <PasswordField label="Password" name="password" autoComplete="new-password" error={passwordError} />
        <EntrySubmit busy={isPending} wait={wait}>
          {isPending ? 'Creating…' : 'Create the firm'}
        </EntrySubmit>
      </form>
    </EntryFrame>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { signedIn } from '@throughline/contracts'
import { useSearchParams } from 'next/navigation'
import { type FormEvent, useSyncExternalStore } from 'react'
import { messageOf } from '../api/api-error.ts'
import { apiFetch } from '../api/api-fetch.ts'
import { safeNextPath } from '../api/next-path.ts'
import { Button } from '../components/button.tsx'
import { Field, Input } from '../components/fields.tsx'
import { Alert } from '../components/states.tsx'
import { Mark } from './brand.tsx'

const never = () => () => undefined
/** False in the page as the server made it, where a form would be sent without our code. */
const useRunning = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

/** The way in, the same in every portal. */
export function LoginScreen({ home, title, promise }: { home: string; title: string; promise: string }) {
  const next = useSearchParams().get('next')
  const running = useRunning()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (input: { email: string; password: string }) =>
      apiFetch('/auth/v1/login', { method: 'POST', body: input, schema: signedIn }),
    // A full load: the page behind it is asked for with the new cookies.
    onSuccess: () => window.location.assign(safeNextPath(next, home)),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  }
  return (
    <main className="grid min-h-dvh lg:grid-cols-[1fr_1.1fr]">
      <div className="grid content-center justify-items-center px-6 py-12">
        <div className="w-full max-w-sm">
          <div className="mb-8 flex items-center gap-2.5">
            <Mark className="size-7 text-accent" />
            <span className="font-semibold text-lg tracking-tight">Throughline</span>
            <span className="rounded-md bg-sunken px-2 py-0.5 text-muted text-xs">{title}</span>
          </div>
          <h1 className="font-semibold text-2xl tracking-tight">Sign in</h1>
          <p className="mt-1 mb-6 text-muted text-sm">{promise}</p>
          <form onSubmit={submit} method="post" className="grid gap-4">
            {error ? <Alert>{messageOf(error)}</Alert> : null}
            <Field label="E-mail">
              {(ids) => <Input {...ids} name="email" type="email" autoComplete="username" required autoFocus />}
            </Field>
            <Field label="Password">
              {(ids) => <Input {...ids} name="password" type="password" autoComplete="current-password" required />}
            </Field>
            <Button kind="primary" type="submit" disabled={isPending || !running} className="mt-1 h-10">
              {isPending ? 'Signing in…' : 'Sign in'}
            </Button>
          </form>
        </div>
      </div>
      <div aria-hidden className="relative hidden overflow-hidden bg-accent lg:block">
        <svg
          aria-hidden
          focusable="false"
          viewBox="0 0 800 900"
          preserveAspectRatio="xMidYMid slice"
          className="absolute inset-0 size-full text-on-accent"
        >
          {[0, 1, 2, 3, 4, 5].map((line) => (
            <path
              key={line}
              d={`M-40 ${650 - line * 28} C 160 ${650 - line * 28}, 200 ${280 + line * 20}, 400 ${280 + line * 20} S 640 ${620 - line * 36}, 860 ${560 - line * 44}`}
              fill="none"
              stroke="currentColor"
              strokeOpacity={0.6 - line * 0.09}
              strokeWidth={2.5}
            />
          ))}
          {[
            ['125', '546'],
            ['400', '280'],
            ['681', '508'],
          ].map(([x, y]) => (
            <circle key={x} cx={x} cy={y} r="9" fill="currentColor" />
          ))}
        </svg>
        <p className="absolute bottom-12 left-12 max-w-md font-medium text-2xl text-on-accent leading-snug tracking-tight">
          Content, lead, deal, allocation, capital call, payment, statement. One thread.
        </p>
      </div>
    </main>
  )
}

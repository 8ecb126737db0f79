'use client'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../components/button.tsx'
import { Field, Input } from '../components/fields.tsx'
import { Refusal } from '../components/refusal.tsx'
import { EntryFrame } from './entry-frame.tsx'
import { EntrySubmit } from './entry-submit.tsx'

const kinds = {
  app: {
    label: 'Code',
    promise: 'Enter the six digits that your authenticator app shows now.',
    other: 'Use a recovery code',
    input: { inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 7 },
  },
  recovery: {
    label: 'Recovery code',
    promise: 'Enter one of the codes that you kept. Each of them works once.',
    other: 'Use the authenticator app',
    input: { autoComplete: 'off', maxLength: 20 },
  },
} as const

export interface CodeStepProps {
  portal: string
  error: unknown
  wait: number
  busy: boolean
  onCode(code: string): void
  onBack(): void
}

/** The second step of signing in: what the person has, after what they know. */
export function CodeStep({ portal, error, wait, busy, onCode, onBack }: CodeStepProps) {
  const [kind, setKind] = useState<keyof typeof kinds>('app')
  const { label, promise, other, input } = kinds[kind]
  const typed = useRef<HTMLInputElement>(null)
  // A code that was refused is typed over.
  useEffect(() => {
    if (error) typed.current?.select()
  }, [error])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onCode(String(new FormData(event.currentTarget).get('code')))
  }
  return (
    <EntryFrame portal={portal} heading="One more step" promise={promise}>
      <form onSubmit={submit} method="post" className="grid gap-4">
        <Refusal error={error} wait={wait} />
        <Field label={label}>
          {(ids) => (
            <Input
              key={kind}
              ref={typed}
              {...ids}
              {...input}
              name="code"
              required
              minLength={6}
              autoFocus
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono text-base tracking-widest"
            />
          )}
        </Field>
        <EntrySubmit busy={busy} wait={wait}>
          {busy ? 'Signing in…' : 'Go on'}
        </EntrySubmit>
      </form>
      <div className="flex flex-wrap justify-between gap-2">
        <Button kind="ghost" size="sm" onClick={() => setKind(kind === 'app' ? 'recovery' : 'app')}>
          {other}
        </Button>
        <Button kind="ghost" size="sm" onClick={onBack}>
          Start over
        </Button>
      </div>
    </EntryFrame>
  )
}

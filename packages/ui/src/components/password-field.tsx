'use client'
import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Field, Input } from './fields.tsx'

export const newPasswordHint = '8 to 128 characters. A long one is better than a complicated one.'

export interface PasswordFieldProps {
  label: string
  name: string
  /** `current-password` is filled in by a password manager, `new-password` offers to make one. */
  autoComplete: 'current-password' | 'new-password'
  hint?: ReactNode
  error?: string
  autoFocus?: boolean
}

/** A password, which can be looked at while it is typed. */
export function PasswordField({ label, name, autoComplete, hint, error, autoFocus }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const isNew = autoComplete === 'new-password'
  return (
    <Field label={label} hint={hint ?? (isNew ? newPasswordHint : undefined)} error={error}>
      {(ids) => (
        <div className="relative">
          <Input
            {...ids}
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            required
            minLength={isNew ? 8 : undefined}
            maxLength={128}
            autoFocus={autoFocus}
            className="pr-11"
          />
          {/* Its name is text: an aria-label with "password" in it would be a second field of that label. */}
          <button
            type="button"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-10 place-items-center rounded-lg text-muted hover:text-ink"
          >
            <span className="sr-only">Show password</span>
            {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
          </button>
        </div>
      )}
    </Field>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { recoveryCodes, type SecondFactorSetup as Setup, secondFactorSetup } from '@throughline/contracts'
import { type FormEvent, useState } from 'react'
import { apiFetch } from '../api/api-fetch.ts'
import { useLockout } from '../api/lockout.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { Field, Input } from '../components/fields.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { Refusal } from '../components/refusal.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodesPanel } from './recovery-codes.tsx'

const inGroupsOfFour = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret
const fieldOf = (event: FormEvent<HTMLFormElement>, name: string): string => {
  event.preventDefault()
  return String(new FormData(event.currentTarget).get(name))
}

function Begin({ onBegun, onCancel }: { onBegun(setup: Setup): void; onCancel?: () => void }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (password: string) =>
      apiFetch('/auth/v1/second-factor/begin', { method: 'POST', body: { password }, schema: secondFactorSetup }),
    onSuccess: onBegun,
  })
  const wait = useLockout(error)
  return (
    <form onSubmit={(event) => mutate(fieldOf(event, 'password'))} method="post" className="grid gap-4">
      <Refusal error={error} wait={wait} />
      <PasswordField label="Your password" name="password" autoComplete="current-password" autoFocus />
      <div className="flex flex-wrap justify-end gap-2">
        {onCancel ? <Button onClick={onCancel}>Cancel</Button> : null}
        <Button kind="primary" type="submit" disabled={isPending || wait > 0}>
          Go on
        </Button>
      </div>
    </form>
  )
}

function Scan({ setup, onConfirmed }: { setup: Setup; onConfirmed(codes: string[]): void }) {
  const { mutate, isPending, error } = useMutation({
    mutationFn: (code: string) =>
      apiFetch('/auth/v1/second-factor/confirm', {
        method: 'POST',
        body: { code: code.replaceAll(' ', '') },
        schema: recoveryCodes,
      }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
  })
  const wait = useLockout(error)
  return (
    <form onSubmit={(event) => mutate(fieldOf(event, 'code'))} method="post" className="grid gap-4">
      <Refusal error={error} wait={wait} />
      <div className="flex flex-wrap gap-5">
        <QrCode text={setup.uri} label="QR code for your authenticator app" />
        <div className="min-w-0 flex-1 basis-52 text-sm">
          <p>Scan the picture with your authenticator app. Without a camera, type this key into the app:</p>
          <p data-testid="secret" className="mt-2 font-mono [overflow-wrap:anywhere]">
            {inGroupsOfFour(setup.secret)}
          </p>
          <div className="mt-2">
            <CopyButton text={setup.secret} label="Copy the key" />
          </div>
        </div>
      </div>
      <Field label="Code" hint="The six digits that the app shows for Throughline now.">
        {(ids) => (
          <Input
            {...ids}
            name="code"
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            minLength={6}
            maxLength={7}
            autoFocus
            className="max-w-44 font-mono text-base tracking-widest"
          />
        )}
      </Field>
      <Button kind="primary" type="submit" disabled={isPending || wait > 0} className="justify-self-end">
        Turn it on
      </Button>
    </form>
  )
}

export interface SecondFactorSetupProps {
  /** It is on, and the recovery codes are kept. */
  onDone(): void
  onCancel?: () => void
}

/** Password, picture and first code, recovery codes: three steps to a second factor. */
export function SecondFactorSetup({ onDone, onCancel }: SecondFactorSetupProps) {
  const [setup, setSetup] = useState<Setup>()
  const [codes, setCodes] = useState<string[]>()
  const step = codes ? 3 : setup ? 2 : 1
  return (
    <div className="grid gap-4">
      <p className="text-muted text-sm">Step {step} of 3</p>
      {codes ? <RecoveryCodesPanel codes={codes} onKept={onDone} /> : null}
      {setup && !codes ? <Scan setup={setup} onConfirmed={setCodes} /> : null}
      {setup ? null : <Begin onBegun={setSetup} onCancel={onCancel} />}
    </div>
  )
}

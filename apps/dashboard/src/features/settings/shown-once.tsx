'use client'
import { Button, CopyButton, Dialog, Field, Input } from '@throughline/ui'
import type { ReactNode } from 'react'

interface ShownOnceProps {
  title: string
  description: string
  /** What it is: `key`, `secret`. */
  name: string
  secret: string
  onClose(): void
  /** Above it. */
  before?: ReactNode
  /** Below it. */
  children?: ReactNode
}

/** A key or a secret, this once. Only its own button closes it. */
export const ShownOnce = ({ title, description, name, secret, onClose, before, children }: ShownOnceProps) => (
  <Dialog open keepOpen onOpenChange={(open) => !open && onClose()} title={title} description={description}>
    <div className="grid gap-4">
      {before}
      <div className="grid grid-cols-[1fr_auto] items-end gap-2">
        <Field label={`${name.charAt(0).toUpperCase()}${name.slice(1)}`}>
          {(ids) => (
            <Input
              {...ids}
              readOnly
              value={secret}
              className="font-mono text-xs"
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        <CopyButton text={secret} label={`Copy the ${name}`} />
      </div>
      {children}
      <Button kind="primary" className="justify-self-end" onClick={onClose}>
        I have stored the {name}
      </Button>
    </div>
  </Dialog>
)

'use client'
import type { ApiKeyCreated } from '@throughline/contracts'
import { Button, CopyButton, Dialog, Field, Input } from '@throughline/ui'
import { exampleFor } from './scopes.ts'

/** The key, this once. Only its own button closes it. */
export function ShownKeyDialog({ created, onClose }: { created: ApiKeyCreated; onClose(): void }) {
  const { key, apiKey } = created
  const example = exampleFor(window.location.origin, key, apiKey.scopes)
  return (
    <Dialog
      open
      keepOpen
      onOpenChange={(open) => !open && onClose()}
      title={`Your key “${apiKey.name}”`}
      description="This is the only time that it is shown. Put it where your machine keeps its secrets, before you close this."
    >
      <div className="grid gap-4">
        <div className="grid grid-cols-[1fr_auto] items-end gap-2">
          <Field label="Key">
            {(ids) => (
              <Input
                {...ids}
                readOnly
                value={key}
                className="font-mono text-xs"
                onFocus={(event) => event.target.select()}
              />
            )}
          </Field>
          <CopyButton text={key} label="Copy the key" />
        </div>
        {example ? (
          <div className="grid gap-1.5">
            <div className="flex items-end justify-between gap-2">
              <span className="font-medium text-sm">Try it in a terminal</span>
              <CopyButton text={example} label="Copy the line" />
            </div>
            <code className="rounded-xl bg-sunken p-3 font-mono text-xs leading-relaxed [overflow-wrap:anywhere]">
              {example}
            </code>
          </div>
        ) : (
          <p className="text-muted text-sm">
            A machine sends it with every request, in the header{' '}
            <code className="font-mono text-xs">Authorization: Bearer …</code>
          </p>
        )}
        <Button kind="primary" className="justify-self-end" onClick={onClose}>
          I have stored the key
        </Button>
      </div>
    </Dialog>
  )
}

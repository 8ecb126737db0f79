'use client'
import type { ApiKeyCreated } from '@throughline/contracts'
import { CopyButton } from '@throughline/ui'
import { ShownOnce } from '../settings/shown-once.tsx'
import { exampleFor } from './scopes.ts'

/** A key, this once, with a line that tries it. */
export function ShownKeyDialog({ created, onClose }: { created: ApiKeyCreated; onClose(): void }) {
  const { key, apiKey } = created
  const example = exampleFor(window.location.origin, key, apiKey.scopes)
  return (
    <ShownOnce
      title={`Your key “${apiKey.name}”`}
      description="This is the only time that it is shown. Put it where your machine keeps its secrets, before you close this."
      name="key"
      secret={key}
      onClose={onClose}
    >
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
    </ShownOnce>
  )
}

'use client'
import type { Permission } from '@throughline/contracts'
import { Button } from '@throughline/ui'
import { offeredAreas, readScopes } from './scopes.ts'

interface PickerProps {
  chosen: ReadonlySet<Permission>
  onChange(chosen: ReadonlySet<Permission>): void
}

function Choices({
  area,
  scopes,
  chosen,
  onChange,
}: PickerProps & { area: string; scopes: readonly { scope: Permission; verb: string }[] }) {
  const toggle = (scope: Permission) => {
    const next = new Set(chosen)
    if (!next.delete(scope)) next.add(scope)
    onChange(next)
  }
  return (
    <div className="flex flex-wrap gap-x-4">
      {scopes.map(({ scope, verb }) => (
        <label key={scope} className="flex min-h-7 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            aria-label={`${area}: ${verb}`}
            checked={chosen.has(scope)}
            onChange={() => toggle(scope)}
          />
          {verb}
        </label>
      ))}
    </div>
  )
}

/** What a key may do: per area what only looks, and what changes something. */
export function ScopePicker({ chosen, onChange }: PickerProps) {
  return (
    <fieldset className="grid gap-2 text-sm">
      <legend className="mb-1.5 font-medium">Scopes</legend>
      <p className="text-muted">Give a key what its machine needs and no more. Keys never manage people or security.</p>
      <div className="grid grid-cols-[minmax(5.5rem,auto)_auto_1fr] gap-x-4 gap-y-1 rounded-xl border border-line p-3">
        <span />
        <span className="text-muted text-xs">Only looks</span>
        <span className="text-muted text-xs">Changes data</span>
        {offeredAreas.map(({ area, label, looks, changes }) => (
          <div key={area} className="contents">
            <span className="flex min-h-7 items-center">{label}</span>
            <Choices area={label} scopes={looks} chosen={chosen} onChange={onChange} />
            <Choices area={label} scopes={changes} chosen={chosen} onChange={onChange} />
          </div>
        ))}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-muted" aria-live="polite">
          {chosen.size === 0 ? 'Choose at least one.' : `${chosen.size} chosen`}
        </span>
        <span className="flex gap-2">
          <Button size="sm" onClick={() => onChange(new Set(readScopes))}>
            All that only look
          </Button>
          <Button size="sm" kind="ghost" onClick={() => onChange(new Set())}>
            None
          </Button>
        </span>
      </div>
    </fieldset>
  )
}

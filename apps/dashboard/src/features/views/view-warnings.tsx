'use client'
import type { SavedView } from '@throughline/contracts'
import { Button, Notice, toast } from '@throughline/ui'
import { useViewChange, useViews } from './use-views.ts'
import { patchView } from './views.api.ts'

/** What of a view is gone by now, and a way to settle for what is left. */
export function ViewWarnings({ view }: { view: SavedView | undefined }) {
  const { mayChange } = useViews()
  const settle = useViewChange(({ id, version, usable }: SavedView) => patchView(id, version, { definition: usable }), {
    failed: 'The view was not saved',
    done: ({ name }) => toast.success(`${name} is saved as you see it`),
  })
  if (!view || view.warnings.length === 0) return null
  return (
    <Notice tone="warn" className="mb-4 grid gap-2">
      <p className="font-medium">{view.name} is shown without what does not exist any more:</p>
      <ul className="list-disc pl-5">
        {view.warnings.map(({ part, message }) => (
          <li key={`${part} ${message}`}>{message}</li>
        ))}
      </ul>
      {mayChange(view) ? (
        <Button
          size="sm"
          className="justify-self-start"
          disabled={settle.isPending}
          onClick={() => settle.mutate(view)}
        >
          Save without these
        </Button>
      ) : null}
    </Notice>
  )
}

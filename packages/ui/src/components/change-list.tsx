import { changesBetween } from '../format/changes.ts'

/** What an act changed, field by field: the old value struck out, then the new one. Readers hear which is which. */
export function ChangeList({ before, after }: { before: unknown; after: unknown }) {
  const changes = changesBetween(before, after)
  if (changes.length === 0) return <p className="text-muted text-sm">No details were written down.</p>
  return (
    <dl className="divide-y divide-line rounded-xl border border-line text-sm">
      {changes.map((change) => (
        <div key={change.path} className="grid gap-1 px-3 py-2 sm:grid-cols-[9rem_1fr] sm:gap-3">
          <dt className="font-mono text-muted text-xs leading-5 [overflow-wrap:anywhere]">{change.path}</dt>
          <dd className="flex min-w-0 flex-wrap gap-1.5 [overflow-wrap:anywhere]">
            {change.before === undefined ? null : (
              <del className="rounded bg-bad-soft px-1 text-bad decoration-bad/60">
                <span className="sr-only">before: </span>
                {change.before}
              </del>
            )}
            {change.after === undefined ? null : (
              <ins className="whitespace-pre-wrap rounded bg-good-soft px-1 text-good no-underline">
                <span className="sr-only">after: </span>
                {change.after}
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

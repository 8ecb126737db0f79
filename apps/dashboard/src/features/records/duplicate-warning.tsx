'use client'
import type { DuplicateConflict, DuplicateReason } from '@throughline/contracts'
import { Alert, Button } from '@throughline/ui'
import Link from 'next/link'

const reasons: Record<DuplicateReason, string> = {
  domain: 'has this domain',
  email: 'has this e-mail',
  name: 'has a name like this',
  title: 'has this title',
}

/** The records that are there already, and the way past them where there is one. */
export function DuplicateWarning({
  conflict,
  message,
  hrefOf,
  onForce,
  busy,
}: {
  conflict: DuplicateConflict
  message: string
  hrefOf(id: string): string
  onForce(): void
  busy: boolean
}) {
  const { candidates, mayForce } = conflict
  return (
    <Alert>
      <p className="font-medium">{mayForce ? 'This may be there already' : message}</p>
      {candidates.length > 0 ? (
        <ul aria-label="Records that are there already" className="mt-2 grid gap-1">
          {candidates.map(({ id, name, detail, reason }) => (
            <li key={id}>
              <Link href={hrefOf(id)} className="font-medium underline">
                {name}
              </Link>{' '}
              {detail ? `(${detail}) ` : ''}
              {reasons[reason]}
            </li>
          ))}
        </ul>
      ) : null}
      {mayForce ? (
        <Button size="sm" className="mt-3" onClick={onForce} disabled={busy}>
          Create all the same
        </Button>
      ) : null}
    </Alert>
  )
}

'use client'
import type { AuditEntryView } from '@throughline/contracts'
import { Badge, formatInstant, Sheet } from '@throughline/ui'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { actorOf, phraseOf, placeOf } from './audit-words.ts'
import { type FieldChange, fieldChanges } from './field-changes.ts'

const Fact = ({ term, children }: { term: string; children: ReactNode }) => (
  <>
    <dt className="text-muted">{term}</dt>
    <dd className="[overflow-wrap:anywhere]">{children}</dd>
  </>
)

const Code = ({ children }: { children: ReactNode }) => <span className="font-mono text-xs">{children}</span>

const Change = ({ field, before, after }: FieldChange) => (
  <div className="grid gap-1 py-2">
    <dt className="font-medium text-xs">{field}</dt>
    <dd className="grid gap-1 text-sm [overflow-wrap:anywhere]">
      {before === undefined ? null : (
        <del className="rounded bg-bad-soft px-2 py-1 text-bad decoration-bad/60">
          <span className="sr-only">before: </span>
          {before}
        </del>
      )}
      {after === undefined ? null : (
        <ins className="rounded bg-good-soft px-2 py-1 text-good no-underline">
          <span className="sr-only">after: </span>
          {after}
        </ins>
      )}
    </dd>
  </div>
)

function Changes({ entry }: { entry: AuditEntryView }) {
  const changes = fieldChanges(entry.before, entry.after)
  return (
    <section>
      <h3 className="mb-1 font-semibold text-sm">What changed</h3>
      {changes.length === 0 ? (
        <p className="text-muted text-sm">No field: what was done is all there is.</p>
      ) : (
        <dl className="divide-y divide-line">
          {changes.map((change) => (
            <Change key={change.field} {...change} />
          ))}
        </dl>
      )}
    </section>
  )
}

/** All that the log knows of one entry. */
export function EntrySheet({
  entry,
  name,
  timeZone,
  onClose,
}: {
  entry: AuditEntryView
  name: string | undefined
  timeZone: string | undefined
  onClose(): void
}) {
  const place = placeOf(entry)
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={`${actorOf(entry)} ${phraseOf(entry.action)}`}>
      <div className="grid gap-6">
        {entry.impersonatorName ? (
          <Badge tone="warn" className="justify-self-start">
            by {entry.impersonatorName}
          </Badge>
        ) : null}
        <Changes entry={entry} />
        <dl className="grid grid-cols-[6.5rem_1fr] gap-y-1.5 text-sm">
          <Fact term="When">{formatInstant(entry.createdAt, timeZone)}</Fact>
          {name ? <Fact term="Name">{name}</Fact> : null}
          <Fact term="Action">
            <Code>{entry.action}</Code>
          </Fact>
          <Fact term="Thing">
            <Code>
              {entry.subject} {entry.subjectId}
            </Code>
            {place ? (
              <Link href={place} className="ml-2 text-accent-ink underline underline-offset-4">
                Open
              </Link>
            ) : null}
          </Fact>
          <Fact term="Address">{entry.address ? <Code>{entry.address}</Code> : '–'}</Fact>
          <Fact term="Request id">{entry.requestId ? <Code>{entry.requestId}</Code> : '–'}</Fact>
          <Fact term="Entry">
            <Code>{entry.seq}</Code>
          </Fact>
          <Fact term="Hash">
            <Code>{entry.hash}</Code>
          </Fact>
        </dl>
      </div>
    </Sheet>
  )
}

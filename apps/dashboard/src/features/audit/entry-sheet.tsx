'use client'
import type { AuditEntryView } from '@throughline/contracts'
import { Badge, ChangeList, Code, Fact, FactList, formatInstant, Sheet } from '@throughline/ui'
import Link from 'next/link'
import { actorOf, phraseOf, placeOf } from './audit-words.ts'

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
        <section aria-label="What changed" className="grid gap-2">
          <h3 className="font-semibold text-sm">What changed</h3>
          <ChangeList before={entry.before} after={entry.after} />
        </section>
        <FactList>
          <Fact name="When">{formatInstant(entry.createdAt, timeZone)}</Fact>
          {name ? <Fact name="Name">{name}</Fact> : null}
          <Fact name="Action">
            <Code>{entry.action}</Code>
          </Fact>
          <Fact name="Thing">
            <Code>
              {entry.subject} {entry.subjectId}
            </Code>
            {place ? (
              <Link href={place} className="ml-2 text-accent-ink underline underline-offset-4">
                Open
              </Link>
            ) : null}
          </Fact>
          <Fact name="Address">{entry.address ? <Code>{entry.address}</Code> : '–'}</Fact>
          <Fact name="Request id">{entry.requestId ? <Code>{entry.requestId}</Code> : '–'}</Fact>
          <Fact name="Entry">
            <Code>{entry.seq}</Code>
          </Fact>
          <Fact name="Hash">
            <Code>{entry.hash}</Code>
          </Fact>
        </FactList>
      </div>
    </Sheet>
  )
}

'use client'
import type { AuditEntryView } from '@throughline/contracts'
import { Badge, Button, ChangeList, Code, Fact, FactList, Sheet } from '@throughline/ui'
import Link from 'next/link'
import { type AuditFilter, emptyFilter } from './audit-filter.ts'
import { actorOf, firmOf, isPlatform, readable } from './audit-words.ts'

const toTheSecond = new Intl.DateTimeFormat('en-US', { dateStyle: 'full', timeStyle: 'long' })

function Facts({ entry }: { entry: AuditEntryView }) {
  const { impersonatorName, subject, subjectId, requestId, address, seq, hash } = entry
  return (
    <FactList>
      <Fact name="When">{toTheSecond.format(new Date(entry.createdAt))}</Fact>
      <Fact name="Firm">
        {isPlatform(entry) ? (
          firmOf(entry)
        ) : (
          <Link href={`/tenants?tenant=${entry.tenantId}`} className="text-accent-ink underline underline-offset-4">
            {firmOf(entry)}
          </Link>
        )}
      </Fact>
      {impersonatorName ? <Fact name="Done by">{impersonatorName}</Fact> : null}
      <Fact name={impersonatorName ? 'Acting as' : 'Done by'}>{actorOf(entry)}</Fact>
      <Fact name="About">
        {readable(subject)}
        {subjectId ? (
          <>
            {' '}
            <Code>{subjectId}</Code>
          </>
        ) : null}
      </Fact>
      <Fact name="Address">{address ?? '–'}</Fact>
      <Fact name="Request id">{requestId ? <Code>{requestId}</Code> : '–'}</Fact>
      <Fact name="In the chain">
        number {seq}, <Code>{hash}</Code>
      </Fact>
    </FactList>
  )
}

interface SheetProps {
  entry: AuditEntryView | undefined
  onClose(): void
  /** Shows other entries instead. */
  onFilter(filter: AuditFilter): void
}

/** One entry with all that was written down. */
export function AuditEntrySheet({ entry, onClose, onFilter }: SheetProps) {
  const { actorId, subject, subjectId } = entry ?? {}
  return (
    <Sheet
      open={entry !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={entry ? readable(entry.action) : ''}
    >
      {entry ? (
        <div className="grid gap-5">
          <div className="flex flex-wrap gap-2">
            <Badge className="font-mono">{entry.action}</Badge>
            {entry.impersonatorName ? <Badge tone="warn">Impersonated</Badge> : null}
          </div>
          <Facts entry={entry} />
          <section aria-label="What changed" className="grid gap-2">
            <h3 className="font-semibold">What changed</h3>
            <ChangeList before={entry.before} after={entry.after} />
          </section>
          <div className="flex flex-wrap gap-2">
            {subject && subjectId ? (
              <Button size="sm" onClick={() => onFilter({ ...emptyFilter, kind: subject, object: subjectId })}>
                All about this {readable(subject).toLowerCase()}
              </Button>
            ) : null}
            {actorId ? (
              <Button size="sm" onClick={() => onFilter({ ...emptyFilter, person: actorId })}>
                All by {actorOf(entry)}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
    </Sheet>
  )
}

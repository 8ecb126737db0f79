'use client'
import type { LeadSubmissionView } from '@throughline/contracts'
import { Badge, Code, Fact, FactList, formatInstant, Sheet } from '@throughline/ui'
import Link from 'next/link'
import { LeadActions } from './lead-actions.tsx'
import { reasonLabel, stateLabels } from './lead-words.ts'

const known = (value: string | null) => value ?? '–'

/** All that was sent. Addresses are text, not links: what is here may be spam. */
export function LeadSheet({
  submission,
  timeZone,
  onClose,
}: {
  submission: LeadSubmissionView
  timeZone: string | undefined
  onClose(): void
}) {
  const { lead, state, reasons, visitorAddress, dealId, createdAt } = submission
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={lead.name}>
      <div className="grid gap-5">
        {reasons.length > 0 ? (
          <div className="flex flex-wrap gap-1">
            {reasons.map((reason) => (
              <Badge key={reason} tone="warn">
                {reasonLabel(reason)}
              </Badge>
            ))}
          </div>
        ) : null}
        <FactList>
          <Fact name="State">
            {stateLabels[state]}
            {dealId ? (
              <Link href={`/deals?deal=${dealId}`} className="ml-2 text-accent-ink underline underline-offset-4">
                Open the deal
              </Link>
            ) : null}
          </Fact>
          <Fact name="E-mail">{lead.email}</Fact>
          <Fact name="Phone">{known(lead.phone)}</Fact>
          <Fact name="Company">{known(lead.company)}</Fact>
          <Fact name="Source">{known(lead.source)}</Fact>
          <Fact name="Page">{known(lead.pageUrl)}</Fact>
          <Fact name="Address">{visitorAddress ? <Code>{visitorAddress}</Code> : '–'}</Fact>
          <Fact name="Sent">{formatInstant(createdAt, timeZone)}</Fact>
        </FactList>
        <section aria-label="Message" className="grid gap-2">
          <h3 className="font-semibold text-sm">Message</h3>
          <p className="whitespace-pre-wrap rounded-xl bg-sunken p-3 text-sm [overflow-wrap:anywhere]">
            {lead.message || 'Nothing was written.'}
          </p>
        </section>
        <LeadActions submission={submission} />
      </div>
    </Sheet>
  )
}

'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { PortalView, WireDetails } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  Card,
  CopyButton,
  EntryFrame,
  ErrorState,
  Fact,
  FactList,
  formatBytes,
  formatDay,
  formatInstant,
  formatMoney,
  isRefusal,
  LinkPage,
  messageOf,
  Skeleton,
  Stat,
  type Tone,
} from '@throughline/ui'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { kindLabels } from '../fund-documents/document-labels.ts'
import { PdfView } from '../pdf/pdf-view.tsx'
import { openPortal, readPortalFile, showWire } from './portal.api.ts'

const portal = 'Investors'
const heading = 'Your document'
const instead = 'Ask whoever sent it to send it once more.'

const lineStates: Record<string, [word: string, tone: Tone]> = {
  FUNDED: ['Paid', 'good'],
  OVERFUNDED: ['Paid, with more in advance', 'good'],
  PARTIAL: ['Partly paid', 'warn'],
  OVERDUE: ['Overdue', 'bad'],
  DEFAULT_NOTICE: ['Default notice sent', 'bad'],
  DEFAULTED: ['In default', 'bad'],
  CURED: ['Settled', 'good'],
  EXCUSED: ['Excused', 'neutral'],
}

const Dead = () => (
  <EntryFrame portal={portal} heading="This link is not valid" promise="It has expired, was ended, or was never there.">
    <p className="text-sm">{instead}</p>
  </EntryFrame>
)

function PaymentStatus({ view: { call, fund } }: { view: PortalView }) {
  if (!call) return null
  const money = (sum: string) => formatMoney(sum, fund.currency)
  const [word, tone] = lineStates[call.state] ?? ['Not paid yet', 'info']
  return (
    <section aria-label="Payment" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <h2 className="font-semibold text-lg tracking-tight">{call.title}</h2>
        <Badge tone={tone}>{word}</Badge>
      </div>
      <dl className="grid gap-3 sm:grid-cols-3">
        <Stat label="Due" value={money(call.due)} detail={`by ${formatDay(call.dueDate)}, ${fund.timeZone}`} />
        <Stat label="Received" value={money(call.paid)} />
        <Stat
          label="Outstanding"
          value={money(call.outstanding)}
          detail={call.daysLate > 0 ? `${call.daysLate} days late` : undefined}
        />
      </dl>
    </section>
  )
}

const Wire = ({ wire: { details, reference } }: { wire: WireDetails }) =>
  details.length === 0 ? (
    <p className="text-muted text-sm">The fund will tell you where to pay to.</p>
  ) : (
    <FactList>
      {details.map(({ label, value }) => (
        <Fact key={label} name={label}>
          {value}
        </Fact>
      ))}
      {reference ? (
        <Fact name="Reference">
          <span className="inline-flex items-center gap-2">
            {reference} <CopyButton text={reference} label="Copy the reference" />
          </span>
        </Fact>
      ) : null}
    </FactList>
  )

/** Covered until somebody asks; that somebody has asked is written down. */
function WireCard({ token, view }: { token: string; view: PortalView }) {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: () => showWire(token) })
  return (
    <Card className="grid gap-3 p-5">
      <h2 className="font-semibold tracking-tight">Where to pay to</h2>
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      {data ? (
        <Wire wire={data} />
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="tabular">{view.wireMask ?? 'No account yet'}</span>
          <Button onClick={() => mutate()} disabled={isPending}>
            <Eye aria-hidden /> Show bank details
          </Button>
        </div>
      )}
      <p className="text-muted text-sm">
        Bank details never change by mail. Call {view.firm} before you pay to another account.
      </p>
    </Card>
  )
}

function Documents({ token, view }: { token: string; view: PortalView }) {
  const [open, setOpen] = useState<string>()
  const shown = view.documents.find(({ id }) => id === open)
  return (
    <section aria-label="Documents" className="grid gap-3">
      <h2 className="font-semibold text-lg tracking-tight">Documents</h2>
      <ul className="grid gap-2">
        {view.documents.map((each) => (
          <li key={each.id}>
            <Card className="flex flex-wrap items-center justify-between gap-3 p-4">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium">{kindLabels[each.kind]}</span>
                <span className="block text-muted text-sm">
                  {each.kind === 'STATEMENT' ? each.subject : each.name}, {formatBytes(each.sizeBytes)},{' '}
                  {formatInstant(each.readyAt)}
                </span>
              </span>
              <Button
                kind={each.isOwn ? 'primary' : 'secondary'}
                aria-expanded={open === each.id}
                onClick={() => setOpen(open === each.id ? undefined : each.id)}
              >
                {open === each.id ? 'Close' : 'Open'}
              </Button>
            </Card>
          </li>
        ))}
      </ul>
      {shown ? (
        <PdfView key={shown.id} id={shown.id} label={shown.name} read={() => readPortalFile(token, shown.id)} />
      ) : null}
    </section>
  )
}

function Portal({ token }: { token: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['portal', token],
    queryFn: () => openPortal(token),
    // Each look counts as an opening.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isRefusal(error, 'not_found')) return <Dead />
  if (!data)
    return (
      <EntryFrame portal={portal} heading={heading}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton className="h-48" />}
      </EntryFrame>
    )
  const { firm, fund, investor, expiresAt } = data
  return (
    <main className="mx-auto grid w-full max-w-3xl gap-6 px-4 py-8 sm:px-6">
      <header>
        <p className="text-muted text-sm">{firm}</p>
        <h1 className="font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">{fund.legalName}</h1>
        <p className="mt-1 text-muted text-sm [overflow-wrap:anywhere]">
          For {investor.name} ({investor.code})
        </p>
      </header>
      <PaymentStatus view={data} />
      {data.call ? <WireCard token={token} view={data} /> : null}
      <Documents token={token} view={data} />
      <footer className="text-muted text-sm">
        This link is for you alone and works until {formatInstant(expiresAt)}.
      </footer>
    </main>
  )
}

/** Where the link of a notice or a statement leads: no account, no frame of the desk. */
export const PortalScreen = () => (
  <LinkPage portal={portal} heading={heading} instead={instead}>
    {(token) => <Portal token={token} />}
  </LinkPage>
)

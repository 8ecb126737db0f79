'use client'
import type { DealInFund, ThreadEvent, ThreadEventKind } from '@throughline/contracts'
import { Card, formatDay, formatMoney } from '@throughline/ui'
import {
  ArrowDownToLine,
  ArrowUpFromLine,
  Ban,
  Building2,
  Handshake,
  Landmark,
  type LucideIcon,
  Megaphone,
  PieChart,
  Scale,
  Undo2,
} from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Asked, eventWords, pageOf, partText, presentOf, subjectOf } from './thread-words.ts'

const icons: Readonly<Record<ThreadEventKind, LucideIcon>> = {
  created: Handshake,
  won: Handshake,
  reopened: Undo2,
  allocated: PieChart,
  co_invested: PieChart,
  called: Megaphone,
  received: ArrowDownToLine,
  invested: Building2,
  income: ArrowDownToLine,
  marked: Scale,
  sold: ArrowDownToLine,
  declared: Megaphone,
  paid: ArrowUpFromLine,
  taken_back: Undo2,
  call_cancelled: Ban,
  distribution_cancelled: Ban,
  allocation_cancelled: Ban,
}

interface ThreadEventsProps {
  events: readonly ThreadEvent[]
  funds: readonly DealInFund[]
  /** Whether these are all: then it ends with what is there now. */
  isWhole: boolean
  onAsk(asked: Asked): void
}

/** Events in the order of their days; of several funds, each says of which one it is. */
export function ThreadEvents({ events, funds, isWhole, onAsk }: ThreadEventsProps) {
  const names = new Map(funds.map(({ fundId, fundName }) => [fundId, fundName]))
  return (
    <Card className="px-4 py-1">
      <ol aria-label="What happened" className="divide-y divide-line">
        {events.map((event) => (
          <Event
            key={`${event.on} ${event.kind} ${event.id}`}
            event={event}
            fundName={names.size > 1 ? names.get(event.fundId ?? '') : undefined}
            onAsk={onAsk}
          />
        ))}
        {isWhole ? funds.map((fund) => <Present key={fund.fundId} fund={fund} onAsk={onAsk} />) : null}
      </ol>
    </Card>
  )
}

interface EventProps {
  event: ThreadEvent
  fundName: string | undefined
  onAsk(asked: Asked): void
}

function Event({ event, fundName, onAsk }: EventProps) {
  const { on, kind, note, amount, currency, explanation } = event
  const word = eventWords[kind]
  const title = `${word} ${formatDay(on)}`
  return (
    <Row
      icon={icons[kind]}
      line={
        <>
          <span className="font-medium">{word}</span> <Subject event={event} />
        </>
      }
      details={
        <>
          <time dateTime={on}>{formatDay(on)}</time>
          {[partText(event), note, fundName].map((detail) => (detail ? ` · ${detail}` : ''))}
        </>
      }
    >
      {amount === null ? null : (
        <Amount
          text={formatMoney(amount, currency)}
          onAsk={event.fundId === null ? undefined : () => onAsk({ title, currency, explanation })}
        />
      )}
    </Row>
  )
}

/** What the fund has of the deal on the day that it is looked at. */
function Present({ fund, onAsk }: { fund: DealInFund; onAsk(asked: Asked): void }) {
  const { fundId, currency, asOf, markedOn, figures } = fund
  const text = presentOf(fund)
  if (text === null) return null
  return (
    <Row
      icon={Landmark}
      line={<span className="font-medium">{text}</span>}
      details={`${formatDay(asOf)} · ${markedOn ? `marked ${formatDay(markedOn)}` : 'at cost'}`}
    >
      <Amount
        text={formatMoney(figures.value, currency)}
        onAsk={() => onAsk({ title: 'Fair value', currency, explanation: { fundId, figure: 'value' } })}
      />
    </Row>
  )
}

interface RowProps {
  icon: LucideIcon
  line: ReactNode
  details: ReactNode
  children: ReactNode
}

const Row = ({ icon: Icon, line, details, children }: RowProps) => (
  <li className="flex gap-3 py-3">
    <span aria-hidden className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-muted">
      <Icon className="size-3.5" />
    </span>
    <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <div className="min-w-0 text-sm [overflow-wrap:anywhere]">
        <p>{line}</p>
        <p className="text-muted text-xs">{details}</p>
      </div>
      {children}
    </div>
  </li>
)

function Subject({ event }: { event: ThreadEvent }) {
  const [subject, page] = [subjectOf(event), pageOf(event)]
  if (!subject) return null
  return page ? (
    <Link href={page} className="text-muted underline-offset-2 hover:underline">
      {subject}
    </Link>
  ) : (
    <span className="text-muted">{subject}</span>
  )
}

/** What is of the deal desk is no number of a fund, and opens nothing. */
const Amount = ({ text, onAsk }: { text: string; onAsk: (() => void) | undefined }) =>
  onAsk ? (
    <button
      type="button"
      onClick={onAsk}
      className="tabular ml-auto whitespace-nowrap font-medium text-sm underline decoration-dotted underline-offset-4 hover:decoration-solid"
    >
      {text}
    </button>
  ) : (
    <span className="tabular ml-auto whitespace-nowrap text-sm">{text}</span>
  )

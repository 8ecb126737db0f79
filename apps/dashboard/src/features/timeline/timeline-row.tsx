'use client'
import type { TimelineEntry, TimelineItem } from '@throughline/contracts'
import {
  Badge,
  Button,
  formatAge,
  formatInstant,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
  useSession,
} from '@throughline/ui'
import { ArrowRight, CalendarCheck, type LucideIcon, Mail, MoreHorizontal, Phone, StickyNote, Zap } from 'lucide-react'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { pointsWords, reasonWords } from '../deals/score-words.ts'
import { usePipeline } from '../pipeline/use-pipeline.ts'
import { EditEntry } from './edit-entry.tsx'
import { authorOf, kindLabels } from './timeline-words.ts'
import { useRemoveEntry } from './use-timeline.ts'

const icons: Record<TimelineEntry['kind'], LucideIcon> = {
  NOTE: StickyNote,
  CALL: Phone,
  EMAIL: Mail,
  MEETING: CalendarCheck,
  SIGNAL: Zap,
}

const Moment = ({ at }: { at: string }) => {
  const { user } = useSession()
  return (
    <time dateTime={at} title={formatInstant(at, user?.tenant?.timezone)}>
      {formatAge(at)}
    </time>
  )
}

/** Who, when, and on which deal when that does not go without saying. */
const Origin = ({ item, what }: { item: TimelineItem; what: string }) => (
  <p className="text-muted text-xs">
    {what} · {authorOf(item)} · <Moment at={item.at} />
    {item.type === 'entry' && item.editedAt ? ' · edited' : ''}
    {item.deal ? (
      <>
        {' · '}
        <Link href={`/deals?deal=${item.deal.id}`} className="underline underline-offset-2 hover:text-ink">
          {item.deal.title}
        </Link>
      </>
    ) : null}
  </p>
)

const Row = ({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) => (
  <li className="flex gap-3 py-3">
    <span aria-hidden className="grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-muted">
      <Icon className="size-3.5" />
    </span>
    <div className="grid min-w-0 flex-1 gap-1">{children}</div>
  </li>
)

const SignalBadge = ({ entry: { signal, points, at } }: { entry: TimelineEntry }) =>
  signal ? (
    <Badge tone={points < 0 ? 'bad' : 'good'} className="justify-self-start">
      {pointsWords(points)} {reasonWords({ reason: signal, at })}
    </Badge>
  ) : null

function EntryRow({ entry }: { entry: TimelineEntry }) {
  const [editing, setEditing] = useState(false)
  const remove = useRemoveEntry()
  const what = kindLabels[entry.kind]
  return (
    <Row icon={icons[entry.kind]}>
      <div className="flex items-start justify-between gap-2">
        <Origin item={entry} what={what} />
        {entry.editable && !editing ? (
          <Menu>
            <MenuTrigger asChild>
              <Button
                kind="ghost"
                size="sm"
                className="-my-1.5 w-8 px-0"
                aria-label={`Actions for this ${what.toLowerCase()}`}
              >
                <MoreHorizontal aria-hidden />
              </Button>
            </MenuTrigger>
            <MenuContent>
              <MenuItem onSelect={() => setEditing(true)}>Edit</MenuItem>
              <MenuItem onSelect={() => remove.mutate(entry.id)}>Remove</MenuItem>
            </MenuContent>
          </Menu>
        ) : null}
      </div>
      {editing ? (
        <EditEntry entry={entry} onClose={() => setEditing(false)} />
      ) : (
        <>
          {entry.body ? <p className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">{entry.body}</p> : null}
          <SignalBadge entry={entry} />
        </>
      )}
    </Row>
  )
}

function MoveRow({ item, stay }: { item: Extract<TimelineItem, { type: 'move' }>; stay: string | undefined }) {
  const { nameOf } = usePipeline()
  return (
    <Row icon={ArrowRight}>
      <Origin item={item} what={item.from ? 'Moved' : 'Created'} />
      <p className="text-sm">
        {item.from ? `From ${nameOf(item.from)} to ${nameOf(item.to)}` : `In ${nameOf(item.to)}`}
        {stay ? `, after ${stay}` : ''}
        {item.reason ? <span className="text-muted"> – {item.reason}</span> : null}
      </p>
    </Row>
  )
}

/** One thing that was said, done or moved. `stay`: how long the deal had been where a move took it from. */
export const TimelineRow = ({ item, stay }: { item: TimelineItem; stay: string | undefined }) =>
  item.type === 'entry' ? <EntryRow entry={item} /> : <MoveRow item={item} stay={stay} />

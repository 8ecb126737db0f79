import type { SearchHit, SearchKind, SearchPieces } from '@throughline/contracts'
import { Badge, formatCompactMoney } from '@throughline/ui'
import {
  Building2,
  HandCoins,
  Handshake,
  Landmark,
  type LucideIcon,
  PenLine,
  StickyNote,
  UserRound,
} from 'lucide-react'
import { stageTones } from '@/features/deals/stages.ts'
import { useStages } from '@/features/deals/use-stages.ts'

export const kindLabels: Readonly<Record<SearchKind, string>> = {
  company: 'Companies',
  contact: 'Contacts',
  deal: 'Deals',
  note: 'Notes',
  activity: 'Content',
  fund: 'Funds',
  investor: 'Investors',
}
const icons: Readonly<Record<SearchKind, LucideIcon>> = {
  company: Building2,
  contact: UserRound,
  deal: Handshake,
  note: StickyNote,
  activity: PenLine,
  fund: Landmark,
  investor: HandCoins,
}

const recordPaths = {
  company: '/companies?company=',
  contact: '/contacts?contact=',
  deal: '/deals?deal=',
  activity: '/content/',
  fund: '/funds/',
  investor: '/investors/',
} as const

/** Where a record opens: its side panel, or its page; a note leads to what it stands on. */
export function hrefOf({ kind, id, parent }: SearchHit): string | undefined {
  if (kind !== 'note') return `${recordPaths[kind]}${id}`
  return parent ? `${recordPaths[parent.kind]}${parent.id}` : undefined
}

/** A text with what was looked for marked in it. */
function Pieces({ pieces }: { pieces: SearchPieces }) {
  let at = 0
  return pieces.map(({ text, hit }) => {
    const key = at
    at += text.length
    return hit ? (
      <mark key={key} className="rounded-sm bg-accent-soft text-accent-ink">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    )
  })
}

/** One record in the palette. */
export function HitItem({ hit }: { hit: SearchHit }) {
  const { name } = useStages()
  const { kind, title, subtitle, snippet, deal, parent } = hit
  const Icon = icons[kind]
  const said = snippet ?? (subtitle.length > 0 ? subtitle : null)
  return (
    <>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 self-start text-muted" />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">
          <Pieces pieces={title} />
        </span>
        {said || parent ? (
          <span className="block truncate text-muted text-xs">
            {parent ? `${parent.title}${said ? ' · ' : ''}` : null}
            {said ? <Pieces pieces={said} /> : null}
          </span>
        ) : null}
      </span>
      {deal ? (
        <span className="flex shrink-0 items-center gap-2 max-sm:flex-col max-sm:items-end max-sm:gap-0.5">
          <span className="tabular text-muted text-xs">{formatCompactMoney(deal.value, deal.currency)}</span>
          <Badge tone={stageTones[deal.stage]}>{name(deal.stage)}</Badge>
        </span>
      ) : null}
    </>
  )
}

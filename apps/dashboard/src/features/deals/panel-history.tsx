'use client'
import type { DealDetail } from '@throughline/contracts'
import { Badge, formatInstant, useSession } from '@throughline/ui'
import { daysSince } from './deal-words.ts'
import { Section } from './panel-section.tsx'
import { stageTones } from './stages.ts'
import { useStages } from './use-stages.ts'

const stay = (from: string, until: string | null): string => {
  const days = daysSince(from, until ? new Date(until) : new Date())
  if (days === 'today') return until ? 'less than a day' : 'since today'
  return until ? days : `for ${days}`
}

/** Every stage it has been in: since when, for how long, by whom. Newest first. For the trash, where there is no timeline. */
export function PanelHistory({ deal }: { deal: DealDetail }) {
  const { user } = useSession()
  const { name } = useStages()
  return (
    <Section title="History">
      <ol className="grid gap-2 text-sm">
        {deal.history.toReversed().map(({ stage, from, until, reason, by }) => (
          <li key={from} className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-baseline gap-2">
            <span>
              <Badge tone={stageTones[stage]}>{name(stage)}</Badge>
            </span>
            <span className="min-w-0">
              {stay(from, until)}
              <span className="block text-muted text-xs">
                {formatInstant(from, user?.tenant?.timezone)}
                {by ? ` by ${by}` : ''}
              </span>
              {reason ? <span className="block text-xs [overflow-wrap:anywhere]">“{reason}”</span> : null}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

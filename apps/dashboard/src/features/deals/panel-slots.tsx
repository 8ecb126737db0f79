'use client'
// Places in the panel for what other features bring: score reasons, custom fields, the timeline.
import type { DealDetail } from '@throughline/contracts'
import { Fact, FactList } from '@throughline/ui'
import { Section } from './panel-section.tsx'

/** How the score came about: each reason with its points. */
export function ScoreSlot({ deal }: { deal: DealDetail }) {
  return (
    <Section title={`Score ${deal.leadScore}`}>
      <p className="tabular text-muted text-sm">
        {deal.fitScore} for how well it fits, {deal.engagementScore} for how much they engage
      </p>
      <ul className="grid gap-1 text-sm">
        {deal.scoreReasons.map(({ points, reason, at }) => (
          <li key={`${reason}-${at ?? ''}`} className="flex gap-3">
            <span className={points < 0 ? 'tabular w-9 text-right text-bad' : 'tabular w-9 text-right text-good'}>
              {points < 0 ? `−${-points}` : `+${points}`}
            </span>
            {reason.replaceAll('_', ' ')}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Fields that the firm made up. */
export function CustomFieldsSlot({ deal }: { deal: DealDetail }) {
  const entries = Object.entries(deal.custom).filter(([, value]) => value !== null)
  if (entries.length === 0) return null
  return (
    <Section title="Custom fields">
      <FactList>
        {entries.map(([key, value]) => (
          <Fact key={key} name={key.replaceAll('_', ' ')}>
            {String(value)}
          </Fact>
        ))}
      </FactList>
    </Section>
  )
}

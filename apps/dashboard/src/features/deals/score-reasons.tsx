import type { DealDetail, ScoreReason } from '@throughline/contracts'
import { cn, formatAge } from '@throughline/ui'
import { pointsWords, reasonWords } from './score-words.ts'

type Scored = Pick<DealDetail, 'leadScore' | 'fitScore' | 'engagementScore' | 'scoreReasons'>

const Reason = ({ reason }: { reason: ScoreReason }) => (
  <li className="flex gap-3 text-sm">
    <span className={cn('tabular w-9 shrink-0 text-right font-medium', reason.points < 0 ? 'text-bad' : 'text-good')}>
      {pointsWords(reason.points)}
    </span>
    <span className="min-w-0 flex-1">{reasonWords(reason)}</span>
    {reason.at ? <span className="shrink-0 text-muted text-xs">{formatAge(reason.at)}</span> : null}
  </li>
)

interface PartProps {
  name: string
  score: number
  hint: string
  reasons: readonly ScoreReason[]
  /** When there are none. */
  none: string
}

const Part = ({ name, score, hint, reasons, none }: PartProps) => (
  <div className="grid content-start gap-1.5">
    <h4 className="flex items-baseline justify-between gap-2 text-sm">
      <span className="font-medium">{name}</span>
      <span className="tabular text-muted">{score} of 50</span>
    </h4>
    <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-sunken">
      <div className="h-full rounded-full bg-accent" style={{ width: `${score * 2}%` }} />
    </div>
    <p className="text-muted text-xs">{hint}</p>
    {reasons.length > 0 ? (
      <ul aria-label={`Reasons of ${name.toLowerCase()}`} className="mt-1 grid gap-1">
        {reasons.map((reason, index) => (
          // Two of one kind may have happened at one moment.
          <Reason key={`${reason.reason}-${reason.at ?? ''}-${index}`} reason={reason} />
        ))}
      </ul>
    ) : (
      <p className="text-muted text-sm">{none}</p>
    )}
  </div>
)

/** Why a deal has its score: how well it suits, and how much the other side does, apart. */
export function ScoreReasons({ deal }: { deal: Scored }) {
  const seen = deal.scoreReasons.filter(({ at }) => at !== undefined).toReversed()
  const known = deal.scoreReasons.filter(({ at }) => at === undefined)
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Part
        name="Fit"
        score={deal.fitScore}
        hint="What is known of the deal. It does not age."
        reasons={known}
        none="Nothing is known yet."
      />
      <Part
        name="Engagement"
        score={deal.engagementScore}
        hint="What the other side does. Half of it is gone after 30 days."
        reasons={seen}
        none="Nothing was seen yet."
      />
    </div>
  )
}

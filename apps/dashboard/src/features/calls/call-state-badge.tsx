import type { CapitalCallView } from '@throughline/contracts'
import { Badge } from '@throughline/ui'
import { callStateWords, daysLate } from './call-words.ts'

/** The state of a call, and how late it is. */
export function CallStateBadge({ call }: { call: Pick<CapitalCallView, 'state' | 'overdueDays'> }) {
  const [word, tone] = callStateWords[call.state]
  return (
    <span className="inline-flex flex-wrap gap-1.5">
      <Badge tone={tone}>{word}</Badge>
      {call.overdueDays > 0 ? <Badge tone="bad">{daysLate(call.overdueDays)}</Badge> : null}
    </span>
  )
}

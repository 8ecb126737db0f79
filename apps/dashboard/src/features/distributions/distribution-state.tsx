import type { DistributionState } from '@throughline/contracts'
import { Badge, type Tone } from '@throughline/ui'

const words: Record<DistributionState, [string, Tone]> = {
  DRAFT: ['Draft', 'neutral'],
  IN_REVIEW: ['In review', 'info'],
  APPROVED: ['Approved', 'info'],
  DECLARED: ['Declared', 'warn'],
  PAID: ['Paid', 'good'],
  CANCELLED: ['Cancelled', 'neutral'],
}

export const DistributionStateBadge = ({ state }: { state: DistributionState }) => (
  <Badge tone={words[state][1]}>{words[state][0]}</Badge>
)

import type { FundState } from '@throughline/contracts'
import { Badge } from '@throughline/ui'

const labels: Record<FundState, string> = { OPEN: 'Open', CLOSED: 'Closed' }

export const FundStateBadge = ({ state }: { state: FundState }) => (
  <Badge tone={state === 'OPEN' ? 'good' : 'neutral'}>{labels[state]}</Badge>
)

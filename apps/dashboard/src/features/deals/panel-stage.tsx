'use client'
import type { DealDetail } from '@throughline/contracts'
import { Field, Select } from '@throughline/ui'
import { useDealActions } from './deal-actions.tsx'
import { daysSince } from './deal-words.ts'
import { isClosed, isStage } from './stages.ts'
import { type Stages, useStages } from './use-stages.ts'

const standing = (deal: DealDetail, name: Stages['name']): string => {
  const since = daysSince(deal.stageEnteredAt)
  if (isClosed(deal.stage))
    return deal.lostReason ? `Lost because: ${deal.lostReason}` : `${name(deal.stage)} for ${since}`
  return since === 'today' ? 'In this stage since today' : `In this stage for ${since}`
}

/** Where the deal stands, and the way to another stage. */
export function PanelStage({ deal, editable }: { deal: DealDetail; editable: boolean }) {
  const { move } = useDealActions()
  const { order, name } = useStages()
  return (
    <Field label="Stage" hint={standing(deal, name)}>
      {(ids) => (
        <Select
          {...ids}
          value={deal.stage}
          disabled={!editable}
          onChange={(event) => isStage(event.target.value) && move([deal], event.target.value)}
        >
          {order.map((stage) => (
            <option key={stage} value={stage}>
              {name(stage)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

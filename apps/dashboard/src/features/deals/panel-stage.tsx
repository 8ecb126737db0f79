'use client'
import { type DealDetail, dealStages } from '@throughline/contracts'
import { Field, Select } from '@throughline/ui'
import { useDealActions } from './deal-actions.tsx'
import { daysSince } from './deal-words.ts'
import { isClosed, isStage, stageLabels } from './stages.ts'

const standing = (deal: DealDetail): string => {
  const since = daysSince(deal.stageEnteredAt)
  if (isClosed(deal.stage))
    return deal.lostReason ? `Lost because: ${deal.lostReason}` : `${stageLabels[deal.stage]} for ${since}`
  return since === 'today' ? 'In this stage since today' : `In this stage for ${since}`
}

/** Where the deal stands, and the way to another stage. */
export function PanelStage({ deal, editable }: { deal: DealDetail; editable: boolean }) {
  const { move } = useDealActions()
  return (
    <Field label="Stage" hint={standing(deal)}>
      {(ids) => (
        <Select
          {...ids}
          value={deal.stage}
          disabled={!editable}
          onChange={(event) => isStage(event.target.value) && move([deal], event.target.value)}
        >
          {dealStages.map((stage) => (
            <option key={stage} value={stage}>
              {stageLabels[stage]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

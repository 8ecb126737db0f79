'use client'
// Places in the panel for what other features bring: score reasons, custom fields, funds, the timeline.
import type { CustomFieldView, DealDetail } from '@throughline/contracts'
import { useSession } from '@throughline/ui'
import { useMemo, useState } from 'react'
import { DealFundSection } from '../allocations/deal-fund-section.tsx'
import { CustomFieldInput } from '../custom-fields/custom-field-input.tsx'
import type { CustomValue } from '../custom-fields/field-words.ts'
import { useCustomFields } from '../custom-fields/use-custom-fields.ts'
import { DealDocuments } from '../deal-documents/deal-documents.tsx'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { useDealActions } from './deal-actions.tsx'
import { staysOf } from './deal-words.ts'
import { Section } from './panel-section.tsx'
import { ScoreReasons } from './score-reasons.tsx'

interface SlotProps {
  deal: DealDetail
  editable: boolean
}

/** How the score came about: each reason with its points. */
export const ScoreSlot = ({ deal }: Pick<SlotProps, 'deal'>) => (
  <Section title={`Score ${deal.leadScore}`}>
    <ScoreReasons deal={deal} />
  </Section>
)

/** A field that saves itself: what is chosen at once, what is typed when it is left or on Enter. */
function SavedCustomField({ deal, editable, field }: SlotProps & { field: CustomFieldView }) {
  const { save } = useDealActions()
  const [typed, setTyped] = useState<CustomValue>()
  const kept = deal.custom[field.key] ?? null
  const isChosen = field.type === 'CHOICE' || field.type === 'BOOLEAN'
  const take = (value = typed) => {
    if (value === undefined) return
    if (value === kept) return setTyped(undefined)
    void save(deal, { custom: { [field.key]: value } }).then(() => setTyped(undefined))
  }
  const change = (value: CustomValue) => {
    setTyped(value)
    if (isChosen) take(value)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its one control does.
    <div
      onBlur={() => !isChosen && take()}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !isChosen) take()
      }}
    >
      <CustomFieldInput
        field={field}
        value={typed === undefined ? kept : typed}
        disabled={!editable}
        onChange={change}
      />
    </div>
  )
}

/** Fields that the firm made up. */
export function CustomFieldsSlot({ deal, editable }: SlotProps) {
  const { fields } = useCustomFields()
  if (!fields || fields.length === 0) return null
  return (
    <Section title="Custom fields">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-2">
        {fields.map((field) => (
          <SavedCustomField key={field.id} deal={deal} editable={editable} field={field} />
        ))}
      </div>
    </Section>
  )
}

/** What funds take of a won deal and have called for it, and what was uploaded about it. */
export function FundSlot({ deal }: Pick<SlotProps, 'deal'>) {
  const { may } = useSession()
  if (deal.stage !== 'CLOSED_WON' || deal.deletedAt !== null || !may('fund:read')) return null
  return (
    <>
      <Section title="Fund">
        <DealFundSection dealId={deal.id} />
      </Section>
      <Section title="Documents">
        <DealDocuments dealId={deal.id} />
      </Section>
    </>
  )
}

/** What was said and done about it, and each move with how long it had been where it came from. */
export const TimelineSlot = ({ deal, editable }: SlotProps) => {
  const stays = useMemo(() => staysOf(deal.history), [deal.history])
  return (
    <Section title="Timeline">
      <TimelinePanel subject={{ kind: 'deal', id: deal.id }} writable={editable} stays={stays} />
    </Section>
  )
}

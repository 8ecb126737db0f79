'use client'
import type { DealView, UpdateDeal } from '@throughline/contracts'
import { type Choice, Menu, MenuContent, MenuItem, MenuTrigger } from '@throughline/ui'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { isPriority, priorityChoices } from './stages.ts'
import { useMembers } from './use-members.ts'

interface CellMenuProps {
  deal: DealView
  kind: 'priority' | 'owner'
  label: string
  /** `base`: the deal as it was when the list was opened. */
  onSave(base: DealView, changes: UpdateDeal): void
  onEnd(): void
}

const nobody = ''

function Choices({
  options,
  value,
  onChoose,
}: {
  options: readonly Choice[]
  value: string
  onChoose(value: string): void
}) {
  return options.map((option) => (
    <MenuItem key={option.value} onSelect={() => option.value !== value && onChoose(option.value)}>
      <Check aria-hidden className={option.value === value ? '' : 'invisible'} />
      {option.label}
    </MenuItem>
  ))
}

/** Chooses from a list that stands where the cell is: arrows and letters find, Enter saves, Escape reverts. */
export function CellMenu({ deal, kind, label, onSave, onEnd }: CellMenuProps) {
  const { owners } = useMembers()
  const [base] = useState(deal)
  const choosePriority = (value: string) => {
    if (isPriority(value)) onSave(base, { priority: value })
  }
  return (
    <Menu open onOpenChange={(open) => !open && onEnd()}>
      <MenuTrigger asChild>
        <span aria-hidden className="block h-8" />
      </MenuTrigger>
      <MenuContent
        align="start"
        sideOffset={-32}
        aria-label={label}
        className="max-h-80 overflow-y-auto"
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        {kind === 'priority' ? (
          <Choices options={priorityChoices} value={deal.priority} onChoose={choosePriority} />
        ) : (
          <Choices
            options={[{ value: nobody, label: 'Nobody' }, ...owners]}
            value={deal.owner?.id ?? nobody}
            onChoose={(ownerId) => onSave(base, { ownerId: ownerId || null })}
          />
        )}
      </MenuContent>
    </Menu>
  )
}

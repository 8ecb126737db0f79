'use client'
// Moving a card without a pointer: pick it up, choose a column by the arrows, drop it. Each step is said.
import type { DealStage, DealView } from '@throughline/contracts'
import { type KeyboardEvent, useState } from 'react'
import { useStages } from './use-stages.ts'

interface LiftInput {
  /** Columns from left to right. */
  stages: readonly DealStage[]
  onDrop(deal: DealView, stage: DealStage): void
}

export function useLift({ stages, onDrop }: LiftInput) {
  const { name } = useStages()
  const [lifted, setLifted] = useState<{ deal: DealView; over: DealStage }>()
  const [said, setSaid] = useState('')
  const lift = (deal: DealView) => {
    setLifted({ deal, over: deal.stage })
    setSaid(
      `${deal.title} is picked up, in ${name(deal.stage)}. Left and right choose a stage, Space drops, Escape puts it back.`,
    )
  }
  const carry = (step: number) => {
    if (!lifted) return
    const index = stages.indexOf(lifted.over) + step
    const over = stages[index]
    if (!over) return
    setLifted({ deal: lifted.deal, over })
    setSaid(`Over ${name(over)}, ${index + 1} of ${stages.length}`)
  }
  const drop = () => {
    if (!lifted) return
    const { deal, over } = lifted
    setLifted(undefined)
    setSaid(over === deal.stage ? `${deal.title} stays in ${name(over)}` : `${deal.title} is dropped on ${name(over)}`)
    if (over !== deal.stage) onDrop(deal, over)
  }
  const cancel = () => {
    if (!lifted) return
    setLifted(undefined)
    setSaid(`${lifted.deal.title} is back in ${name(lifted.deal.stage)}`)
  }
  /** @returns whether the key was for the card that is held */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!lifted) return false
    const acts: Record<string, () => void> = {
      ArrowLeft: () => carry(-1),
      ArrowRight: () => carry(1),
      ' ': drop,
      Enter: drop,
      Escape: cancel,
    }
    const act = acts[event.key]
    if (act) {
      event.preventDefault()
      act()
    } else if (event.key === 'Tab') cancel()
    return true
  }
  return { lifted, said, lift, onKeyDown, cancel }
}

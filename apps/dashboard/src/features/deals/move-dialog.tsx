'use client'
import type { DealStage } from '@throughline/contracts'
import { Button, cn, Dialog, Kbd } from '@throughline/ui'
import type { KeyboardEvent } from 'react'
import { stageDots } from './stages.ts'
import { useStages } from './use-stages.ts'

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }

/** To which stage: by its number, by the arrows, or by a click. */
export function MoveDialog({
  what,
  from,
  onClose,
  onChoose,
}: {
  what: string | undefined
  /** Where all of it stands already. */
  from: DealStage | undefined
  onClose(): void
  onChoose(stage: DealStage): void
}) {
  const { order, name } = useStages()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const numbered = order[Number(event.key) - 1]
    if (numbered && numbered !== from) {
      event.preventDefault()
      onChoose(numbered)
      return
    }
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:not(:disabled)')]
    const index = buttons.findIndex((button) => button.matches(':focus'))
    buttons[(index + step + buttons.length) % buttons.length]?.focus()
  }
  return (
    <Dialog open={what !== undefined} onOpenChange={(open) => !open && onClose()} title={`Move ${what ?? ''}`}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of its buttons. */}
      <div className="grid gap-1" onKeyDown={onKeyDown}>
        {order.map((stage, index) => (
          <Button
            key={stage}
            kind="ghost"
            disabled={stage === from}
            className="justify-start"
            onClick={() => onChoose(stage)}
          >
            <span aria-hidden className={cn('size-2 rounded-full', stageDots[stage])} />
            {stage === from ? `In ${name(stage)} now` : `Move to ${name(stage)}`}
            <Kbd aria-hidden className="ml-auto">
              {index + 1}
            </Kbd>
          </Button>
        ))}
      </div>
    </Dialog>
  )
}

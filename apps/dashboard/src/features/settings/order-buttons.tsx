'use client'
import { Button } from '@throughline/ui'
import { ArrowDown, ArrowUp } from 'lucide-react'

interface OrderButtonsProps {
  /** What is moved: "Negotiation". */
  name: string
  isFirst: boolean
  isLast: boolean
  onMove(step: -1 | 1): void
}

/** Up and down, for a finger and for a keyboard. The button keeps the focus while its row moves under it. */
export function OrderButtons({ name, isFirst, isLast, onMove }: OrderButtonsProps) {
  const button = (step: -1 | 1, isEnd: boolean) => (
    <Button
      kind="ghost"
      size="icon"
      aria-label={`Move ${name} ${step < 0 ? 'up' : 'down'}`}
      aria-disabled={isEnd}
      className="aria-disabled:opacity-40"
      onClick={({ currentTarget }) => {
        if (isEnd) return
        onMove(step)
        requestAnimationFrame(() => currentTarget.focus())
      }}
    >
      {step < 0 ? <ArrowUp aria-hidden /> : <ArrowDown aria-hidden />}
    </Button>
  )
  return (
    <span className="flex">
      {button(-1, isFirst)}
      {button(1, isLast)}
    </span>
  )
}

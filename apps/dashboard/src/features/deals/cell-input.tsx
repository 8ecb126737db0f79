'use client'
import type { DealView, UpdateDeal } from '@throughline/contracts'
import { cn } from '@throughline/ui'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { type EditKind, readEdit, textOf } from './deal-edits.ts'

export type EditEnd = 'stay' | 'next' | 'previous' | 'leave'

interface CellInputProps {
  deal: DealView
  kind: EditKind
  label: string
  numeric?: boolean
  /** `base`: the deal as it was when the typing began. */
  onSave(base: DealView, changes: UpdateDeal): void
  /** `stay`: the cell has the focus again; `next` and `previous`: on to the neighbour; `leave`: the focus is elsewhere. */
  onEnd(end: EditEnd): void
}

/** Types into a cell: Enter saves, Escape reverts, Tab saves and goes on, and so does leaving it. */
export function CellInput({ deal, kind, label, numeric, onSave, onEnd }: CellInputProps) {
  const id = useId()
  const ref = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  // A change that somebody else makes meanwhile is not written over unseen.
  const [base] = useState(deal)
  const [refusal, setRefusal] = useState<string>()
  useEffect(() => {
    ref.current?.focus()
    if (ref.current?.type !== 'date') ref.current?.select()
  }, [])
  const end = (how: EditEnd) => {
    over.current = true
    onEnd(how)
  }
  const take = (how: EditEnd) => {
    if (over.current || !ref.current) return
    const read = readEdit(kind, base, ref.current.value)
    // Whoever goes elsewhere is not held back by a slip; the old value stands.
    if (read.refusal && how !== 'leave') {
      setRefusal(read.refusal)
      return
    }
    if (read.changes) onSave(base, read.changes)
    end(how)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    const how = { Enter: 'stay', Tab: event.shiftKey ? 'previous' : 'next' } as const
    if (event.key === 'Escape') {
      event.preventDefault()
      end('stay')
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      take(how[event.key])
    }
  }
  return (
    <span className="relative block">
      <input
        ref={ref}
        data-own-escape=""
        aria-label={label}
        aria-invalid={refusal ? true : undefined}
        aria-describedby={refusal ? id : undefined}
        type={kind === 'closeDate' ? 'date' : 'text'}
        inputMode={kind === 'value' ? 'decimal' : kind === 'probability' ? 'numeric' : undefined}
        defaultValue={textOf(kind, base)}
        onKeyDown={onKeyDown}
        onBlur={() => take('leave')}
        className={cn(
          'h-8 w-full rounded-md border border-accent bg-surface px-2 text-sm outline-2 outline-accent aria-invalid:border-bad aria-invalid:outline-bad',
          numeric && 'text-right',
        )}
      />
      {refusal ? (
        <span
          id={id}
          role="alert"
          className="absolute top-full left-0 z-20 mt-1 rounded-md bg-bad-soft px-2 py-1 text-bad text-xs shadow-raised"
        >
          {refusal}
        </span>
      ) : null}
    </span>
  )
}

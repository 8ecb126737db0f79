'use client'
import { ChevronDown, X } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, useId, useState } from 'react'
import { cn } from '../cn.ts'
import { Button } from './button.tsx'
import { Input } from './fields.tsx'
import { Popover, PopoverContent, PopoverTrigger } from './overlays.tsx'

export const Checkbox = ({ className, ...props }: Omit<ComponentProps<'input'>, 'type'>) => (
  <input type="checkbox" className={cn('size-4 shrink-0 cursor-pointer accent-accent', className)} {...props} />
)

export interface Choice {
  value: string
  label: string
}

/** Lists longer than this can be searched. */
const shortList = 8

/** Boxes to tick, with a search where there are many. */
export function CheckList({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly Choice[]
  value: readonly string[]
  onChange(value: string[]): void
}) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const shown = options.filter((option) => option.label.toLowerCase().includes(typed.trim().toLowerCase()))
  const toggle = (each: string, on: boolean) => onChange(on ? [...value, each] : value.filter((one) => one !== each))
  return (
    <fieldset className="grid gap-1">
      <legend className="sr-only">{label}</legend>
      {options.length > shortList ? (
        <Input
          type="search"
          aria-label={`Search ${label.toLowerCase()}`}
          placeholder="Search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="mb-1"
        />
      ) : null}
      <div className="grid max-h-64 overflow-y-auto">
        {shown.map((option) => (
          <div key={option.value} className="flex items-center gap-2.5 rounded-lg px-2 text-sm hover:bg-sunken">
            <Checkbox
              id={`${id}-${option.value}`}
              checked={value.includes(option.value)}
              onChange={(event) => toggle(option.value, event.target.checked)}
            />
            <label htmlFor={`${id}-${option.value}`} className="min-w-0 flex-1 cursor-pointer truncate py-1.5">
              {option.label}
            </label>
          </div>
        ))}
        {shown.length === 0 ? <p className="px-2 py-1.5 text-muted text-sm">Nothing by that name</p> : null}
      </div>
    </fieldset>
  )
}

/** A button that says how many are chosen, and opens the list of them. */
export function MultiChoice(props: ComponentProps<typeof CheckList>) {
  const { label, value, onChange } = props
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="sm" className={cn(value.length > 0 && 'border-accent text-accent-ink')}>
          {label}
          {value.length > 0 ? (
            <span className="tabular rounded bg-accent-soft px-1.5 text-xs">
              {value.length}
              <span className="sr-only"> chosen</span>
            </span>
          ) : null}
          <ChevronDown aria-hidden className="text-muted" />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-60 p-2" aria-label={label}>
        <CheckList {...props} />
        {value.length > 0 ? (
          <Button kind="ghost" size="sm" className="mt-1 w-full" onClick={() => onChange([])}>
            Clear {label.toLowerCase()}
          </Button>
        ) : null}
      </PopoverContent>
    </Popover>
  )
}

/** Something chosen, and the way to take it away. */
export const Chip = ({ label, onRemove }: { label: string; onRemove?: () => void }) => (
  <span className="inline-flex max-w-full items-center gap-1 rounded-lg bg-accent-soft py-0.5 pl-2 text-accent-ink text-xs leading-5 last:pr-2 has-[button]:pr-0.5">
    <span className="truncate">{label}</span>
    {onRemove ? (
      <button
        type="button"
        aria-label={`Remove ${label}`}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-md hover:bg-surface"
      >
        <X aria-hidden className="size-3" />
      </button>
    ) : null}
  </span>
)

interface TagInputProps {
  value: readonly string[]
  onChange(value: string[]): void
  /** How a typed word is kept. */
  clean?(typed: string): string
  placeholder?: string
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
  disabled?: boolean
}

const asTyped = (typed: string): string => typed.trim()

/** Words one after the other: Enter or a comma ends one, Backspace takes the last away. */
export function TagInput({ value, onChange, clean = asTyped, placeholder, disabled, ...ids }: TagInputProps) {
  const [typed, setTyped] = useState('')
  const add = () => {
    const words = typed.split(/[,;\n]/).map(clean)
    const fresh = [...new Set(words)].filter((word) => word !== '' && !value.includes(word))
    setTyped('')
    if (fresh.length > 0) onChange([...value, ...fresh])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' || event.key === ',') && typed.trim() !== '') {
      event.preventDefault()
      add()
    }
    if (event.key === 'Backspace' && typed === '' && value.length > 0) onChange(value.slice(0, -1))
  }
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-1 rounded-lg border border-line-strong/60 bg-surface px-1.5 py-1 shadow-card focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2">
      {value.map((each) => (
        <Chip
          key={each}
          label={each}
          onRemove={disabled ? undefined : () => onChange(value.filter((one) => one !== each))}
        />
      ))}
      <input
        {...ids}
        value={typed}
        disabled={disabled}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={add}
        placeholder={value.length === 0 ? placeholder : undefined}
        className="h-6 min-w-16 flex-1 bg-transparent px-1 text-sm outline-none placeholder:text-muted"
      />
    </div>
  )
}

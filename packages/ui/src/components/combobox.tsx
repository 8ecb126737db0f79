'use client'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, useId, useState } from 'react'
import { messageOf } from '../api/api-error.ts'
import { cn } from '../cn.ts'
import { useSettled } from '../typing-pause.ts'
import { Input } from './fields.tsx'

export interface Picked {
  id: string
  label: string
  /** What tells it from another of the same name. */
  detail?: string | null
}

interface ComboboxProps {
  value: Picked | null
  onChange(value: Picked | null): void
  /** First part of the query's key. */
  name: string
  search(typed: string, signal: AbortSignal): Promise<Picked[]>
  /** Makes one of that name, where it is allowed. */
  create?(typed: string): Promise<Picked>
  placeholder?: string
  disabled?: boolean
  id?: string
  'aria-describedby'?: string
  'aria-invalid'?: boolean
}

const pauseMs = 150

/** Finds one of many by typing, and makes it where it is missing. The list stands in the flow, so no dialog cuts it. */
export function Combobox(props: ComboboxProps) {
  const { value, onChange, name, search, create, placeholder, disabled, ...ids } = props
  const listId = useId()
  const [typed, setTyped] = useState<string>()
  const [active, setActive] = useState(0)
  const open = typed !== undefined
  const settled = useSettled(typed ?? '', pauseMs)
  const { data: found = [], isFetching } = useQuery({
    queryKey: [name, 'pick', settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  })
  const wanted = (typed ?? '').trim()
  const isNew = wanted !== '' && !found.some(({ label }) => label.toLowerCase() === wanted.toLowerCase())
  const creation = useMutation({
    mutationFn: (label: string) => (create ? create(label) : Promise.reject(new Error('not allowed'))),
    onSuccess: choose,
  })
  const canCreate = create !== undefined && isNew && !isFetching && settled === typed
  const count = found.length + (canCreate ? 1 : 0)

  function choose(next: Picked | null) {
    onChange(next)
    setTyped(undefined)
    setActive(0)
  }
  const take = (index: number) => {
    const option = found[index]
    if (option) choose(option)
    else if (canCreate) creation.mutate(wanted)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      if (open) setActive((index) => (count === 0 ? 0 : (index + step + count) % count))
      else setTyped('')
    } else if (open && event.key === 'Enter') {
      event.preventDefault()
      take(active)
    } else if (open && event.key === 'Escape') {
      event.preventDefault()
      setTyped(undefined)
    }
  }
  return (
    <div className="relative grid gap-1">
      <Input
        {...ids}
        role="combobox"
        data-own-escape={open ? '' : undefined}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && count > 0 ? `${listId}-${Math.min(active, count - 1)}` : undefined}
        autoComplete="off"
        placeholder={placeholder}
        disabled={disabled}
        value={typed ?? value?.label ?? ''}
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
        }}
        onClick={() => setTyped((now) => now ?? '')}
        onBlur={() => setTyped(undefined)}
        onKeyDown={onKeyDown}
        className={cn(value && 'pr-9')}
      />
      {value && !open && !disabled ? (
        <button
          type="button"
          aria-label={`Clear ${value.label}`}
          onClick={() => onChange(null)}
          className="absolute top-1 right-1 grid size-7 place-items-center rounded-md text-muted hover:bg-sunken"
        >
          <X aria-hidden className="size-4" />
        </button>
      ) : null}
      <div
        id={listId}
        role="listbox"
        aria-label="Found"
        hidden={!open}
        className="max-h-48 overflow-y-auto rounded-xl border border-line bg-surface p-1 text-sm shadow-card"
      >
        {open
          ? found.map((option, index) => (
              <Option key={option.id} id={`${listId}-${index}`} active={index === active} onTake={() => take(index)}>
                <span className="truncate">{option.label}</span>
                {option.detail ? <span className="truncate text-muted text-xs">{option.detail}</span> : null}
              </Option>
            ))
          : null}
        {open && canCreate ? (
          <Option
            id={`${listId}-${found.length}`}
            active={active === found.length}
            onTake={() => creation.mutate(wanted)}
          >
            <Plus aria-hidden className="size-4" /> Create “{wanted}”
          </Option>
        ) : null}
        {open && count === 0 ? (
          <p className="px-2 py-1.5 text-muted">{isFetching ? 'Searching…' : 'Type to find one'}</p>
        ) : null}
      </div>
      {creation.error ? (
        <p role="alert" className="text-bad text-sm">
          {messageOf(creation.error)}
        </p>
      ) : null}
    </div>
  )
}

function Option({
  id,
  active,
  onTake,
  children,
}: {
  id: string
  active: boolean
  onTake(): void
  children: React.ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input holds the focus and has the keys of its list.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      // The input keeps the focus, so that its blur does not close the list before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
      className={cn('flex cursor-pointer items-center gap-2 rounded-lg px-2 py-1.5', active && 'bg-sunken')}
    >
      {children}
    </div>
  )
}

'use client'
import { dealSorts } from '@throughline/contracts'
import { Button, Chip, Input, MultiChoice, Notice, Select, useTypingPause } from '@throughline/ui'
import { SlidersHorizontal } from 'lucide-react'
import { type ReactNode, type RefObject, useMemo, useState } from 'react'
import { only } from './deal-query.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { chipsOf } from './filter-words.ts'
import { priorityChoices, sortLabels } from './stages.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useMembers } from './use-members.ts'
import { useStages } from './use-stages.ts'

const nobody = 'nobody'

function Search({ query, inputRef }: { query: DealQueryState; inputRef: RefObject<HTMLInputElement | null> }) {
  const said = only(query.params, 'q')
  const [typed, setTyped] = useState(said)
  const [known, setKnown] = useState(said)
  // Another view or the back button says something else.
  if (known !== said) {
    setKnown(said)
    if (typed.trim() !== said) setTyped(said)
  }
  useTypingPause(typed.trim(), (q) => {
    // The first letter is a step back to nothing; the next ones are the same wish.
    if (q !== said) query.set({ q }, said === '' ? 'push' : 'replace')
  })
  return (
    <Input
      ref={inputRef}
      type="search"
      aria-label="Search deals"
      aria-keyshortcuts="/"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder="Search title, company, contact, e-mail"
      className="h-8 min-w-0 flex-1 basis-52 max-sm:basis-full"
    />
  )
}

const orders = dealSorts.flatMap((sort) =>
  sortLabels[sort].map((label, index) => ({
    value: index === 0 ? sort : `${sort}-`,
    label,
    sort,
    reverse: index === 1,
  })),
)

function SortChoice({ query, bothWays }: { query: DealQueryState; bothWays: boolean }) {
  const choose = (value: string) => {
    const order = orders.find((each) => each.value === value)
    if (order) query.set({ sort: order.sort === 'newest' ? null : order.sort, reverse: order.reverse ? 'true' : null })
  }
  return (
    <Select
      aria-label="Sort by"
      value={bothWays && query.reverse ? `${query.sort}-` : query.sort}
      onChange={(event) => choose(event.target.value)}
      className="h-8 w-36 text-[0.8rem]"
    >
      {orders
        .filter(({ reverse }) => bothWays || !reverse)
        .map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
    </Select>
  )
}

function Owners({ query }: { query: DealQueryState }) {
  const { owners } = useMembers()
  const value = [...(query.params.ownerId ?? []), ...(query.params.unowned ? [nobody] : [])]
  // A deal of nobody is of none of the others: the last choice stands.
  const choose = (chosen: string[]) => {
    const unowned = chosen.includes(nobody) && !value.includes(nobody)
    query.set({ ownerId: unowned ? null : chosen.filter((id) => id !== nobody), unowned: unowned ? 'true' : null })
  }
  return (
    <MultiChoice
      label="Owner"
      options={[...owners, { value: nobody, label: 'Nobody' }]}
      value={value}
      onChange={choose}
    />
  )
}

function Chips({ query }: { query: DealQueryState }) {
  const { nameOf, ownId } = useMembers()
  const { choices } = useStages()
  const chips = useMemo(() => {
    const stageName = (stage: string) => choices.find(({ value }) => value === stage)?.label ?? stage
    return chipsOf(query.params, { ownId, member: nameOf, stage: stageName })
  }, [query.params, ownId, nameOf, choices])
  if (chips.length === 0) return null
  return (
    <section aria-label="Filters in use" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ key, label, without }) => (
        <Chip key={key} label={label} onRemove={() => query.set(without)} />
      ))}
      <Button kind="ghost" size="sm" onClick={query.clear}>
        Clear all
      </Button>
    </section>
  )
}

interface FilterBarProps {
  query: DealQueryState
  searchRef: RefObject<HTMLInputElement | null>
  /** Which orders this layout has. */
  sorting: 'both' | 'natural' | 'none'
  /** What belongs to the layout alone, e.g. its columns. */
  children?: ReactNode
}

/** What is shown: searched, filtered, sorted. All of it is in the address. */
export function FilterBar({ query, searchRef, sorting, children }: FilterBarProps) {
  const [open, setOpen] = useState(false)
  const { params, set, dropped } = query
  const { ownId } = useMembers()
  const { choices } = useStages()
  const mine = ownId !== undefined && params.ownerId?.length === 1 && params.ownerId[0] === ownId
  return (
    <search className="mb-4 grid gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Search query={query} inputRef={searchRef} />
        <Button
          size="sm"
          aria-pressed={mine}
          onClick={() => set({ ownerId: mine ? null : (ownId ?? null), unowned: null })}
          className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-ink"
        >
          Mine
        </Button>
        <div className="hidden gap-2 sm:flex">
          <MultiChoice
            label="Stage"
            options={choices}
            value={params.stage ?? []}
            onChange={(stage) => set({ stage })}
          />
          <Owners query={query} />
          <MultiChoice
            label="Priority"
            options={priorityChoices}
            value={params.priority ?? []}
            onChange={(priority) => set({ priority })}
          />
        </div>
        <Button size="sm" onClick={() => setOpen(true)}>
          <SlidersHorizontal aria-hidden /> Filters
        </Button>
        {sorting === 'none' ? null : <SortChoice query={query} bothWays={sorting === 'both'} />}
        {children}
      </div>
      <Chips query={query} />
      {dropped.length > 0 ? (
        <Notice tone="warn">
          A part of this address is not known here and was left out: {dropped.join(', ')}. Everything else counts.
        </Notice>
      ) : null}
      <FilterSheet query={query} open={open} onClose={() => setOpen(false)} />
    </search>
  )
}

'use client'
import type { AuditEntryView } from '@throughline/contracts'
import { Button, Field, Input, Select } from '@throughline/ui'
import { type AuditFilter, emptyFilter } from './audit-filter.ts'
import { firmOf, isPlatform } from './audit-words.ts'
import type { Known } from './known.ts'
import { NameFilter } from './name-filter.tsx'

interface Option {
  id: string
  name: string
}

/** Each once; what is chosen stays in the list, also when nobody has named it yet. */
function optionsOf(chosen: string, ...lists: Option[][]): Option[] {
  const byId = new Map(lists.flat().map((option) => [option.id, option]))
  if (chosen && !byId.has(chosen)) byId.set(chosen, { id: chosen, name: `Id ${chosen.slice(-12)}` })
  return [...byId.values()].sort((one, other) => one.name.localeCompare(other.name))
}

const firmOptions = (chosen: string, entries: readonly AuditEntryView[], { firms }: Known): Option[] =>
  optionsOf(
    chosen === 'platform' ? '' : chosen,
    entries.filter((entry) => !isPlatform(entry)).map((entry) => ({ id: entry.tenantId, name: firmOf(entry) })),
    firms.map(({ id, name }) => ({ id, name })),
  )

const personOptions = (chosen: string, entries: readonly AuditEntryView[], { people }: Known): Option[] =>
  optionsOf(
    chosen,
    entries.flatMap(({ actorId, actorName }) => (actorId && actorName ? [{ id: actorId, name: actorName }] : [])),
    people.map(({ id, name, email }) => ({ id, name: `${name} (${email})` })),
  )

interface FiltersProps {
  filter: AuditFilter
  /** What is shown at the moment; its names are offered. */
  entries: readonly AuditEntryView[]
  known: Known
  set(changes: Partial<AuditFilter>): void
}

function Choice({
  label,
  value,
  all,
  options,
  onChange,
}: {
  label: string
  value: string
  all: string
  options: readonly Option[]
  onChange(value: string): void
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{all}</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

/** Narrows the log; every filter is in the address. */
export function AuditFilters({ filter, entries, known, set }: FiltersProps) {
  const firms = firmOptions(filter.tenant, entries, known)
  const people = personOptions(filter.person, entries, known)
  const namesOf = (pick: (entry: AuditEntryView) => string) => [...new Set(entries.map(pick))].sort()
  const isFiltered = Object.values(filter).some(Boolean)
  return (
    <search className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-3 xl:grid-cols-[1.2fr_1fr_1fr_1.2fr_10rem_10rem]">
      <Choice
        label="Firm"
        all="All firms"
        value={filter.tenant}
        options={[{ id: 'platform', name: 'Throughline itself' }, ...firms]}
        onChange={(tenant) => set({ tenant })}
      />
      <NameFilter
        label="Action"
        placeholder="deal.moved"
        value={filter.action}
        known={namesOf(({ action }) => action)}
        onChange={(action) => set({ action })}
      />
      <NameFilter
        label="Kind of thing"
        placeholder="deal"
        value={filter.kind}
        known={namesOf(({ subject }) => subject)}
        onChange={(kind) => set({ kind })}
      />
      <Choice
        label="Person"
        all="Everybody"
        value={filter.person}
        options={people}
        onChange={(person) => set({ person })}
      />
      <Field label="From">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={filter.from}
            max={filter.until}
            onChange={(event) => set({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label="Until (inclusive)">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={filter.until}
            min={filter.from}
            onChange={(event) => set({ until: event.target.value })}
          />
        )}
      </Field>
      {isFiltered ? (
        <div className="flex flex-wrap items-center gap-3 text-sm col-span-full">
          {filter.object ? (
            <span className="text-muted [overflow-wrap:anywhere]">
              Only about one thing: <span className="font-mono text-xs">{filter.object}</span>
            </span>
          ) : null}
          <Button size="sm" onClick={() => set(emptyFilter)}>
            Clear filters
          </Button>
        </div>
      ) : null}
    </search>
  )
}

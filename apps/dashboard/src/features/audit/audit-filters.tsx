'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input, Select } from '@throughline/ui'
import { readMembers } from '../members/members.api.ts'
import { actionPhrases, phraseOf, subjectLabels } from './audit-words.ts'
import type { AuditChoices } from './use-audit-filter.ts'

interface Option {
  value: string
  label: string
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const actions: readonly Option[] = Object.keys(actionPhrases).map((value) => ({
  value,
  label: capital(phraseOf(value)),
}))
const subjects: readonly Option[] = Object.entries(subjectLabels).map(([value, label]) => ({ value, label }))

function Choice({
  label,
  all,
  options,
  value,
  className,
  onChange,
}: {
  label: string
  all: string
  options: readonly Option[]
  value: string
  className?: string
  onChange(value: string): void
}) {
  // What an address asks for may be none of the usual ones.
  const unusual = value !== '' && !options.some((option) => option.value === value)
  return (
    <Field label={label} className={className}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{all}</option>
          {unusual ? <option value={value}>{value}</option> : null}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

/** What to look for in the log. */
export function AuditFilters({ choices, set }: { choices: AuditChoices; set(changes: Partial<AuditChoices>): void }) {
  const { data: members } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  const people = (members?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <search className="grid grid-cols-2 gap-3 lg:grid-cols-[1.3fr_1fr_1fr_10rem_10rem]">
      <Choice
        label="What was done"
        className="col-span-2 lg:col-span-1"
        all="Anything"
        options={actions}
        value={choices.action}
        onChange={(action) => set({ action })}
      />
      <Choice
        label="To what"
        all="Everything"
        options={subjects}
        value={choices.subject}
        onChange={(subject) => set({ subject })}
      />
      <Choice
        label="By whom"
        all="Everybody"
        options={people}
        value={choices.person}
        onChange={(person) => set({ person })}
      />
      <Field label="From">
        {(ids) => (
          <Input {...ids} type="date" value={choices.from} onChange={(event) => set({ from: event.target.value })} />
        )}
      </Field>
      <Field label="Until">
        {(ids) => (
          <Input {...ids} type="date" value={choices.until} onChange={(event) => set({ until: event.target.value })} />
        )}
      </Field>
    </search>
  )
}

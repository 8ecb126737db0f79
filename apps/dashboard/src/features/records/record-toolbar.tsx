'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input, Select, Switch, useTypingPause } from '@throughline/ui'
import { type ReactNode, useId, useState } from 'react'
import { readMembers } from '../members/members.api.ts'
import type { RecordAddress } from './use-record-filter.ts'

interface OwnerSelectProps {
  ids: object
  /** What stands for no owner in particular. */
  nobody: string
  name?: string
  value?: string
  defaultValue?: string
  onChange?(ownerId: string): void
}

/** The members of the firm to choose from. */
export function OwnerSelect({ ids, nobody, name, value, defaultValue, onChange }: OwnerSelectProps) {
  const { data } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  return (
    <Select
      {...ids}
      name={name}
      value={value}
      defaultValue={defaultValue}
      // What is chosen beforehand can only be shown once it is there.
      key={data ? 'known' : 'unknown'}
      onChange={onChange && ((event) => onChange(event.target.value))}
    >
      <option value="">{nobody}</option>
      {data?.data.map((member) => (
        <option key={member.id} value={member.id}>
          {member.name}
        </option>
      ))}
    </Select>
  )
}

interface ToolbarProps {
  label: string
  placeholder: string
  address: RecordAddress
  /** Filters of this list alone. */
  children?: ReactNode
}

/** Search, owner, tag, order, and the way into the trash. */
export function RecordToolbar({ label, placeholder, address, children }: ToolbarProps) {
  const { filter, set } = address
  const trashId = useId()
  const [typed, setTyped] = useState(filter.q)
  useTypingPause(typed, (q) => {
    if (q !== filter.q) set({ q })
  })
  return (
    <search className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-[minmax(12rem,1fr)_repeat(auto-fit,minmax(9rem,11rem))]">
      <Field label={label}>
        {(ids) => (
          <Input
            {...ids}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={placeholder}
          />
        )}
      </Field>
      <Field label="Owner">
        {(ids) => (
          <OwnerSelect ids={ids} nobody="Everybody" value={filter.ownerId} onChange={(owner) => set({ owner })} />
        )}
      </Field>
      {children}
      <Field label="Sort by">
        {(ids) => (
          <Select {...ids} value={filter.sort || 'name'} onChange={(event) => set({ sort: event.target.value })}>
            <option value="name">Name</option>
            <option value="newest">Newest</option>
          </Select>
        )}
      </Field>
      <div className="flex items-center gap-2.5 self-end py-1.5">
        <Switch
          id={trashId}
          checked={filter.deleted === 'true'}
          onCheckedChange={(on) => set({ trash: on ? 'yes' : '' })}
        />
        <label htmlFor={trashId} className="font-medium text-sm">
          Trash
        </label>
      </div>
    </search>
  )
}

'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input, Select } from '@throughline/ui'
import { useDeferredValue, useState } from 'react'
import { findCompanies } from './contacts.api.ts'

interface Named {
  id: string
  name: string
}

/** A company out of as many as there are: type a part of its name, then choose. Sends `companyId`. */
export function CompanyField({ company, error }: { company: Named | null; error: string | undefined }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState(company?.id ?? '')
  const q = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ['companies', 'choice', q],
    queryFn: ({ signal }) => findCompanies(q, signal),
  })
  const found: Named[] = data?.data ?? []
  const options = company && !found.some(({ id }) => id === company.id) ? [company, ...found] : found
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Find a company" hint="Narrows the list beside it">
        {(ids) => (
          <Input
            {...ids}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            maxLength={200}
          />
        )}
      </Field>
      <Field label="Company" error={error}>
        {(ids) => (
          <Select
            {...ids}
            name="companyId"
            value={options.some(({ id }) => id === chosen) ? chosen : ''}
            onChange={(event) => setChosen(event.target.value)}
          >
            <option value="">None</option>
            {options.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}

'use client'
import { jobStates } from '@throughline/contracts'
import { EmptyState, Field, PageHeader, Select } from '@throughline/ui'
import { useState } from 'react'
import { readJobs, refreshMs } from '../console.api.ts'
import { PagedTable, usePages } from '../paged-table.tsx'
import { jobColumns, jobStateLabels } from './job-columns.tsx'

export function JobsScreen() {
  const [state, setState] = useState('')
  const pages = usePages({
    queryKey: ['jobs', state],
    read: (cursor, signal) => readJobs(state, cursor, signal),
    refetchInterval: refreshMs,
  })
  return (
    <>
      <PageHeader title="Jobs">
        Work of all firms, newest first. The table is the truth; Redis only carries it.
      </PageHeader>
      <search className="mb-4 block max-w-56">
        <Field label="State">
          {(ids) => (
            <Select {...ids} value={state} onChange={(event) => setState(event.target.value)}>
              <option value="">All</option>
              {jobStates.map((each) => (
                <option key={each} value={each}>
                  {jobStateLabels[each].text}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </search>
      <PagedTable
        label="Jobs"
        pages={pages}
        columns={jobColumns}
        keyOf={({ id }) => id}
        empty={<EmptyState title="No jobs">What is asked of agents and imports runs here.</EmptyState>}
      />
    </>
  )
}

'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type CreateDeal, dealPriorities } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, Input, messageOf, Select, toast, useSession } from '@throughline/ui'
import type { FormEvent } from 'react'
import { postDeal, readCompanies } from './deals.api.ts'
import { priorityLabels, stageLabels } from './stages.ts'

const openStages = ['LEAD', 'QUALIFIED', 'NEGOTIATION'] as const

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

/** Only what was filled in: the API has its own defaults. */
function dealOf(form: FormData): Partial<CreateDeal> {
  const entries = ['title', 'value', 'stage', 'priority', 'companyId', 'expectedCloseDate'].map((name) => [
    name,
    textOf(form, name),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

/** Writes a deal down. */
export function NewDealDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const client = useQueryClient()
  const { user } = useSession()
  const { data: companies } = useQuery({
    queryKey: ['companies', ''],
    queryFn: ({ signal }) => readCompanies('', signal),
    enabled: open,
  })
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: postDeal,
    onSuccess: async (deal) => {
      toast.success(`${deal.title} was created`)
      onOpenChange(false)
      await Promise.all(['board', 'deals', 'statistics'].map((key) => client.invalidateQueries({ queryKey: [key] })))
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(dealOf(new FormData(event.currentTarget)))
  }
  const change = (next: boolean) => {
    reset()
    onOpenChange(next)
  }
  return (
    <Dialog open={open} onOpenChange={change} title="New deal">
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Title">{(ids) => <Input {...ids} name="title" required maxLength={200} autoFocus />}</Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={`Value (${user?.tenant?.currency ?? ''})`}>
            {(ids) => (
              <Input
                {...ids}
                name="value"
                inputMode="decimal"
                pattern="\d{1,16}(\.\d{1,2})?"
                placeholder="0.00"
                title="A number like 1250.00"
              />
            )}
          </Field>
          <Field label="Stage">
            {(ids) => (
              <Select {...ids} name="stage">
                {openStages.map((stage) => (
                  <option key={stage} value={stage}>
                    {stageLabels[stage]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Priority">
            {(ids) => (
              <Select {...ids} name="priority" defaultValue="MEDIUM">
                {dealPriorities.map((priority) => (
                  <option key={priority} value={priority}>
                    {priorityLabels[priority]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Close date">{(ids) => <Input {...ids} name="expectedCloseDate" type="date" />}</Field>
        </div>
        <Field label="Company">
          {(ids) => (
            <Select {...ids} name="companyId">
              <option value="">None</option>
              {companies?.data.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            Create deal
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

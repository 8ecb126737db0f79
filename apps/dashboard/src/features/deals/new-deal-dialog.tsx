'use client'
import { useMutation } from '@tanstack/react-query'
import type { CreateDeal } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, Input, type Picked, Select, TagInput, toast, useSession } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { refusalWords } from './deal-words.ts'
import { postDeal } from './deals.api.ts'
import { CompanyPicker, ContactPicker } from './record-pickers.tsx'
import { isClosed, priorityChoices } from './stages.ts'
import { cleanTag } from './tags.ts'
import { sumKeys, useDealCache } from './use-deal-cache.ts'
import { useMembers } from './use-members.ts'
import { useStages } from './use-stages.ts'

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

/** Only what was filled in: the API has its own defaults. */
function dealOf(form: FormData): Partial<CreateDeal> {
  const names = ['title', 'stage', 'priority', 'expectedCloseDate', 'leadSource']
  const entries = names.map((name) => [name, textOf(form, name)])
  const value = textOf(form, 'value').replace(/[\s,]/g, '')
  return Object.fromEntries([...entries, ['value', value]].filter(([, said]) => said !== ''))
}

interface Picks {
  company: Picked | null
  contact: Picked | null
  tags: string[]
}
const nothing: Picks = { company: null, contact: null, tags: [] }

function Owner() {
  const { owners, ownId } = useMembers()
  const { user } = useSession()
  if (user?.role === 'member') return null
  return (
    <Field label="Owner">
      {(ids) => (
        <Select {...ids} name="ownerId" key={owners.length} defaultValue={ownId}>
          {owners.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          <option value="">Nobody</option>
        </Select>
      )}
    </Field>
  )
}

/** Title and money first; all else can wait. */
function Fields({ picks, setPicks }: { picks: Picks; setPicks(picks: Picks): void }) {
  const { user } = useSession()
  const { order, name } = useStages()
  return (
    <>
      <Field label="Title">{(ids) => <Input {...ids} name="title" required maxLength={200} autoFocus />}</Field>
      <Field label="Company">
        {(ids) => (
          <CompanyPicker
            {...ids}
            value={picks.company}
            onChange={(company) => setPicks({ ...picks, company })}
            placeholder="Find or create"
          />
        )}
      </Field>
      <Field label="Contact">
        {(ids) => (
          <ContactPicker
            {...ids}
            companyId={picks.company?.id}
            value={picks.contact}
            onChange={(contact) => setPicks({ ...picks, contact })}
            placeholder="Find, or create: name and e-mail"
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field label={`Value (${user?.tenant?.currency ?? ''})`}>
          {(ids) => <Input {...ids} name="value" inputMode="decimal" placeholder="0.00" />}
        </Field>
        <Field label="Close date">{(ids) => <Input {...ids} name="expectedCloseDate" type="date" />}</Field>
        <Field label="Stage">
          {(ids) => (
            <Select {...ids} name="stage">
              {order
                .filter((stage) => !isClosed(stage))
                .map((stage) => (
                  <option key={stage} value={stage}>
                    {name(stage)}
                  </option>
                ))}
            </Select>
          )}
        </Field>
        <Field label="Priority">
          {(ids) => (
            <Select {...ids} name="priority" defaultValue="MEDIUM">
              {priorityChoices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Owner />
        <Field label="Source">{(ids) => <Input {...ids} name="leadSource" maxLength={80} />}</Field>
      </div>
      <Field label="Tags">
        {(ids) => (
          <TagInput {...ids} value={picks.tags} clean={cleanTag} onChange={(tags) => setPicks({ ...picks, tags })} />
        )}
      </Field>
    </>
  )
}

/** Writes a deal down. */
export function NewDealDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const cache = useDealCache()
  const [picks, setPicks] = useState(nothing)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: postDeal,
    onSuccess: async (deal) => {
      toast.success(`${deal.title} was created`)
      change(false)
      await cache.refresh('deals', ...sumKeys)
    },
  })
  function change(next: boolean) {
    reset()
    setPicks(nothing)
    onOpenChange(next)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    mutate({
      ...dealOf(form),
      ...(form.has('ownerId') ? { ownerId: textOf(form, 'ownerId') || null } : {}),
      companyId: picks.company?.id ?? null,
      contactId: picks.contact?.id ?? null,
      tags: picks.tags,
    })
  }
  return (
    <Dialog open={open} onOpenChange={change} title="New deal">
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{refusalWords(error, { title: '', value: '' })}</Alert> : null}
        <Fields picks={picks} setPicks={setPicks} />
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

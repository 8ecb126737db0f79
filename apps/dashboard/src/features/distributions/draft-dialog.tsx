'use client'
import { draftDistribution } from '@throughline/contracts'
import { Field, Select } from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postDraft } from './distributions.api.ts'

const amounts = [
  ['returnOfCapital', 'Return of capital'],
  ['gain', 'Gain'],
  ['income', 'Income'],
  ['recallable', 'Of the return of capital, recallable'],
] as const
const start = { title: '', distributedOn: '', returnOfCapital: '0', gain: '0', income: '0', recallable: '0' }

interface DraftDialogProps {
  fundId: string
  onMade(id: string): void
  onClose(): void
}

/** A new distribution. Who gets what is shown on its page, before anything is owed. */
export function DraftDialog({ fundId, onMade, onClose }: DraftDialogProps) {
  const [values, setValues] = useState(start)
  const [method, setMethod] = useState<'commitment' | 'waterfall'>('commitment')
  const set = (name: keyof typeof start) => (value: string) => setValues((before) => ({ ...before, [name]: value }))
  const send = async (key: string) => {
    const draft = draftDistribution.parse({ ...values, basis: { method } })
    onMade((await postDraft(fundId, draft, key)).id)
  }
  return (
    <MoneyDialog title="New distribution" confirm="Save draft" done="The draft is saved" send={send} onClose={onClose}>
      <LineField label="Title" value={values.title} onChange={set('title')} />
      <LineField label="Day" type="date" value={values.distributedOn} onChange={set('distributedOn')} />
      <div className="grid gap-3 sm:grid-cols-2">
        {amounts.map(([name, label]) => (
          <LineField key={name} label={label} value={values[name]} onChange={set(name)} />
        ))}
      </div>
      <Field label="Shared by" hint="With the waterfall, the carry of the general partner comes off the profit first.">
        {(ids) => (
          <Select
            {...ids}
            value={method}
            onChange={({ target }) => setMethod(target.value === 'waterfall' ? 'waterfall' : 'commitment')}
          >
            <option value="commitment">Commitment</option>
            <option value="waterfall">Waterfall of the fund’s terms</option>
          </Select>
        )}
      </Field>
    </MoneyDialog>
  )
}

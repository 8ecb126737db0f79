'use client'
import { Field, Input, issueAt, Select } from '@throughline/ui'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { textOf } from '../records/form-lists.ts'
import { FormDialog } from './form-dialog.tsx'
import { postFund } from './funds.api.ts'

const read = (form: FormData) => ({
  name: textOf(form, 'name'),
  legalName: textOf(form, 'legalName') || textOf(form, 'name'),
  currency: textOf(form, 'currency').toUpperCase(),
  timeZone: textOf(form, 'timeZone'),
  vintage: Number(textOf(form, 'vintage')),
})

function Fields({ error }: { error: unknown }) {
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], [])
  return (
    <>
      <Field label="Name" error={issueAt(error, 'name')}>
        {(ids) => <Input {...ids} name="name" required maxLength={120} />}
      </Field>
      <Field
        label="Legal name"
        hint="As it stands on notices; the name when it is left out."
        error={issueAt(error, 'legalName')}
      >
        {(ids) => <Input {...ids} name="legalName" maxLength={200} />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Currency" hint="It stays once there are commitments." error={issueAt(error, 'currency')}>
          {(ids) => <Input {...ids} name="currency" required minLength={3} maxLength={3} defaultValue="EUR" />}
        </Field>
        <Field label="Vintage" hint="The year of its first investment." error={issueAt(error, 'vintage')}>
          {(ids) => (
            <Input
              {...ids}
              name="vintage"
              type="number"
              required
              min={1980}
              max={2100}
              defaultValue={new Date().getFullYear()}
            />
          )}
        </Field>
      </div>
      <Field
        label="Time zone"
        hint="A due date, or the day of a report, is a day there."
        error={issueAt(error, 'timeZone')}
      >
        {(ids) => (
          <Select {...ids} name="timeZone" defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}>
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </Select>
        )}
      </Field>
    </>
  )
}

/** Makes a fund with the usual terms, and opens it. */
export function NewFundDialog({ onClose }: { onClose(): void }) {
  const router = useRouter()
  return (
    <FormDialog
      title="New fund"
      description="It begins with usual terms, which can be changed afterwards."
      submit="Create fund"
      thing="the funds"
      fields={(error) => <Fields error={error} />}
      read={read}
      send={postFund}
      done={({ name }) => `${name} was created`}
      stale={['funds']}
      onClose={onClose}
      onDone={({ id }) => router.push(`/funds/${id}`)}
    />
  )
}

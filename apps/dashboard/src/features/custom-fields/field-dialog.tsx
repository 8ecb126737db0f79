'use client'
import { type CustomFieldType, type CustomFieldView, customFieldTypes } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, Input, issueAt, Select, Textarea, toast } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { refusalOf } from '../settings/refusal.ts'
import { patchCustomField, postCustomField } from './custom-fields.api.ts'
import { optionsIn, typeLabels } from './field-words.ts'
import { useFieldChange } from './use-custom-fields.ts'

interface Wish {
  label: string
  type: CustomFieldType
  options: string[]
}

const typeOf = (text: string): CustomFieldType => customFieldTypes.find((type) => type === text) ?? 'TEXT'

/** Makes a field, or changes the one that is given: its label and options, never its type. */
export function FieldDialog({ field, onClose }: { field?: CustomFieldView; onClose(): void }) {
  const [type, setType] = useState<CustomFieldType>(field?.type ?? 'TEXT')
  const { mutate, isPending, error } = useFieldChange(
    ({ label, type: chosen, options }: Wish) =>
      field
        ? patchCustomField(field.id, field.version, { label, options })
        : postCustomField({ kind: 'DEAL', label, type: chosen, options }),
    ({ label }) => {
      toast.success(field ? 'Saved' : `${label} is in every deal now`)
      onClose()
    },
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const options = type === 'CHOICE' ? optionsIn(String(form.get('options') ?? '')) : []
    mutate({ label: String(form.get('label')).trim(), type, options })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={field ? `Edit ${field.label}` : 'New field'}>
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{refusalOf(error, 'this field')}</Alert> : null}
        <Field label="Label" error={issueAt(error, 'label')}>
          {(ids) => <Input {...ids} name="label" defaultValue={field?.label} required maxLength={60} autoFocus />}
        </Field>
        <Field label="Type" hint={field ? 'The type of a field stays as it is.' : undefined}>
          {(ids) => (
            <Select
              {...ids}
              value={type}
              disabled={field !== undefined}
              onChange={({ target }) => setType(typeOf(target.value))}
            >
              {customFieldTypes.map((each) => (
                <option key={each} value={each}>
                  {typeLabels[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {type === 'CHOICE' ? (
          <Field label="Options" hint="One a line." error={issueAt(error, 'options')}>
            {(ids) => <Textarea {...ids} name="options" defaultValue={field?.options.join('\n')} required />}
          </Field>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            {field ? 'Save changes' : 'Create field'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

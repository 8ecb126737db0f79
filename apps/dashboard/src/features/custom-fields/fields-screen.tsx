'use client'
import { type CustomFieldView, maxCustomFields } from '@throughline/contracts'
import {
  Badge,
  Button,
  Card,
  Code,
  EmptyState,
  ErrorState,
  messageOf,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { moved } from '../settings/moved.ts'
import { OrderButtons } from '../settings/order-buttons.tsx'
import { postCustomFieldAct, putCustomFieldOrder } from './custom-fields.api.ts'
import { FieldDialog } from './field-dialog.tsx'
import { typeLabels } from './field-words.ts'
import { useCustomFields, useFieldChange } from './use-custom-fields.ts'

const What = ({ field }: { field: CustomFieldView }) => (
  <div className="min-w-0 flex-1 basis-48">
    <p className="flex flex-wrap items-center gap-2">
      <span className="font-medium [overflow-wrap:anywhere]">{field.label}</span>
      <Badge>{typeLabels[field.type]}</Badge>
    </p>
    <p className="mt-0.5 text-muted text-xs [overflow-wrap:anywhere]">
      <Code>{field.key}</Code>
      {field.options.length > 0 ? ` ${field.options.join(', ')}` : ''}
    </p>
  </div>
)

function useAct(act: 'archive' | 'restore', verb: string) {
  return useFieldChange(
    ({ id }: CustomFieldView) => postCustomFieldAct(id, act),
    ({ label }) => toast.success(`${label} is ${verb}`),
  )
}

const failed = (title: string) => (error: unknown) => toast.error(title, { description: messageOf(error) })

function LivingFields({ fields, editable }: { fields: CustomFieldView[]; editable: boolean }) {
  const [editing, setEditing] = useState<CustomFieldView>()
  const [said, setSaid] = useState('')
  const archive = useAct('archive', 'archived; its values are kept')
  const order = useFieldChange(putCustomFieldOrder)
  const move = (index: number, step: -1 | 1) => {
    const next = moved(fields, index, step)
    order.mutate(
      next.map(({ id }) => id),
      {
        onSuccess: () => setSaid(`${fields[index]?.label} is ${index + step + 1} of ${fields.length} now`),
        onError: failed('The order was not changed'),
      },
    )
  }
  return (
    <>
      <ul aria-label="Fields" className="divide-y divide-line">
        {fields.map((field, index) => (
          <li key={field.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <What field={field} />
            {editable ? (
              <div className="flex items-center gap-1">
                <OrderButtons
                  name={field.label}
                  isFirst={index === 0}
                  isLast={index === fields.length - 1}
                  onMove={(step) => move(index, step)}
                />
                <Button kind="ghost" size="sm" aria-label={`Edit ${field.label}`} onClick={() => setEditing(field)}>
                  Edit
                </Button>
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={`Archive ${field.label}`}
                  disabled={archive.isPending}
                  onClick={() => archive.mutate(field, { onError: failed(`${field.label} was not archived`) })}
                >
                  Archive
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {said}
      </p>
      {editing ? <FieldDialog field={editing} onClose={() => setEditing(undefined)} /> : null}
    </>
  )
}

function ArchivedFields({ fields, editable }: { fields: CustomFieldView[]; editable: boolean }) {
  const restore = useAct('restore', 'back, with its values')
  if (fields.length === 0) return null
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold">Archived fields</h2>
      <Card>
        <ul aria-label="Archived fields" className="divide-y divide-line">
          {fields.map((field) => (
            <li key={field.id} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <What field={field} />
              {editable ? (
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={`Restore ${field.label}`}
                  disabled={restore.isPending}
                  onClick={() => restore.mutate(field, { onError: failed(`${field.label} was not restored`) })}
                >
                  Restore
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}

/** What the firm wants to know of a deal beside what every deal has. */
export function FieldsScreen() {
  const { may } = useSession()
  const { fields, archived, error, refetch } = useCustomFields()
  const [creating, setCreating] = useState(false)
  const editable = may('settings:update')
  return (
    <div className="grid max-w-3xl gap-8">
      <section className="grid gap-3">
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div>
            <h2 className="font-semibold">Fields of deals</h2>
            <p className="mt-0.5 text-muted text-sm">
              What you want to know of a deal beside what every deal has. At most {maxCustomFields}.
            </p>
          </div>
          {editable ? (
            <Button kind="primary" onClick={() => setCreating(true)}>
              <Plus aria-hidden /> New field
            </Button>
          ) : null}
        </div>
        <Card>
          {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
          {!fields && !error ? <Skeleton className="m-4 h-40" /> : null}
          {fields?.length === 0 ? (
            <EmptyState title="No fields of your own yet">
              A field stands in every deal: a text, a number, a date, a yes or no, or a choice.
            </EmptyState>
          ) : null}
          {fields && fields.length > 0 ? <LivingFields fields={fields} editable={editable} /> : null}
        </Card>
        {editable ? null : <p className="text-muted text-sm">Owners and admins change these.</p>}
      </section>
      <ArchivedFields fields={archived} editable={editable} />
      {creating ? <FieldDialog onClose={() => setCreating(false)} /> : null}
    </div>
  )
}

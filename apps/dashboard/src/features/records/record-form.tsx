'use client'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, toast } from '@throughline/ui'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { refusalOf, staleOf } from '../settings/refusal.ts'
import { authorsSince } from './authors.ts'
import { kindOf, type Records } from './records.api.ts'
import { type NamedRecord, useStaleRecords } from './use-trash.ts'

export interface RecordFormProps<Shown extends NamedRecord> {
  what: Records
  /** As it is now. */
  record: Shown
  editable: boolean
  change(edited: Pick<NamedRecord, 'id' | 'version'>, form: FormData): Promise<{ version: number }>
  /** The fields of the form, as the record fills them. */
  fields(record: Shown, error: unknown): ReactNode
}

/**
 * The fields of a company or contact. What others change appears at once, but never over what somebody has typed: then
 * they are told when they save, and decide which of the two stands.
 */
export function RecordForm<Shown extends NamedRecord>(props: RecordFormProps<Shown>) {
  const { what, record, editable, change, fields } = props
  const { kind, title } = kindOf[what]
  const refresh = useStaleRecords()
  const [filled, setFilled] = useState(record)
  /** What the next save is about. */
  const [version, setVersion] = useState(record.version)
  const [isTyped, setIsTyped] = useState(false)
  const inputs = useRef(0)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ form }: { form: FormData; inputs: number }) => change({ id: record.id, version }, form),
    onSuccess: (saved, sent) => {
      toast.success('Saved')
      setVersion(saved.version)
      // What was typed while it was on its way is not saved.
      if (inputs.current === sent.inputs) setIsTyped(false)
    },
    // Told of it, whoever saves once more means it.
    onError: (refused) => setVersion(staleOf(refused)?.version ?? version),
    onSettled: refresh,
  })
  if (record.version > filled.version && !isTyped && !isPending) {
    setFilled(record)
    setVersion(record.version)
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate({ form: new FormData(event.currentTarget), inputs: inputs.current })
  }
  const noteInput = () => {
    inputs.current += 1
    setIsTyped(true)
  }
  const takeTheirs = () => {
    reset()
    setIsTyped(false)
  }
  const stale = staleOf(error)
  return (
    <form key={filled.version} onSubmit={submit} onInput={noteInput} aria-label={title} className="grid gap-4">
      {stale ? (
        <Alert>
          <p>
            {authorsSince(stale.changedBy, filled, record)} changed this {kind} in the meantime. What you typed is not
            saved: save once more to put it over theirs.
          </p>
          <Button size="sm" className="mt-2" onClick={takeTheirs}>
            Show theirs
          </Button>
        </Alert>
      ) : error ? (
        <Alert>{refusalOf(error, `this ${kind}`)}</Alert>
      ) : null}
      <fieldset disabled={!editable} className="grid gap-4">
        {fields(filled, error)}
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : null}
    </form>
  )
}

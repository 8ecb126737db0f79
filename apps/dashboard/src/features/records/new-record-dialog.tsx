'use client'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Dialog, messageOf, toast } from '@throughline/ui'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { DuplicateWarning } from './duplicate-warning.tsx'
import { likelyOnes } from './records.api.ts'
import { useStaleRecords } from './use-trash.ts'

interface Props {
  open: boolean
  onOpenChange(open: boolean): void
  kind: 'company' | 'contact'
  /** The page of one that is there already. */
  hrefOf(id: string): string
  create(form: FormData, force: boolean): Promise<{ name: string }>
  fields(error: unknown): ReactNode
}

/** A form for something new, which shows what is there already and asks again. */
export function NewRecordDialog({ open, onOpenChange, kind, hrefOf, create, fields }: Props) {
  const refresh = useStaleRecords()
  const form = useRef<HTMLFormElement>(null)
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (wish: { form: FormData; force: boolean }) => create(wish.form, wish.force),
    onSuccess: ({ name }) => {
      toast.success(`${name} was created`)
      onOpenChange(false)
    },
    onSettled: refresh,
  })
  const send = (force: boolean) => form.current && mutate({ form: new FormData(form.current), force })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    send(false)
  }
  const change = (next: boolean) => {
    reset()
    onOpenChange(next)
  }
  const conflict = likelyOnes(error)
  return (
    <Dialog open={open} onOpenChange={change} title={`New ${kind}`}>
      <form ref={form} onSubmit={submit} className="grid gap-4">
        {fields(error)}
        {conflict ? (
          <DuplicateWarning
            conflict={conflict}
            message={messageOf(error)}
            hrefOf={hrefOf}
            onForce={() => send(true)}
            busy={isPending}
          />
        ) : error ? (
          <Alert>{messageOf(error)}</Alert>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            {`Create ${kind}`}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

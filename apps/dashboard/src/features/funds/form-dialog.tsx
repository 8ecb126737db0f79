'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Dialog, Field, Input, toast } from '@throughline/ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useWishKey } from '../money/use-wish-key.ts'
import { isConfirmed } from '../payments/typed-amount.tsx'
import { textOf } from '../records/form-lists.ts'
import { refusalOf } from '../settings/refusal.ts'

interface FormDialogProps<Body extends object, Made> {
  title: string
  description?: string
  /** The word on the button. */
  submit: string
  /** For refusals: "this investor". */
  thing: string
  fields(error: unknown): ReactNode
  read(form: FormData): Body
  send(body: Body, key: string): Promise<Made>
  done(made: Made): string
  /** First parts of the keys of what is read again, whatever came of it. */
  stale: readonly string[]
  /** What has to be typed once more, of the form's amount. */
  confirmsAmount?: boolean
  onClose(): void
  onDone?(made: Made): void
}

/** A form over the page that is sent once: nothing is shown as done before the answer says so. */
export function FormDialog<Body extends object, Made>(props: FormDialogProps<Body, Made>) {
  const { title, description, submit, thing, fields, read, send, done, stale, confirmsAmount, onClose, onDone } = props
  const client = useQueryClient()
  const { keyOf, failed } = useWishKey()
  const [differs, setDiffers] = useState(false)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Body) => send(body, keyOf(body)),
    onSuccess: (made) => {
      toast.success(done(made))
      onClose()
      onDone?.(made)
    },
    onError: failed,
    onSettled: () => Promise.all(stale.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const isOther = confirmsAmount === true && !isConfirmed(textOf(form, 'confirm'), textOf(form, 'amount'))
    setDiffers(isOther)
    if (!isOther) mutate(read(form))
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={description}>
      <form onSubmit={onSubmit} className="grid gap-4">
        {fields(error)}
        {confirmsAmount ? (
          <Field
            label="The amount once more"
            hint="To confirm it"
            error={differs ? 'This is not the amount above.' : undefined}
          >
            {(ids) => <Input {...ids} name="confirm" required inputMode="decimal" autoComplete="off" />}
          </Field>
        ) : null}
        {error ? <Alert>{refusalOf(error, thing)}</Alert> : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Dialog, Field, Input, messageOf, toast } from '@throughline/ui'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'

export interface MoneyDialogProps {
  title: string
  /** What will happen. */
  children: ReactNode
  confirm: string
  /** What has to be typed before it can be sent; nothing where no money moves. */
  typed?: string | undefined
  /** One key for all tries of the same wish, made before the first. */
  send(key: string): Promise<unknown>
  done: string
  onClose(): void
}

/** A change of money: shown only once it has happened, and confirmed by typing what it is. */
export function MoneyDialog({ title, children, confirm, typed, send, done, onClose }: MoneyDialogProps) {
  const client = useQueryClient()
  const key = useRef('')
  const [text, setText] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => {
      key.current ||= crypto.randomUUID()
      return send(key.current)
    },
    onSuccess: () => {
      toast.success(done)
      onClose()
    },
    // Refused is decided: another try is another wish. Without an answer it may have happened, and the key stays.
    onError: (refusal) => {
      if (!(refusal instanceof Error) || Reflect.get(refusal, 'status') !== 0) key.current = ''
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  const isTyped = typed === undefined || text.trim() === typed
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTyped) mutate()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <div className="grid gap-3 text-sm">{children}</div>
        {typed === undefined ? null : (
          <Field label={`Type ${typed} to confirm`}>
            {(ids) => (
              <Input {...ids} value={text} autoComplete="off" onChange={({ target }) => setText(target.value)} />
            )}
          </Field>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={!isTyped || isPending}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@throughline/ui'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ConfirmLayout } from './confirm-layout.tsx'
import { useWishKey } from './use-wish-key.ts'

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
  const { keyOf, failed } = useWishKey()
  const [text, setText] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => send(keyOf({})),
    onSuccess: () => {
      toast.success(done)
      onClose()
    },
    onError: failed,
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  const isTyped = typed === undefined || text.trim() === typed
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTyped) mutate()
  }
  return (
    <ConfirmLayout
      {...{ title, error, confirm, onClose }}
      typedLabel={typed === undefined ? undefined : `Type ${typed} to confirm`}
      typed={text}
      onTyped={setText}
      disabled={!isTyped || isPending}
      onSubmit={submit}
    >
      {children}
    </ConfirmLayout>
  )
}

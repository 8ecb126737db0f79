'use client'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ConfirmLayout } from './confirm-layout.tsx'
import { useWishKey } from './use-wish-key.ts'

interface TypedConfirmProps {
  title: string
  /** What will happen, and what else is asked. */
  children: ReactNode
  /** What has to be typed; nothing where a click is enough. */
  word?: string
  confirm: string
  danger?: boolean
  /** Everything that is chosen beside it: another choice is another wish, with another key. */
  wish?: string
  /** Something else is missing yet. */
  incomplete?: boolean
  onClose(): void
  /** Gets the key of the wish: the same one at each try that had no answer. */
  onConfirm(key: string): Promise<unknown>
}

/** The last question before money moves: nothing happens until the word is typed, and a retry is the same wish. */
export function TypedConfirm(props: TypedConfirmProps) {
  const { title, children, word, confirm, danger, wish = '', incomplete, onClose, onConfirm } = props
  const { keyOf, failed } = useWishKey()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const isReady = !incomplete && (word === undefined || typed.trim() === word)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || busy) return
    setBusy(true)
    setError(undefined)
    onConfirm(keyOf({ wish }))
      .then(onClose)
      .catch((refusal: unknown) => {
        failed(refusal)
        setError(refusal)
      })
      .finally(() => setBusy(false))
  }
  return (
    <ConfirmLayout
      {...{ title, error, danger, onClose }}
      typedLabel={word === undefined ? undefined : `Type “${word}” to confirm`}
      typed={typed}
      onTyped={setTyped}
      confirm={busy ? 'One moment…' : confirm}
      disabled={!isReady || busy}
      onSubmit={submit}
    >
      {children}
    </ConfirmLayout>
  )
}

'use client'
import { Alert, Button, Dialog, Field, Input, messageOf } from '@throughline/ui'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'

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
  /** Gets the key of the wish: the same one at each try. */
  onConfirm(key: string): Promise<unknown>
}

/** One key for all tries of one wish. */
function useKeyOfWish(): (wish: string) => string {
  const kept = useRef<{ wish: string; key: string }>(undefined)
  return (wish) => {
    if (kept.current?.wish !== wish) kept.current = { wish, key: crypto.randomUUID() }
    return kept.current.key
  }
}

/** The last question before money moves: nothing happens until the word is typed, and a retry is the same wish. */
export function TypedConfirm(props: TypedConfirmProps) {
  const { title, children, word, confirm, danger, wish = '', incomplete, onClose, onConfirm } = props
  const keyOf = useKeyOfWish()
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const isReady = !incomplete && (word === undefined || typed.trim() === word)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isReady || busy) return
    setBusy(true)
    setError(undefined)
    onConfirm(keyOf(wish))
      .then(onClose)
      .catch(setError)
      .finally(() => setBusy(false))
  }
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()} title={title}>
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <div className="grid gap-3 text-sm">{children}</div>
        {word === undefined ? null : (
          <Field label={`Type “${word}” to confirm`}>
            {(ids) => (
              <Input {...ids} autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
            )}
          </Field>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={danger ? 'danger' : 'primary'} type="submit" disabled={!isReady || busy}>
            {busy ? 'One moment…' : confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

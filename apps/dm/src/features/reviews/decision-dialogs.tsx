'use client'
import { Button, Dialog, Field, Textarea } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import type { Decision } from './reviews.api.ts'

export type Deciding = Decision['kind'] | undefined

interface DecisionDialogProps {
  deciding: Deciding
  busy: boolean
  onClose(): void
  onDecide(decision: Decision): void
}

const words = {
  reject: {
    title: 'Reject this draft',
    label: 'Reason',
    button: 'Reject draft',
    hint: 'The firm reads it, and nothing more is written.',
  },
  'request-revision': {
    title: 'Request a revision',
    label: 'Notes for the writer',
    button: 'Send back',
    hint: 'The next version comes back to you first.',
  },
} as const

function WordsForm({
  kind,
  busy,
  onDecide,
  text,
  onText,
}: {
  kind: 'reject' | 'request-revision'
  busy: boolean
  onDecide: DecisionDialogProps['onDecide']
  text: string
  onText(text: string): void
}) {
  const { label, button, hint } = words[kind]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onDecide(kind === 'reject' ? { kind, reason: text } : { kind, notes: text })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Field label={label} hint={hint}>
        {(ids) => (
          <Textarea
            {...ids}
            value={text}
            onChange={(event) => onText(event.target.value)}
            required
            maxLength={2000}
            autoFocus
          />
        )}
      </Field>
      <Button
        kind={kind === 'reject' ? 'danger' : 'primary'}
        type="submit"
        disabled={busy || text.trim() === ''}
        className="justify-self-end"
      >
        {button}
      </Button>
    </form>
  )
}

/** Asks once more, and for the words that go with the decision. What was typed stays when the dialog is closed. */
export function DecisionDialog({ deciding, busy, onClose, onDecide }: DecisionDialogProps) {
  const [text, setText] = useState('')
  const title = deciding === 'approve' ? 'Approve this draft?' : deciding ? words[deciding].title : ''
  return (
    <Dialog open={deciding !== undefined} onOpenChange={(open) => !open && onClose()} title={title}>
      {deciding === 'approve' ? (
        <div className="flex items-center justify-between gap-4">
          <p className="text-muted text-sm">It may be published as it is.</p>
          <Button kind="primary" onClick={() => onDecide({ kind: 'approve' })} disabled={busy} autoFocus>
            Approve draft
          </Button>
        </div>
      ) : null}
      {deciding && deciding !== 'approve' ? (
        <WordsForm kind={deciding} busy={busy} onDecide={onDecide} text={text} onText={setText} />
      ) : null}
    </Dialog>
  )
}

'use client'
import { useMutation } from '@tanstack/react-query'
import { type Signal, signals, type TimelineKind, timelineKinds } from '@throughline/contracts'
import { Alert, Button, Field, Input, issueAt, messageOf, Select, Textarea } from '@throughline/ui'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { signalChoice } from '../deals/score-words.ts'
import { postEntry, type TimelineSubject } from './timeline.api.ts'
import { instantIn, kindLabels } from './timeline-words.ts'
import { useTimelineChanged } from './use-timeline.ts'

/** Ctrl or Cmd and Enter send what is written. */
export function sendOnEnter(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit()
}

const kindIn = (text: string): TimelineKind => timelineKinds.find((kind) => kind === text) ?? 'NOTE'
const signalIn = (text: string): Signal | null => signals.find((signal) => signal === text) ?? null

/** Writes a note, a call, a mail, a meeting or, on a deal, a signal. */
export function EntryForm({ subject }: { subject: TimelineSubject }) {
  const [kind, setKind] = useState<TimelineKind>('NOTE')
  const [written, setWritten] = useState(0)
  const changed = useTimelineChanged()
  const onDeal = subject.kind === 'deal'
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) => {
      const text = (name: string) => String(form.get(name) ?? '').trim()
      const said = { body: text('body'), happenedAt: instantIn(text('happenedAt')) }
      if (!onDeal) return postEntry(subject, { ...said, kind: kind === 'SIGNAL' ? 'NOTE' : kind })
      return postEntry(subject, { ...said, kind, signal: kind === 'NOTE' ? null : signalIn(text('signal')) })
    },
    // A form that is new has nothing in it.
    onSuccess: () => setWritten(written + 1),
    onSettled: changed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(new FormData(event.currentTarget))
  }
  const kinds = timelineKinds.filter((each) => onDeal || each !== 'SIGNAL')
  return (
    <form key={written} onSubmit={submit} aria-label="Add to the timeline" className="grid gap-3">
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <Field label="What happened" error={issueAt(error, 'body')}>
        {(ids) => (
          <Textarea
            {...ids}
            name="body"
            required={kind !== 'SIGNAL'}
            maxLength={10_000}
            className="min-h-16"
            onKeyDown={sendOnEnter}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Kind">
          {(ids) => (
            <Select {...ids} value={kind} onChange={({ target }) => setKind(kindIn(target.value))}>
              {kinds.map((each) => (
                <option key={each} value={each}>
                  {kindLabels[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="When" hint="Now, when it is empty." error={issueAt(error, 'happenedAt')}>
          {(ids) => <Input {...ids} name="happenedAt" type="datetime-local" />}
        </Field>
        {onDeal && kind !== 'NOTE' ? (
          <Field
            label="They"
            hint="It changes the score of the deal."
            error={issueAt(error, 'signal')}
            className="sm:col-span-2"
          >
            {(ids) => (
              <Select {...ids} name="signal" required={kind === 'SIGNAL'} defaultValue="">
                <option value="">{kind === 'SIGNAL' ? 'Choose what they did' : 'Nothing to tell'}</option>
                {signals.map((signal) => (
                  <option key={signal} value={signal}>
                    {signalChoice(signal)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
      </div>
      <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
        Add to timeline
      </Button>
    </form>
  )
}

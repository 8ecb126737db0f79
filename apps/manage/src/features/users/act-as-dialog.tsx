'use client'
import { useMutation } from '@tanstack/react-query'
import { type AdminUserView, type ImpersonationStarted, impersonate } from '@throughline/contracts'
import { Alert, ApiError, Button, Dialog, Field, formatTime, messageOf, Select, Textarea } from '@throughline/ui'
import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { postImpersonation } from './users.api.ts'

const rules = [
  'It ends by itself after 30 minutes, or when you sign out there.',
  'Your name and theirs stand beside everything you do, in the audit log of the firm as well; so does the reason.',
  'You can move no money and change no identity: no members, passwords, second factors or API keys.',
]
const reasonShape = impersonate.shape.reason

const wordsOf = (error: Error): string =>
  error instanceof ApiError && error.status === 404
    ? 'This person cannot work in this firm at the moment: the firm is suspended, or they were put out of it.'
    : messageOf(error)

function Ask({ user, onStarted, onClose }: ActAsProps & { onStarted(started: ImpersonationStarted): void }) {
  const [reason, setReason] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: postImpersonation,
    onSuccess: (started) => {
      onStarted(started)
      // With noopener nobody is told whether the tab was opened; the link that is shown next does for both cases.
      window.open(started.url, '_blank', 'noopener')
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const tenantId = String(new FormData(event.currentTarget).get('tenantId'))
    mutate({ userId: user.id, tenantId, reason })
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ul className="grid list-disc gap-1 pl-5 text-muted text-sm">
        {rules.map((rule) => (
          <li key={rule}>{rule}</li>
        ))}
      </ul>
      {error ? <Alert>{wordsOf(error)}</Alert> : null}
      <Field label="Firm">
        {(ids) => (
          <Select {...ids} name="tenantId">
            {user.memberships.map(({ tenantId, tenantName, role }) => (
              <option key={tenantId} value={tenantId}>
                {tenantName}, as {role}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Reason" hint="10 to 500 characters. The firm can read it.">
        {(ids) => (
          <Textarea
            {...ids}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            required
            maxLength={500}
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={isPending || !reasonShape.safeParse(reason).success}>
          Act as {user.name}
        </Button>
      </div>
    </form>
  )
}

function Started({ user, started, onClose }: ActAsProps & { started: ImpersonationStarted }) {
  return (
    <div className="grid gap-4 text-sm">
      <p role="status">
        A new tab opens as {user.name}, until {formatTime(started.endsAt)}.
      </p>
      <p className="text-muted">
        No new tab? Your browser has blocked it: use this link. It works once, and for one minute.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button asChild>
          <a href={started.url} target="_blank" rel="noopener noreferrer">
            Open as {user.name} <ExternalLink aria-hidden />
          </a>
        </Button>
        <Button kind="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  )
}

interface ActAsProps {
  user: AdminUserView
  onClose(): void
}

/** Goes into a firm as one of its people, for a reason that the firm can read. */
export function ActAsDialog(props: ActAsProps) {
  const { user, onClose } = props
  const [started, setStarted] = useState<ImpersonationStarted>()
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Act as ${user.name}`} description={user.email}>
      {started ? <Started {...props} started={started} /> : <Ask {...props} onStarted={setStarted} />}
    </Dialog>
  )
}

'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Dialog, Field, messageOf, Select, toast } from '@throughline/ui'
import { type FormEvent, useId, useState } from 'react'
import { postStatements } from './fund-documents.api.ts'

const quarters = 12

/** The quarters that have ended, latest first. */
function endedQuarters(now: Date): string[] {
  const last = now.getFullYear() * 4 + Math.floor(now.getMonth() / 3) - 1
  return Array.from({ length: quarters }, (_, back) => last - back).map(
    (index) => `${Math.floor(index / 4)}-Q${(index % 4) + 1}`,
  )
}

/** Asks which quarter, and whether investors are told. */
export function StatementsDialog({ fundId, onClose }: { fundId: string; onClose(): void }) {
  const client = useQueryClient()
  const notifyId = useId()
  const [period, setPeriod] = useState(() => endedQuarters(new Date())[0] ?? '')
  const [notify, setNotify] = useState(false)
  // One key for all tries of this wish; another wish is another key.
  const [key, setKey] = useState(() => crypto.randomUUID())
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => postStatements(fundId, { period, notify }, key),
    onSuccess: async () => {
      toast.success(`The statements of ${period} are being made`)
      await client.invalidateQueries({ queryKey: ['fund'] })
      onClose()
    },
  })
  const change = (next: () => void) => {
    next()
    setKey(crypto.randomUUID())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Make statements"
      description="Capital account statements for all investors. An earlier one stays as it is; where figures differ, a new revision is made."
    >
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Quarter">
          {(ids) => (
            <Select {...ids} value={period} onChange={(event) => change(() => setPeriod(event.target.value))}>
              {endedQuarters(new Date()).map((each) => (
                <option key={each}>{each}</option>
              ))}
            </Select>
          )}
        </Field>
        <div className="flex items-center gap-2.5 text-sm">
          <Checkbox
            id={notifyId}
            checked={notify}
            onChange={(event) => change(() => setNotify(event.target.checked))}
          />
          <label htmlFor={notifyId}>Mail a link to the contacts of each investor</label>
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={isPending}>
            Make statements
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { CallLineView, CapitalCallDetail } from '@throughline/contracts'
import { Field, formatMoney, Input, Select, toast } from '@throughline/ui'
import { useState } from 'react'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { type LineStep, stepLine } from './calls.api.ts'

interface Act {
  label: string
  says: string
  step: LineStep
  /** In these states of the line. */
  when: readonly CallLineView['state'][]
  needsReason?: boolean
  needsDay?: boolean
  body(given: { reason: string; day: string }): object
}

const late: Act['when'] = ['OVERDUE', 'DEFAULT_NOTICE', 'DEFAULTED']
const acts: Readonly<Record<string, Act>> = {
  send_notice: {
    label: 'Default notice',
    says: 'The days to cure begin today. Nothing else happens by itself.',
    step: 'default',
    when: ['OVERDUE'],
    body: () => ({ action: 'send_notice' }),
  },
  designate: {
    label: 'Designate the default',
    says: 'The investor takes part in no further call. Somebody else than who sent the notice designates it.',
    step: 'default',
    when: ['DEFAULT_NOTICE'],
    body: () => ({ action: 'designate' }),
  },
  cure: {
    label: 'Cure',
    says: 'A late payment is accepted, or the default waived: the investor takes part in calls again.',
    step: 'default',
    when: ['DEFAULT_NOTICE', 'DEFAULTED'],
    needsReason: true,
    body: ({ reason }) => ({ action: 'cure', reason }),
  },
  interest: {
    label: 'Charge late interest',
    says: 'Interest of the terms of the fund, from the due date through a day. It is owed on this line, outside of the commitment.',
    step: 'late-interest',
    when: late,
    needsDay: true,
    body: ({ day }) => ({ through: day }),
  },
  shortfall: {
    label: 'Write off a bank’s charges',
    says: 'What is short of a line that was paid, within the tolerance of the fund, becomes an expense.',
    step: 'write-off',
    when: ['PARTIAL', ...late],
    needsReason: true,
    body: ({ reason }) => ({ what: 'shortfall', reason }),
  },
  rest: {
    label: 'Write off all that is outstanding',
    says: 'It will never be paid: it becomes an expense of the fund, and the line is settled.',
    step: 'write-off',
    when: ['PENDING', 'NOTIFIED', 'PARTIAL', 'CURED', ...late],
    needsReason: true,
    body: ({ reason }) => ({ what: 'rest', reason }),
  },
}

interface LineDialogProps {
  call: CapitalCallDetail
  line: CallLineView
  onClose(): void
}

/** What is deliberately done about a line that is late or short. */
export function LineDialog({ call, line, onClose }: LineDialogProps) {
  const client = useQueryClient()
  const possible = Object.entries(acts).filter(([, { when }]) => when.includes(line.state))
  const [chosen, setChosen] = useState(possible[0]?.[0] ?? 'rest')
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const act = acts[chosen]
  if (!act) return null
  const take = async (key: string) => {
    const body = { ...act.body({ reason: reason.trim(), day }), version: line.version }
    await stepLine({ callId: call.id, lineId: line.id }, act.step, body, { key }).finally(() =>
      client.invalidateQueries({ queryKey: ['call-lines'] }),
    )
    await client.invalidateQueries({ queryKey: ['calls'] })
    await client.invalidateQueries({ queryKey: ['fund', call.fundId] })
    toast(`${act.label}: done`)
  }
  return (
    <TypedConfirm
      wish={JSON.stringify([chosen, reason, day])}
      title={`The line of ${line.name}`}
      word={line.outstanding}
      confirm={act.label}
      danger={chosen === 'rest' || chosen === 'designate'}
      incomplete={(act.needsReason && reason.trim() === '') || (act.needsDay && day === '')}
      onClose={onClose}
      onConfirm={take}
    >
      <p className="tabular">{formatMoney(line.outstanding, call.currency)} is outstanding.</p>
      <Field label="What to do" hint={act.says}>
        {(ids) => (
          <Select {...ids} value={chosen} onChange={(event) => setChosen(event.target.value)}>
            {possible.map(([name, { label }]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {act.needsReason ? (
        <Field label="Why">
          {(ids) => (
            <Input {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      ) : null}
      {act.needsDay ? (
        <Field label="Through">
          {(ids) => <Input {...ids} type="date" value={day} onChange={(event) => setDay(event.target.value)} />}
        </Field>
      ) : null}
    </TypedConfirm>
  )
}

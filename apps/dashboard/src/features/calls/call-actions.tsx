'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { CapitalCallDetail } from '@throughline/contracts'
import {
  Button,
  Field,
  formatDay,
  formatMoney,
  Input,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
  toast,
  useSession,
} from '@throughline/ui'
import { MoreHorizontal, Pencil } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { callName, stepWords } from './call-words.ts'
import { type CallStep, stepCall } from './calls.api.ts'

/** The one that leads on; the others are in the menu. */
const leading: readonly CallStep[] = ['approve', 'issue', 'submit', 'close', 'reopen']

/** What can be done with a call in its state, by this person. */
export function CallActions({ call }: { call: CapitalCallDetail }) {
  const { may, user } = useSession()
  const [asked, setAsked] = useState<CallStep>()
  const isAuthor = call.lastEditor?.id === user?.id
  const allowed = call.actions.filter((step) => may(stepWords[step].permission) && !(step === 'approve' && isAuthor))
  const first = leading.find((step) => allowed.includes(step))
  const others = allowed.filter((step) => step !== first)
  const isEditable =
    may('capital_call:draft') && ['DRAFT', 'IN_REVIEW', 'APPROVED'].includes(call.state) && call.overcallOf === null
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isAuthor && call.actions.includes('approve') ? (
        <span className="text-muted text-sm">Somebody else has to approve it</span>
      ) : null}
      {isEditable ? (
        <Button asChild>
          <Link href={`/funds/${call.fundId}/calls/new?call=${call.id}`}>
            <Pencil aria-hidden /> Edit
          </Link>
        </Button>
      ) : null}
      {others.length > 0 ? (
        <Menu>
          <MenuTrigger asChild>
            <Button size="icon" aria-label="More to do with this call">
              <MoreHorizontal aria-hidden />
            </Button>
          </MenuTrigger>
          <MenuContent>
            {others.map((step) => (
              <MenuItem key={step} onSelect={() => setAsked(step)}>
                {stepWords[step].label}
              </MenuItem>
            ))}
          </MenuContent>
        </Menu>
      ) : null}
      {first ? (
        <Button kind="primary" onClick={() => setAsked(first)}>
          {stepWords[first].label}
        </Button>
      ) : null}
      {asked ? <StepQuestion call={call} step={asked} onClose={() => setAsked(undefined)} /> : null}
    </div>
  )
}

/** Cancelling, where the page itself leads to it. */
export function CancelButton({ call, label }: { call: CapitalCallDetail; label: string }) {
  const { may } = useSession()
  const [asks, setAsks] = useState(false)
  if (!may(stepWords.cancel.permission)) return null
  return (
    <>
      <Button size="sm" onClick={() => setAsks(true)}>
        {label}
      </Button>
      {asks ? <StepQuestion call={call} step="cancel" onClose={() => setAsks(false)} /> : null}
    </>
  )
}

function StepQuestion({ call, step, onClose }: { call: CapitalCallDetail; step: CallStep; onClose(): void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const words = stepWords[step]
  const needsReason = step === 'cancel'
  const take = async (key: string) => {
    const body = { version: call.version, ...(needsReason ? { reason: reason.trim() } : {}) }
    await stepCall(call.id, step, body, { key }).finally(() => client.invalidateQueries({ queryKey: ['calls'] }))
    await client.invalidateQueries({ queryKey: ['fund', call.fundId] })
    await client.invalidateQueries({ queryKey: ['call-lines', call.id] })
    toast(words.done)
  }
  return (
    <TypedConfirm
      title={`${words.label}: ${callName(call)}`}
      word={words.typed ? call.amount : undefined}
      confirm={words.label}
      danger={step === 'cancel'}
      wish={reason}
      incomplete={needsReason && reason.trim() === ''}
      onClose={onClose}
      onConfirm={take}
    >
      <p>{words.says}</p>
      <p className="tabular">
        {formatMoney(call.amount, call.currency)}, due {formatDay(call.dueDate)}.
      </p>
      {needsReason ? (
        <Field label="Why">
          {(ids) => (
            <Input {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      ) : null}
    </TypedConfirm>
  )
}

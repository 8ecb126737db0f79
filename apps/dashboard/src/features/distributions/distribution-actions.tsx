'use client'
import type { DistributionDetail } from '@throughline/contracts'
import { Button, formatMoney, useSession } from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postApproval, postCancel, postDeclaration, postSubmit } from './distributions.api.ts'
import { PayDialog } from './pay-dialog.tsx'

type Act = 'submit' | 'approve' | 'declare' | 'pay' | 'cancel'
interface ActProps {
  distribution: DistributionDetail
  currency: string
  today: string
  onClose(): void
}

function actsOf({ state, lastEditorId }: DistributionDetail, userId: string | undefined): Act[] {
  if (state === 'DRAFT') return ['submit', 'cancel']
  if (state === 'IN_REVIEW') return lastEditorId === userId ? ['cancel'] : ['approve', 'cancel']
  if (state === 'APPROVED') return ['declare', 'cancel']
  return state === 'DECLARED' ? ['pay', 'cancel'] : []
}
const labels: Record<Act, string> = {
  submit: 'Submit for approval',
  approve: 'Approve',
  declare: 'Declare',
  pay: 'Pay',
  cancel: 'Cancel distribution',
}
const permissionOf = {
  submit: 'distribution:draft',
  approve: 'distribution:approve',
  declare: 'distribution:issue',
  pay: 'distribution:issue',
  cancel: 'distribution:issue',
} as const

/** What can be done with it now, by whoever looks. */
export function DistributionActions(props: Omit<ActProps, 'onClose'>) {
  const { user, may } = useSession()
  const [act, setAct] = useState<Act>()
  const acts = actsOf(props.distribution, user?.id).filter((each) => may(permissionOf[each]))
  const close = () => setAct(undefined)
  const { id, fundId, state } = props.distribution
  const isOpen = state === 'DRAFT' || state === 'IN_REVIEW' || state === 'APPROVED'
  return (
    <div className="flex flex-wrap gap-2">
      {isOpen && may('distribution:draft') ? (
        <Button asChild>
          <Link href={`/funds/${fundId}/distributions/new?distribution=${id}`}>Edit</Link>
        </Button>
      ) : null}
      {acts.map((each) => (
        <Button key={each} kind={each === 'cancel' ? 'ghost' : 'primary'} onClick={() => setAct(each)}>
          {labels[each]}
        </Button>
      ))}
      {props.distribution.state === 'IN_REVIEW' && !acts.includes('approve') ? (
        <p className="self-center text-muted text-sm">Somebody else has to approve it.</p>
      ) : null}
      {act === 'pay' ? <PayDialog {...props} onClose={close} /> : null}
      {act === 'cancel' ? <CancelDialog {...props} onClose={close} /> : null}
      {act && act !== 'pay' && act !== 'cancel' ? <StepDialog {...props} act={act} onClose={close} /> : null}
    </div>
  )
}

function StepDialog({ distribution, currency, act, onClose }: ActProps & { act: Exclude<Act, 'pay' | 'cancel'> }) {
  const { id, title, totals, matrixSha256 } = distribution
  const gross = formatMoney(totals.gross, currency)
  const steps = {
    submit: {
      text: `${title} waits for somebody else to approve it.`,
      done: 'Submitted',
      send: (key: string) => postSubmit(id, key),
    },
    approve: {
      text: `You have seen ${totals.investors} lines that sum to ${gross}. The approval belongs to these lines.`,
      done: 'Approved',
      send: (key: string) => postApproval(id, matrixSha256, key),
    },
    declare: {
      text: `The fund will owe ${gross} to ${totals.investors} investors. What is recallable is said now and never later.`,
      done: 'Declared',
      send: (key: string) => postDeclaration(id, totals.gross, key),
    },
  }
  const { text, done, send } = steps[act]
  return (
    <MoneyDialog
      title={`${labels[act]}?`}
      confirm={labels[act]}
      typed={act === 'submit' ? undefined : totals.gross}
      send={send}
      done={done}
      onClose={onClose}
    >
      <p>{text}</p>
    </MoneyDialog>
  )
}

function CancelDialog({ distribution, onClose }: ActProps) {
  const [reason, setReason] = useState('')
  return (
    <MoneyDialog
      title="Cancel this distribution?"
      confirm="Cancel distribution"
      send={(key) => postCancel(distribution.id, reason, key)}
      done="Cancelled"
      onClose={onClose}
    >
      <p>What was declared is taken back by the opposite entry. It stays in the list.</p>
      <LineField label="Reason" value={reason} onChange={setReason} />
    </MoneyDialog>
  )
}

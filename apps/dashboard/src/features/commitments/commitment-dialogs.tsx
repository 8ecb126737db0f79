'use client'
import type { CommitmentChange, CommitmentView, FundView } from '@throughline/contracts'
import { Checkbox, Combobox, Field, Input, issueAt, type Picked } from '@throughline/ui'
import { type ReactNode, useId, useState } from 'react'
import { FormDialog } from '../funds/form-dialog.tsx'
import { searchInvestors } from '../investors/investors.api.ts'
import { amountOf } from '../payments/typed-amount.tsx'
import { textOf } from '../records/form-lists.ts'
import { postChange, postCommitment, postTransfer } from './commitments.api.ts'

/** `1,250.5` as the API writes it; what is no amount is for the API to refuse. */
const amountIn = (form: FormData): string => amountOf(textOf(form, 'amount')) ?? textOf(form, 'amount')

const stale = ['fund', 'funds', 'investor']

const Amount = ({ fund, error, hint }: { fund: FundView; error: unknown; hint?: string }) => (
  <Field label={`Amount in ${fund.currency}`} hint={hint} error={issueAt(error, 'amount')}>
    {(ids) => <Input {...ids} name="amount" required inputMode="decimal" autoComplete="off" placeholder="1000000.00" />}
  </Field>
)
const Day = ({ name, label, today, error }: { name: string; label: string; today: string; error: unknown }) => (
  <Field label={label} hint="A day of the fund, today or earlier." error={issueAt(error, name)}>
    {(ids) => <Input {...ids} name={name} type="date" required max={today} defaultValue={today} />}
  </Field>
)
const Reason = () => (
  <Field label="Reason" hint="It stays with the change.">
    {(ids) => <Input {...ids} name="reason" required maxLength={500} />}
  </Field>
)

function InvestorField({
  label,
  error,
  value,
  onChange,
}: {
  label: string
  error: string | undefined
  value: Picked | null
  onChange(value: Picked | null): void
}) {
  return (
    <Field label={label} error={error}>
      {(ids) => (
        <Combobox
          {...ids}
          name="investors"
          search={searchInvestors}
          value={value}
          onChange={onChange}
          placeholder="Name or code"
        />
      )}
    </Field>
  )
}

/** What an investor has signed. */
export function NewCommitmentDialog({ fund, onClose }: { fund: FundView; onClose(): void }) {
  const [investor, setInvestor] = useState<Picked | null>(null)
  const feeFreeId = useId()
  return (
    <FormDialog
      title="Add a commitment"
      description={`What an investor has signed to pay to ${fund.name} when it is called.`}
      submit="Add commitment"
      thing="this fund"
      confirmsAmount
      fields={(error) => (
        <>
          <InvestorField
            label="Investor"
            error={issueAt(error, 'investorId')}
            value={investor}
            onChange={setInvestor}
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Close" error={issueAt(error, 'closeName')}>
              {(ids) => <Input {...ids} name="closeName" required maxLength={80} defaultValue="First close" />}
            </Field>
            <Day name="closeDate" label="Day of the close" today={fund.asOf} error={error} />
          </div>
          <Amount fund={fund} error={error} />
          <div className="flex items-center gap-2.5 text-sm">
            <Checkbox id={feeFreeId} name="feeFree" />
            <label htmlFor={feeFreeId}>Pays no management fee</label>
          </div>
        </>
      )}
      read={(form) => ({
        investorId: investor?.id ?? '',
        closeName: textOf(form, 'closeName'),
        closeDate: textOf(form, 'closeDate'),
        amount: amountIn(form),
        feeFree: form.has('feeFree'),
      })}
      send={(body, key) => postCommitment(fund.id, body, key)}
      done={() => 'The commitment is written down'}
      stale={stale}
      onClose={onClose}
    />
  )
}

interface ChangeProps {
  fund: FundView
  commitment: CommitmentView
  onClose(): void
}

const changeWords: Record<CommitmentChange, { title: string; what: string }> = {
  increase: { title: 'Increase the commitment', what: 'From the day on so much more can be called.' },
  decrease: { title: 'Decrease the commitment', what: 'At most what was not called yet can be taken from it.' },
  release: {
    title: 'Release a part',
    what: 'It will not be called any more; the commitment itself stays, and fees on it.',
  },
}

/** More, less, or what will not be called any more. */
export const ChangeDialog = ({ fund, commitment, change, onClose }: ChangeProps & { change: CommitmentChange }) => (
  <FormDialog
    title={changeWords[change].title}
    description={changeWords[change].what}
    submit={changeWords[change].title}
    thing="this commitment"
    confirmsAmount
    fields={(error) => (
      <>
        <Amount fund={fund} error={error} hint={`By how much. Of ${commitment.closeName}: ${commitment.amount}`} />
        <Day name="date" label="From the day on" today={fund.asOf} error={error} />
        <Reason />
      </>
    )}
    read={(form) => ({
      ...{ change, amount: amountIn(form), date: textOf(form, 'date'), reason: textOf(form, 'reason') },
    })}
    send={(body, key) => postChange(commitment, body, key)}
    done={() => 'The commitment is changed'}
    stale={stale}
    onClose={onClose}
  />
)

/** A part or all of it goes to another investor. */
export function TransferDialog({ fund, commitment, onClose }: ChangeProps): ReactNode {
  const [buyer, setBuyer] = useState<Picked | null>(null)
  return (
    <FormDialog
      title="Transfer the commitment"
      description="What was called, paid and distributed on it goes along. What is prepaid stays."
      submit="Transfer commitment"
      thing="this commitment"
      confirmsAmount
      fields={(error) => (
        <>
          <InvestorField label="To" error={issueAt(error, 'toInvestorId')} value={buyer} onChange={setBuyer} />
          <Amount fund={fund} error={error} hint={`At most ${commitment.amount}, for all of it.`} />
          <Day name="date" label="On" today={fund.asOf} error={error} />
          <Reason />
        </>
      )}
      read={(form) => ({
        ...{ toInvestorId: buyer?.id ?? '', amount: amountIn(form) },
        ...{ date: textOf(form, 'date'), reason: textOf(form, 'reason') },
      })}
      send={(body, key) => postTransfer(commitment, body, key)}
      done={() => 'The commitment is transferred'}
      stale={stale}
      onClose={onClose}
    />
  )
}

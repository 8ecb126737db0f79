'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { DealFunding } from '@throughline/contracts'
import { Checkbox, Field, formatMoney, Input, Select, toast, useSession } from '@throughline/ui'
import { useState } from 'react'
import { createAllocation, createAllocationWithCall } from '../calls/calls.api.ts'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { allocationOf, amountToType } from './allocation-form.ts'

interface NewAllocationProps {
  dealId: string
  proposal: NonNullable<DealFunding['proposal']>
  onClose(): void
}

/** Gives a part of a won deal to a fund, and drafts the call that pays for it where that is wanted: both or neither. */
export function NewAllocationDialog({ dealId, proposal, onClose }: NewAllocationProps) {
  const client = useQueryClient()
  const { may } = useSession()
  const [form, setForm] = useState({
    fundId: proposal.funds[0]?.id ?? '',
    basis: 'amount',
    amount: proposal.amount,
    percent: '100',
    tranche: '1',
    withCall: false,
    title: '',
    noticeDate: '',
    dueDate: '',
  })
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part })
  const fund = proposal.funds.find(({ id }) => id === form.fundId)
  const word = amountToType(form)
  const isIncomplete =
    !fund || word === undefined || (form.withCall && (!form.title.trim() || !form.noticeDate || !form.dueDate))
  const take = async (key: string) => {
    const allocation = allocationOf(form, dealId)
    if (form.withCall) {
      const { title, noticeDate, dueDate } = form
      await createAllocationWithCall(
        form.fundId,
        { allocation, call: { title: title.trim(), purpose: '', noticeDate, dueDate } },
        { key },
      )
    } else await createAllocation(form.fundId, allocation, { key })
    await client.invalidateQueries({ queryKey: ['deal-funding', dealId] })
    toast(form.withCall ? 'Allocated, and the call is drafted' : 'Allocated')
  }
  return (
    <TypedConfirm
      title="Allocate to a fund"
      word={word ?? 'an amount'}
      confirm="Allocate"
      wish={JSON.stringify(form)}
      incomplete={isIncomplete}
      onClose={onClose}
      onConfirm={take}
    >
      <p className="tabular">{formatMoney(proposal.amount, proposal.currency)} of the deal is not allocated yet.</p>
      <Field
        label="Fund"
        hint={
          fund
            ? `${formatMoney(fund.available, proposal.currency)} of its commitments is not allocated yet.`
            : `There is no open fund in ${proposal.currency}.`
        }
      >
        {(ids) => (
          <Select {...ids} value={form.fundId} onChange={(event) => set({ fundId: event.target.value })}>
            {proposal.funds.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="By">
          {(ids) => (
            <Select {...ids} value={form.basis} onChange={(event) => set({ basis: event.target.value })}>
              <option value="amount">Amount</option>
              <option value="percent">Per cent of the deal</option>
            </Select>
          )}
        </Field>
        {form.basis === 'amount' ? (
          <Field label={`Amount (${proposal.currency})`}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                value={form.amount}
                onChange={(e) => set({ amount: e.target.value })}
              />
            )}
          </Field>
        ) : (
          <Field label="Per cent">
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                value={form.percent}
                onChange={(event) => set({ percent: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label="Tranche">
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={form.tranche}
              onChange={(e) => set({ tranche: e.target.value })}
            />
          )}
        </Field>
      </div>
      {may('capital_call:draft') ? (
        <label htmlFor="with-call" className="flex items-center gap-2">
          <Checkbox id="with-call" checked={form.withCall} onChange={(e) => set({ withCall: e.target.checked })} />
          Draft the capital call that pays for it
        </label>
      ) : null}
      {form.withCall ? (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Title of the call" className="sm:col-span-2">
            {(ids) => (
              <Input {...ids} maxLength={200} value={form.title} onChange={(e) => set({ title: e.target.value })} />
            )}
          </Field>
          <Field label="Notice date">
            {(ids) => (
              <Input
                {...ids}
                type="date"
                value={form.noticeDate}
                onChange={(e) => set({ noticeDate: e.target.value })}
              />
            )}
          </Field>
          <Field label="Due date">
            {(ids) => (
              <Input {...ids} type="date" value={form.dueDate} onChange={(e) => set({ dueDate: e.target.value })} />
            )}
          </Field>
        </div>
      ) : null}
    </TypedConfirm>
  )
}

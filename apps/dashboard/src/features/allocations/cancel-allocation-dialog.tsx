'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { AllocationView } from '@throughline/contracts'
import { Field, formatMoney, Input, toast } from '@throughline/ui'
import { useState } from 'react'
import { cancelAllocation } from '../calls/calls.api.ts'
import { TypedConfirm } from '../money/typed-confirm.tsx'

/** Gives the place of an allocation free. */
export function CancelAllocationDialog({ allocation, onClose }: { allocation: AllocationView; onClose(): void }) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const { id, dealId, fundName, amount, currency, version } = allocation
  const take = async (key: string) => {
    await cancelAllocation(id, { reason: reason.trim(), version }, { key })
    await client.invalidateQueries({ queryKey: ['deal-funding', dealId] })
    toast('The allocation is cancelled')
  }
  return (
    <TypedConfirm
      title={`Cancel the allocation to ${fundName}?`}
      word={amount}
      confirm="Cancel the allocation"
      danger
      wish={reason}
      incomplete={reason.trim() === ''}
      onClose={onClose}
      onConfirm={take}
    >
      <p className="tabular">{formatMoney(amount, currency)} of the deal can be allocated again.</p>
      <Field label="Why">
        {(ids) => <Input {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </TypedConfirm>
  )
}

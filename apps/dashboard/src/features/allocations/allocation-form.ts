// The allocation as it stands in the form, and what is sent of it. Pure.
import type { CreateAllocation } from '@throughline/contracts'
import { plainAmount } from '../calls/wizard-draft.ts'

interface AllocationForm {
  basis: string
  amount: string
  percent: string
  tranche: string
}

/** What has to be typed to confirm: the amount or the percentage, as it is sent; nothing while it is none. */
export function amountToType({ basis, amount, percent, tranche }: AllocationForm): string | undefined {
  if (!/^[1-9]\d?$/.test(tranche.trim())) return undefined
  const given = basis === 'amount' ? plainAmount(amount) : percent.trim()
  const pattern = basis === 'amount' ? /^\d{1,16}(\.\d{1,2})?$/ : /^\d{1,3}(\.\d{1,6})?$/
  return pattern.test(given) ? given : undefined
}

export const allocationOf = (form: AllocationForm, dealId: string): Partial<CreateAllocation> => ({
  dealId,
  tranche: Number(form.tranche),
  ...(form.basis === 'amount' ? { amount: plainAmount(form.amount) } : { percent: form.percent.trim() }),
})

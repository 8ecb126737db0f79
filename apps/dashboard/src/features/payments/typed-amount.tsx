'use client'
import { Field, formatMoney, Input } from '@throughline/ui'

/** `1,250.5` as the API writes it; nothing for what is no amount. */
export function amountOf(typed: string): string | undefined {
  const [, whole, cents = ''] = /^(\d{1,3}(?:[, ]?\d{3})*)(?:\.(\d{1,2}))?$/.exec(typed.trim()) ?? []
  if (whole === undefined) return undefined
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  return `${digits}.${cents.padEnd(2, '0')}`
}

/** Whether somebody has typed the amount that is asked for. */
export const isConfirmed = (typed: string, amount: string | undefined): boolean =>
  amount !== undefined && amountOf(typed) === amountOf(amount)

/** Asks for the amount once more, by hand. */
export function TypedAmount({
  amount,
  currency,
  value,
  onChange,
}: {
  amount: string | undefined
  currency: string
  value: string
  onChange(value: string): void
}) {
  return (
    <Field
      label="Type the amount to confirm"
      hint={amount ? `${formatMoney(amount, currency)}, typed as ${amount}` : 'The amount comes first.'}
    >
      {(ids) => (
        <Input
          {...ids}
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

'use client'
import { dateOrders, decimalStyles, type ProposedOptions } from '@throughline/contracts'
import { Field, Select } from '@throughline/ui'

interface OptionsProps {
  options: ProposedOptions
  onChange(options: ProposedOptions): void
}
export const unsaid = 'This file can be read in two ways: please choose.'

/** How numbers and days of a file are read; said once, because no row tells. */
export function ReadingOptions({ options, onChange }: OptionsProps) {
  const { decimal, dateOrder } = options
  return (
    <div className="grid gap-4 sm:grid-cols-2 lg:max-w-xl">
      <Field label="Decimal sign" hint="Said once for the whole file" {...(decimal === null ? { error: unsaid } : {})}>
        {(ids) => (
          <Select
            {...ids}
            value={decimal ?? ''}
            onChange={(event) =>
              onChange({ ...options, decimal: decimalStyles.find((each) => each === event.target.value) ?? null })
            }
          >
            {decimal === null ? <option value="">Choose…</option> : null}
            <option value="point">1,250.50</option>
            <option value="comma">1.250,50</option>
          </Select>
        )}
      </Field>
      <Field label="Date order" {...(dateOrder === null ? { error: unsaid } : {})}>
        {(ids) => (
          <Select
            {...ids}
            value={dateOrder ?? ''}
            onChange={(event) =>
              onChange({ ...options, dateOrder: dateOrders.find((each) => each === event.target.value) ?? null })
            }
          >
            {dateOrder === null ? <option value="">Choose…</option> : null}
            <option value="ymd">2026-12-31</option>
            <option value="dmy">31.12.2026</option>
            <option value="mdy">12/31/2026</option>
          </Select>
        )}
      </Field>
    </div>
  )
}

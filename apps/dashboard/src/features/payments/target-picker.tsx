'use client'
import type { ReceivableView, RecordPayment } from '@throughline/contracts'
import { Combobox, Field, formatDay, formatMoney, type Picked } from '@throughline/ui'
import { readPayers, readReceivables } from './payments.api.ts'

const line = 'line:'
const inAdvance = 'in advance:'

/** An open line, to choose or chosen. */
export const lineTarget = ({ lineId, investorName, reference }: LineName): Picked => ({
  id: line + lineId,
  label: `${investorName}, ${reference}`,
})
type LineName = Pick<ReceivableView, 'lineId' | 'investorName' | 'reference'>

/** Where the money of something chosen goes: to a line, or to an investor in advance. */
export const destinationOf = ({ id }: Picked): RecordPayment['to'] =>
  id.startsWith(line) ? { lineId: id.slice(line.length) } : { investorId: id.slice(inAdvance.length) }

/** Open lines and investors by name, code or reference. */
async function findTargets(
  { fundId, currency }: { fundId: string; currency: string },
  typed: string,
  signal: AbortSignal,
): Promise<Picked[]> {
  const [lines, payers] = await Promise.all([
    readReceivables(fundId, typed, signal),
    readPayers(fundId, { search: typed }, signal),
  ])
  return [
    ...lines.data.map((each) => ({
      ...lineTarget(each),
      detail: `${formatMoney(each.outstanding, currency)} due ${formatDay(each.dueDate)}`,
    })),
    ...payers.data.map(({ investorId, name }) => ({
      id: inAdvance + investorId,
      label: `${name}, in advance`,
      detail: 'prepaid, used by the next call',
    })),
  ]
}

/** Finds what a payment is for. */
export function TargetPicker({
  fund,
  label,
  value,
  onChange,
}: {
  fund: { fundId: string; currency: string }
  label: string
  value: Picked | null
  onChange(value: Picked | null): void
}) {
  return (
    <Field label={label}>
      {(ids) => (
        <Combobox
          {...ids}
          value={value}
          onChange={onChange}
          name={`targets of ${fund.fundId}`}
          placeholder="Investor or reference"
          search={(typed, signal) => findTargets(fund, typed, signal)}
        />
      )}
    </Field>
  )
}

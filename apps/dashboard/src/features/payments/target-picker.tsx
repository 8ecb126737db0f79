'use client'
import { isSome, type PayerView, type ReceivableView, type RecordPayment } from '@throughline/contracts'
import { Combobox, Field, formatDay, formatMoney, type Picked } from '@throughline/ui'
import { readPayers, readReceivables } from './payments.api.ts'

const line = 'line:'
const inAdvance = 'in advance:'
const owed = 'owed:'

/** An open line, to choose or chosen. */
export const lineTarget = ({ lineId, investorName, reference }: LineName): Picked => ({
  id: line + lineId,
  label: `${investorName}, ${reference}`,
})
type LineName = Pick<ReceivableView, 'lineId' | 'investorName' | 'reference'>

/** What an investor owes, to choose or chosen. */
export const owedTarget = ({ investorId, name, owed: sum }: PayerView, currency: string): Picked => ({
  id: owed + investorId,
  label: `${name}, owed`,
  detail: `${formatMoney(sum, currency)} owed, because money bounced that was refunded`,
})

/** Where the money of something chosen goes: to a line, to what an investor owes, or to an investor in advance. */
export function destinationOf({ id }: Picked): RecordPayment['to'] {
  if (id.startsWith(line)) return { lineId: id.slice(line.length) }
  return id.startsWith(owed) ? { owedBy: id.slice(owed.length) } : { investorId: id.slice(inAdvance.length) }
}

const owes = ({ owed: sum }: PayerView): boolean => isSome(sum)

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
    ...payers.data.filter(owes).map((payer) => owedTarget(payer, currency)),
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

'use client'
import { useQuery } from '@tanstack/react-query'
import type { PayerView } from '@throughline/contracts'
import { Button, Card, formatMoney, useSession } from '@throughline/ui'
import { readPayers } from './payments.api.ts'

interface OwedListProps {
  fundId: string
  currency: string
  onRecord(payer: PayerView): void
}

/** Investors who owe the fund, because their money has bounced after it was refunded; nothing where nobody does. */
export function OwedList({ fundId, currency, onRecord }: OwedListProps) {
  const { may } = useSession()
  const { data } = useQuery({
    queryKey: ['fund', fundId, 'owed'],
    queryFn: ({ signal }) => readPayers(fundId, { search: '', having: 'owed' }, signal),
  })
  if (!data || data.data.length === 0) return null
  return (
    <section aria-label="Owed by investors" className="grid gap-3">
      <div>
        <h2 className="font-semibold text-lg tracking-tight">Owed by investors</h2>
        <p className="text-muted text-sm">Money that bounced after it was refunded. It is on no line of a call.</p>
      </div>
      <Card>
        <ul className="divide-y divide-line">
          {data.data.map((payer) => (
            <li key={payer.investorId} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 text-sm">
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <span className="font-medium">{payer.name}</span>{' '}
                <span className="tabular">owes {formatMoney(payer.owed, currency)}</span>
              </span>
              {may('payment:record') ? (
                <Button size="sm" onClick={() => onRecord(payer)}>
                  Record what {payer.name} has paid back
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  )
}

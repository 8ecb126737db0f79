'use client'
import { useQuery } from '@tanstack/react-query'
import { ErrorState, Fact, FactList, formatDay, formatMoney, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { CsvLink } from './csv-link.tsx'
import { readFundWaterfall } from './distributions.api.ts'
import { TiersTable } from './tiers-table.tsx'
import { termsWord } from './waterfall-words.ts'

/** How everything that was distributed ran through the tiers, and how the fund would if it were sold today. Asked for when it is opened. */
export function FundWaterfall({ fundId }: { fundId: string }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="cursor-pointer font-medium text-sm">Waterfall of the fund</summary>
      {isOpen ? <Statement fundId={fundId} /> : null}
    </details>
  )
}

function Statement({ fundId }: { fundId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'waterfall'],
    queryFn: ({ signal }) => readFundWaterfall(fundId, signal),
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="mt-3 h-64 rounded-2xl" />
  const money = (amount: string) => formatMoney(amount, data.currency)
  return (
    <div className="mt-3 grid gap-3">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <p className="min-w-0 text-muted text-sm">
          {termsWord(data)} As of {formatDay(data.asOf)}.
        </p>
        <CsvLink address={`/funds/${fundId}/waterfall.csv`} />
      </div>
      <TiersTable
        groups={data.steps.map(({ on, label, hypothetical, shares }, index) => ({
          ...{ key: String(index), title: `${label}, ${formatDay(on)}`, shares },
          note: hypothetical && data.kind === 'american' ? 'if what is held were sold at its value' : undefined,
        }))}
        money={money}
      />
      <FactList>
        <Fact name="Carry earned">{money(data.carryEarned)}, with what would be sold</Fact>
        <Fact name="Declared">{money(data.carryPaid)}</Fact>
      </FactList>
    </div>
  )
}

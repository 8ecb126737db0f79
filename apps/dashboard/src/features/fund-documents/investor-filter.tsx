'use client'
import { useQuery } from '@tanstack/react-query'
import { Combobox, Field, type Picked } from '@throughline/ui'
import { readFundInvestors } from '../commitments/commitments.api.ts'
import { readInvestor } from '../investors/investors.api.ts'

interface InvestorFilterProps {
  fundId: string
  /** The id in the address. */
  investorId: string | null
  onChange(investorId: string | null): void
}

/** Narrows the documents of a fund to those of one of its investors. */
export function InvestorFilter({ fundId, investorId, onChange }: InvestorFilterProps) {
  const { data } = useQuery({
    queryKey: ['investor', investorId],
    queryFn: ({ signal }) => readInvestor(investorId ?? '', signal),
    enabled: investorId !== null,
  })
  const value: Picked | null = investorId === null ? null : { id: investorId, label: data?.name ?? 'An investor' }
  const search = async (typed: string, signal: AbortSignal): Promise<Picked[]> =>
    (await readFundInvestors(fundId, typed, null, signal)).data.map(({ investorId: id, name, code }) => ({
      ...{ id, label: name, detail: code },
    }))
  return (
    <Field label="Investor" className="w-60 max-w-full">
      {(ids) => (
        <Combobox
          {...ids}
          name={`investors of ${fundId}`}
          search={search}
          value={value}
          onChange={(picked) => onChange(picked?.id ?? null)}
          placeholder="All investors"
        />
      )}
    </Field>
  )
}

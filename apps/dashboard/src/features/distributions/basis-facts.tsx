'use client'
import type { DistributionDetail } from '@throughline/contracts'
import { Card, Fact, FactList, useHydrated } from '@throughline/ui'
import { countryName } from '../companies/countries.ts'

/** How the lines come about, as whoever approves them has to know it. */
export function BasisFacts({
  distribution: { basis, dealTitle, named, recyclingCap },
}: {
  distribution: DistributionDetail
}) {
  const isHydrated = useHydrated()
  const names = new Map(named.map(({ investorId, name }) => [investorId, name]))
  const { byCountry, byInvestor } = basis.withholding
  const rates = [
    ...Object.entries(byCountry).map(([code, rate]) => `${isHydrated ? countryName(code) : code} ${rate} %`),
    ...Object.entries(byInvestor).map(([id, rate]) => `${names.get(id) ?? 'An investor'} ${rate} %`),
  ]
  return (
    <Card className="p-4">
      <FactList>
        <Fact name="Deal">{dealTitle ?? 'None in particular'}</Fact>
        <Fact name="Shared by">{basis.method === 'waterfall' ? 'Waterfall' : 'Commitment'}</Fact>
        {basis.method === 'waterfall' ? (
          <Fact name="Carry to">{names.get(basis.carryInvestorId ?? '') ?? 'Nobody is named'}</Fact>
        ) : null}
        {recyclingCap === null ? null : <Fact name="Recycling cap">{recyclingCap} % of a commitment</Fact>}
        <Fact name="Withheld">{rates.length > 0 ? rates.join(', ') : 'Nothing'}</Fact>
      </FactList>
    </Card>
  )
}

'use client'
import { type DistributionWaterfall, isSome } from '@throughline/contracts'
import { Badge, Fact, FactList, formatDay, formatMoney, Notice } from '@throughline/ui'
import type { ReactNode } from 'react'
import { type Money, type TierGroup, TiersTable } from './tiers-table.tsx'
import { proofWords, stepWord, termsWord } from './waterfall-words.ts'

/** Tier by tier, how the carry came about, and the proof that the lines hold it; `children` is what can be done with it. */
export function WaterfallStatement({
  waterfall,
  children,
}: {
  waterfall: DistributionWaterfall
  children?: ReactNode
}) {
  const { currency, hurdle } = waterfall
  const money = (amount: string) => formatMoney(amount, currency)
  return (
    <section aria-label="Waterfall" className="grid gap-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="font-semibold">Waterfall</h3>
          <p className="text-muted text-sm">{termsWord(waterfall)}</p>
        </div>
        {children}
      </div>
      {isSome(waterfall.overpaid) ? (
        <Notice tone="warn">
          {money(waterfall.overpaid)} of carry were declared beyond what is earned: the general partner owes them back.
        </Notice>
      ) : null}
      <TiersTable groups={groupsOf(waterfall, money)} money={money} />
      <div className="grid gap-4 lg:grid-cols-2">
        <div>
          <FactList>
            <Fact name="Carry earned">{money(waterfall.carryEarned)}</Fact>
            <Fact name="Before this">{money(waterfall.carryBefore)}</Fact>
            <Fact name="Carry now">
              <span className="font-semibold">{money(waterfall.carry)}</span>
            </Fact>
            {hurdle ? (
              <Fact name="Before a carry">
                {isSome(hurdle.capital) || isSome(hurdle.preferred)
                  ? `${money(hurdle.capital)} of capital and ${money(hurdle.preferred)} of preferred return are still due to investors`
                  : 'Investors have all of their capital and preferred return'}
              </Fact>
            ) : null}
            <Clawback waterfall={waterfall} money={money} />
          </FactList>
        </div>
        <Proof waterfall={waterfall} money={money} />
      </div>
    </section>
  )
}

/** Each step, and at the end all of them where there are several. */
const groupsOf = ({ steps, tiers }: DistributionWaterfall, money: Money): TierGroup[] => [
  ...steps.map((step) => ({
    key: `${step.of} ${step.dealId} ${step.on}`,
    title: `${stepWord(step)}, ${formatDay(step.on)}`,
    note:
      step.carriedForward && isSome(step.carriedForward)
        ? `leaves ${money(step.carriedForward)} to the next deal`
        : undefined,
    shares: step.shares,
  })),
  ...(steps.length === 1 ? [] : [{ key: 'all', title: 'Since inception', shares: tiers }]),
]

function Clawback({ waterfall: { kind, clawback }, money }: { waterfall: DistributionWaterfall; money: Money }) {
  if (kind === 'european') return null
  return (
    <Fact name="Clawback">
      {clawback
        ? `${money(clawback.due)}: the deals gave ${money(clawback.received)}, the whole fund ${money(clawback.earned)}; taxes on the carry left out`
        : 'Counted once every deal is sold'}
    </Fact>
  )
}

/** Both sides of each equation, counted from different places. */
const Proof = ({ waterfall: { proof }, money }: { waterfall: DistributionWaterfall; money: Money }) => (
  <section aria-label="Proof" className="grid content-start gap-2">
    <h4 className="font-semibold text-sm">Proof</h4>
    <ul className="grid gap-2 text-sm">
      {proof.map(({ what, expected, found, holds }) => (
        <li key={what} className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-2">
          <Badge tone={holds ? 'good' : 'bad'}>{holds ? 'Holds' : 'Differs'}</Badge>
          <span>
            {proofWords[what]}:{' '}
            <span className="tabular whitespace-nowrap">
              {money(expected)} {holds ? '=' : '≠'} {money(found)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  </section>
)

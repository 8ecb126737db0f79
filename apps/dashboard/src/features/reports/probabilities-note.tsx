import type { DealStatistics } from '@throughline/contracts'
import { Card } from '@throughline/ui'
import type { ReactNode } from 'react'
import { useStages } from '../deals/use-stages.ts'
import { Count } from './figures.tsx'

type Probability = DealStatistics['probabilities'][number]

function originOf({ source, sample, sampleDeals, won, wonDeals }: Probability): ReactNode {
  if (source === 'configured') return 'as set for your pipeline'
  if (source === 'default') return 'the usual one: neither history nor a setting says more'
  if (sample === null || won === null) return 'from what closed in the last 365 days'
  return (
    <>
      from the last 365 days: <Count of={{ count: won, deals: wonDeals }} /> won of{' '}
      <Count of={{ count: sample, deals: sampleDeals }} /> closed
    </>
  )
}

/** Where the odds come from that the weighted numbers take. */
export function ProbabilitiesNote({ report }: { report: DealStatistics }) {
  const { name } = useStages()
  return (
    <section aria-labelledby="probabilities">
      <h2 id="probabilities" className="font-semibold">
        Where the probabilities come from
      </h2>
      <Card className="mt-3 p-4 text-sm">
        <dl className="grid gap-2 sm:grid-cols-3">
          {report.probabilities.map((probability) => (
            <div key={probability.stage}>
              <dt className="font-medium">
                {name(probability.stage)}: <span className="tabular">{probability.percent}%</span>
              </dt>
              <dd className="text-muted">{originOf(probability)}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3 text-muted">
          A deal with a probability of its own counts by that one, also when it is 0. History counts once 30 deals that
          passed the stage have closed. Amounts of different currencies are never added.
        </p>
      </Card>
    </section>
  )
}

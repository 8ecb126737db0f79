// The numbers of one answer, made of what the database has added up. Pure: no I/O, no clock.
import { type DealStatistics, dealStages, type OpenStage, openStages } from '@throughline/contracts'
import { countOf, openSetOf, type Percents, setOf, shareOf, velocityOf } from './amounts.rules.ts'
import { lostReasonsOf, ownersOf, sourcesOf } from './breakdowns.rules.ts'
import { conversionsOf, createdOf } from './cohorts.rules.ts'
import { type Fact, Facts, historyOf, inStages, type Link, outcomeOf } from './facts.rules.ts'
import { forecastOf } from './forecast.rules.ts'
import { closedIn, createdIn, enteredIn, type Filter, inStage, isOpen, linkOf, wasIn } from './links.rules.ts'
import { type Configured, percentsOf, probabilitiesOf } from './probabilities.rules.ts'

/** How long the deals of a sample have been in a stage. */
export interface Stay {
  stage: OpenStage
  sample: number
  medianDays: number
  averageDays: number
  /** False when there were more, and the latest were looked at. */
  isAll: boolean
}

export interface Material {
  frame: {
    from: string
    to: string
    today: string
    /** First of the 365 days that say how likely a deal is won. */
    historyFrom: string
    timezone: string
    configured: Configured
  }
  /** Whose deals were asked for; null for all. */
  ownerId: string | null
  /** Whether the caller may know how many deals the firm has closed. */
  seesAll: boolean
  facts: readonly Fact[]
  owners: readonly { id: string; name: string }[]
  stays: readonly Stay[]
}

function stagesOf(rows: readonly Fact[], percents: Percents, link: Link): DealStatistics['byStage'] {
  return dealStages.map((stage) => {
    const here = inStages(rows, stage)
    const count = countOf(here)
    const score = here.reduce((sum, row) => sum + Number(row.score), 0)
    const averageScore = count === 0 ? null : Math.round((score / count) * 10) / 10
    return { stage, ...openSetOf(here, percents, link(inStage(stage))), averageScore }
  })
}

const totalValue = (rows: readonly Fact[]): string => setOf(rows, null).sums[0]?.value ?? '0'

function byCurrency(open: readonly Fact[], closed: readonly Fact[]) {
  const currencies = [...new Set([...open, ...closed].map(({ currency }) => currency))].toSorted()
  const of = (rows: readonly Fact[], currency: string) => rows.filter((row) => row.currency === currency)
  return currencies.map((currency) => {
    const closings = of(closed, currency)
    const won = inStages(closings, 'CLOSED_WON')
    return {
      rate: { currency, rate: shareOf(totalValue(won), totalValue(closings)) },
      velocity: velocityOf(currency, countOf(of(open, currency)), won, inStages(closings, 'CLOSED_LOST')),
    }
  })
}

/** @param deals all that came to the stage in the period and stood in it */
function timeIn(stage: Stay['stage'], stays: readonly Stay[], deals: string | null) {
  const stay = stays.find((each) => each.stage === stage)
  if (!stay) return { stage, sample: 0, deals, medianDays: null, averageDays: null }
  const { sample, isAll, medianDays, averageDays } = stay
  return { stage, sample, deals: isAll ? deals : null, medianDays, averageDays }
}

/** All numbers; what is not there is 0, an empty list, or null where it would be a share of nothing. */
export function statisticsOf({ frame, ownerId, seesAll, facts: rows, owners, stays }: Material): DealStatistics {
  const { from, to, today, historyFrom, timezone, configured } = frame
  const facts = new Facts(rows)
  const whose: Filter = ownerId === null ? {} : { ownerId }
  const link: Link = (...filters) => linkOf(...filters, whose)
  const probabilities = probabilitiesOf(
    historyOf(facts.of('history')),
    configured,
    seesAll ? { from: historyFrom, to: today } : null,
  )
  const percents = percentsOf(probabilities)
  const stages = facts.of('stage')
  const open = inStages(stages, ...openStages)
  const closed = facts.of('closed')
  const cohorts = facts.of('cohort')
  const currencies = byCurrency(open, closed)
  return {
    period: { from, to, today, timezone },
    scope: ownerId === null ? 'firm' : 'own',
    probabilities,
    open: openSetOf(open, percents, link(isOpen)),
    byStage: stagesOf(stages, percents, link),
    forecast: forecastOf(facts, percents, today, link),
    closed: {
      ...outcomeOf(closed, link, closedIn(frame)),
      winRateByValue: currencies.map(({ rate }) => rate),
    },
    cohort: createdOf(inStages(cohorts, 'LEAD'), link, createdIn(frame)),
    conversions: conversionsOf(cohorts, frame, link),
    timeInStage: openStages.map((stage) => timeIn(stage, stays, link(enteredIn(stage, frame), wasIn(stage)))),
    velocity: currencies.map(({ velocity }) => velocity),
    sources: sourcesOf(facts, frame, percents, link),
    lostReasons: lostReasonsOf(facts.of('reason'), frame, link),
    owners: ownersOf(facts, frame, percents, { link, owners }),
  }
}

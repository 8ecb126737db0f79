// What holds for deals whatever the door they come through. Pure: no I/O, no clock.
import { AppError, type DealStage, type DealStatistics, dealStages, type Role } from '@throughline/contracts'
import { Decimal } from 'decimal.js'
import { invalid } from '../invalid.ts'

/** Per cent that a deal in this stage counts in the weighted pipeline. Lost is 0, not "unknown". */
export const stageProbability: Readonly<Record<DealStage, number>> = {
  LEAD: 10,
  QUALIFIED: 30,
  NEGOTIATION: 70,
  CLOSED_WON: 100,
  CLOSED_LOST: 0,
}

/** Whether a deal in this stage is won or lost. */
export const isClosed = (stage: DealStage): boolean => stage === 'CLOSED_WON' || stage === 'CLOSED_LOST'

/** What a deal is before it moves. */
export interface Standing {
  stage: DealStage
  /** What other desks have built on it: an issued capital call. */
  holds: readonly string[]
}

/**
 * Open stages lead to each other and to won or lost; a closed deal must be re-opened before it can close again, and
 * cannot be re-opened while something is built on it.
 * @throws AppError illegal_transition, or validation_failed when the reason of a loss is missing or out of place
 */
export function checkMove({ stage: from, holds }: Standing, to: DealStage, lostReason: string | undefined): void {
  const refused = moveRefusal({ stage: from, holds }, to)
  if (refused === 'held')
    throw new AppError('illegal_transition', {
      message: `This deal cannot be re-opened: ${holds.join(', ')} is based on it.`,
      details: { stage: from, holds },
    })
  if (refused === 'illegal_transition')
    throw new AppError('illegal_transition', {
      message: 'A closed deal must be re-opened before it can be closed another way.',
      details: { stage: from },
    })
  if (to === 'CLOSED_LOST' && from !== to && !lostReason)
    throw invalid({ path: 'body.lostReason', message: 'is needed: why was the deal lost?' })
  if (to !== 'CLOSED_LOST' && lostReason)
    throw invalid({ path: 'body.lostReason', message: 'belongs to lost deals only' })
}

/** Why a deal may not go there; nothing when it may. */
export function moveRefusal(
  { stage: from, holds }: Standing,
  to: DealStage,
): 'illegal_transition' | 'held' | undefined {
  if (isClosed(from) && isClosed(to) && from !== to) return 'illegal_transition'
  return isClosed(from) && !isClosed(to) && holds.length > 0 ? 'held' : undefined
}

/** What a move changes. Closing sets the date once; re-opening clears it and the reason of a loss. */
export const movedTo = (to: DealStage, lostReason: string | undefined, now: Date) => ({
  stage: to,
  closedAt: isClosed(to) ? now.toISOString() : null,
  lostReason: to === 'CLOSED_LOST' ? (lostReason ?? null) : null,
})

/** Two decimals, so that `100` and `100.00` are the same amount. */
export const normalised = (value: string): string => {
  const [whole = '0', cents = ''] = value.split('.')
  return `${whole.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`
}

/** Members work on their own deals; managers and above, and the system, on every one. */
export const mayChange = (actor: { id: string | null; role: Role | null }, ownerId: string | null): boolean =>
  actor.role !== 'member' || (ownerId !== null && ownerId === actor.id)

/** One stage and currency, as counted by the database. */
export interface StageTotal {
  stage: DealStage
  currency: string
  count: number
  value: string
  /** Sum of the lead scores. */
  score: number
}

type Sums = DealStatistics['pipeline']

/** Adds per currency; amounts of different currencies never meet. Rounds half up, once, at the end. */
function sumsOf(totals: readonly StageTotal[], weight: (stage: DealStage) => number): Sums {
  const sums = new Map<string, Decimal>()
  for (const { currency, value, stage } of totals) {
    const weighted = new Decimal(value).times(weight(stage)).dividedBy(100)
    sums.set(currency, (sums.get(currency) ?? new Decimal(0)).plus(weighted))
  }
  const sorted = [...sums].sort(([a], [b]) => a.localeCompare(b))
  return sorted.map(([currency, value]) => ({ currency, value: value.toFixed(2, Decimal.ROUND_HALF_UP) }))
}

const whole = () => 100

/** Statistics of a pipeline. Win rate is won / (won + lost), and null when nothing has closed. */
export function summarise(totals: readonly StageTotal[]): DealStatistics {
  const of = (stage: DealStage) => totals.filter((total) => total.stage === stage)
  const count = (rows: readonly StageTotal[]) => rows.reduce((sum, row) => sum + row.count, 0)
  const open = totals.filter(({ stage }) => !isClosed(stage))
  const won = of('CLOSED_WON')
  const closed = count(won) + count(of('CLOSED_LOST'))
  return {
    openCount: count(open),
    wonCount: count(won),
    lostCount: closed - count(won),
    winRate: closed === 0 ? null : count(won) / closed,
    byStage: dealStages.map((stage) => {
      const rows = of(stage)
      const score = rows.reduce((sum, row) => sum + row.score, 0)
      return {
        stage,
        count: count(rows),
        sums: sumsOf(rows, whole),
        averageScore: count(rows) === 0 ? null : Math.round((score / count(rows)) * 10) / 10,
      }
    }),
    pipeline: sumsOf(open, whole),
    weightedPipeline: sumsOf(open, (stage) => stageProbability[stage]),
    won: sumsOf(won, whole),
  }
}

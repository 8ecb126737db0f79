// What a firm knows of its deals in numbers. Each number carries a filter: `deals` is the query string of
// GET /tenant/v1/deals that lists the deals behind it, for the same eyes. Null: no filter says this.
import * as z from 'zod'
import { currency, dateOnly, id, money } from '../common.ts'
import { dealStages, openStages } from './deals.ts'

const longestPeriodDays = 3_660
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** Days of the firm's time zone, both included. Without any: from the first day of the month before the last, to today. */
export const statisticsQuery = z
  .strictObject({
    from: dateOnly.optional(),
    to: dateOnly.optional(),
    /** Of the caller's own deals only. */
    mine: flag.default(false),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), {
    path: ['to'],
    message: 'a period has a first and a last day',
  })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ['to'], message: 'must not be before the first day' })
  .refine(({ from, to }) => !from || !to || Date.parse(to) - Date.parse(from) <= longestPeriodDays * 86_400_000, {
    path: ['to'],
    message: 'a period has ten years at most',
  })
export type StatisticsQuery = z.infer<typeof statisticsQuery>

const count = z.number().int()
/** 0 to 1, four decimals; null when there is nothing to take a share of. */
const rate = z.number().min(0).max(1).nullable()
const deals = z.string().nullable()
const days = z.number().nullable()

/** One amount a currency; `deals` of what it stands in, with `currency` added, lists its deals. */
const amounts = z.array(z.object({ currency, count, value: money }))
const dealSet = z.object({ count, deals, sums: amounts })
export type DealSet = z.infer<typeof dealSet>
/** Open deals: their sums, and those times their probability. Never across currencies; half up, once, at the end. */
const openSet = dealSet.extend({ weighted: z.array(z.object({ currency, value: money })) })
export type OpenSet = z.infer<typeof openSet>

export const probabilitySources = ['history', 'configured', 'default'] as const

export const stageProbabilityView = z.object({
  stage: z.enum(openStages),
  /** Per cent, one decimal. */
  percent: z.number().min(0).max(100),
  /** `history`: of at least 30 deals that passed the stage and closed in the last 365 days; the rest is settings. */
  source: z.enum(probabilitySources),
  /** How many of them there were, and won; null for those who see their own deals only. */
  sample: count.nullable(),
  sampleDeals: z.string().nullable(),
  won: count.nullable(),
  wonDeals: z.string().nullable(),
})
export type StageProbability = z.infer<typeof stageProbabilityView>

export const dealStatistics = z
  .object({
    /** `today` is the firm's. */
    period: z.object({ from: dateOnly, to: dateOnly, today: dateOnly, timezone: z.string() }),
    /** Whose deals are counted. */
    scope: z.enum(['firm', 'own']),
    probabilities: z.array(stageProbabilityView),
    /** Now. */
    open: openSet,
    /** Now; every stage there is. */
    byStage: z.array(openSet.extend({ stage: z.enum(dealStages), averageScore: z.number().nullable() })),
    /** Open deals by the month in which they are expected to close. */
    forecast: z.object({
      overdue: openSet,
      /** From this month on; of this month, what is not overdue. */
      months: z.array(openSet.extend({ month: z.string().regex(/^\d{4,5}-\d{2}$/) })),
      undated: openSet,
    }),
    /** Closed in the period. */
    closed: z.object({
      won: dealSet,
      lost: dealSet,
      /** Won / (won + lost). */
      winRate: rate,
      winRateByValue: z.array(z.object({ currency, rate })),
    }),
    /** Created in the period, and what has become of it by now. */
    cohort: z.object({ created: z.object({ count, deals }), won: z.object({ count, deals }), conversion: rate }),
    /** Distinct deals that first came to `from` in the period, and those of them that ever came to `to`. */
    conversions: z.array(
      z.object({
        from: z.enum(openStages),
        to: z.enum(dealStages),
        entered: count,
        reached: count,
        rate,
        enteredDeals: deals,
        reachedDeals: deals,
      }),
    ),
    /**
     * Of the latest deals that first came to the stage in the period: all the time they were in it, up to now. `deals` is
     * null when there were more of them than are looked at.
     */
    timeInStage: z.array(
      z.object({ stage: z.enum(openStages), sample: count, deals, medianDays: days, averageDays: days }),
    ),
    /** Won value a day that the pipeline is good for: open deals x win rate x average won value / average cycle. */
    velocity: z.array(
      z.object({
        currency,
        open: count,
        winRate: rate,
        averageWon: money.nullable(),
        averageCycleDays: days,
        perDay: money.nullable(),
      }),
    ),
    sources: z.array(
      z.object({
        /** Null: not known. */
        source: z.string().nullable(),
        created: z.object({ count, deals }),
        /** Of those that were created in the period. */
        createdAndWon: z.object({ count, deals }),
        conversion: rate,
        open: openSet,
        /** Closed in the period. */
        won: dealSet,
        lost: dealSet,
        winRate: rate,
      }),
    ),
    /** Lost in the period, the most frequent first; at most 50. */
    lostReasons: z.array(dealSet.extend({ reason: z.string() })),
    /** Who won most in the period first. */
    owners: z.array(
      z.object({
        /** Null: nobody's. */
        owner: z.object({ id, name: z.string() }).nullable(),
        open: openSet,
        won: dealSet,
        lost: dealSet,
        winRate: rate,
      }),
    ),
  })
  .meta({ id: 'DealStatistics' })
export type DealStatistics = z.infer<typeof dealStatistics>

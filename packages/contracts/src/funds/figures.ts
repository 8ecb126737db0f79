// The figures of funds, with the day that they belong to.
import * as z from 'zod'
import { id, pageQuery } from '../common.ts'
import { asOfQuery } from './valuation.ts'

/** A ratio with four places, or why there is none. */
export const ratioView = z.object({ value: z.string().nullable(), reason: z.string().nullable() })
export const irrView = z.object({
  /** A yearly rate: 0.08 is 8 %. */
  rate: z.number().nullable(),
  reason: z.string().nullable(),
  warnings: z.array(z.string()),
})
export type IrrView = z.infer<typeof irrView>

const amounts = {
  commitment: z.string(),
  called: z.string(),
  /** Settled on calls, inside and outside of the commitments. */
  paidIn: z.string(),
  /** What can still be called. */
  uncalled: z.string(),
  /** Called and neither paid nor written off. */
  outstanding: z.string(),
  distributed: z.string(),
  /** What can be called back on the day. */
  recallable: z.string(),
  prepaid: z.string(),
  nav: z.string(),
}
const multiples = { dpi: ratioView, rvpi: ratioView, tvpi: ratioView, pic: ratioView }

export const fundFigures = z
  .object({
    fundId: id,
    currency: z.string(),
    asOf: z.string(),
    investors: z.int(),
    ...amounts,
    ...multiples,
    /** How recallable distributions count in DPI, TVPI and PIC. */
    policy: z.enum(['gips', 'net']),
    moic: ratioView,
    irr: z.object({
      /** Of investments alone. */
      gross: irrView,
      /** Of investors: after fees, expenses and the carry that the net asset value would cost. */
      net: irrView,
    }),
    /** What the general partner would get if everything were sold at its value. In no entry, and not taken off NAV. */
    accruedCarry: z.string(),
    /** Draws on a subscription line are not recorded: rates with and without one are the same. */
    subscriptionLine: z.literal('none_recorded'),
    /** The day of the last struck NAV up to then. */
    struckOn: z.string().nullable(),
  })
  .meta({ id: 'FundFigures' })
export type FundFigures = z.infer<typeof fundFigures>

export const investorFigures = z
  .object({
    fundId: id,
    investorId: id,
    currency: z.string(),
    asOf: z.string(),
    ...amounts,
    ...multiples,
    policy: z.enum(['gips', 'net']),
    irr: irrView,
    /** The investor's share is of this struck NAV; null before the first. */
    navAsOf: z.string().nullable(),
  })
  .meta({ id: 'InvestorFigures' })
export type InvestorFigures = z.infer<typeof investorFigures>

export const portfolioFigures = z
  .object({
    asOf: z.string(),
    /** Funds of one currency together, from their totals. */
    data: z.array(
      z.object({
        currency: z.string(),
        funds: z.int(),
        ...amounts,
        ...multiples,
        irr: irrView,
        policy: z.literal('gips'),
      }),
    ),
  })
  .meta({ id: 'PortfolioFigures' })
export type PortfolioFigures = z.infer<typeof portfolioFigures>

export const jCurve = z
  .object({
    currency: z.string(),
    data: z.array(
      z.object({
        /** Its last day, or the day asked for. */
        on: z.string(),
        contributed: z.string(),
        distributed: z.string(),
        /** Distributions less contributions since inception. */
        netCashFlow: z.string(),
        nav: z.string(),
      }),
    ),
  })
  .meta({ id: 'JCurve' })
export type JCurve = z.infer<typeof jCurve>

export const waterfallStatement = z
  .object({
    currency: z.string(),
    asOf: z.string(),
    kind: z.enum(['european', 'american']),
    terms: z.object({ preferredReturn: z.string(), carry: z.string(), catchUp: z.string() }),
    /** What was distributed, and at the end the net asset value as if it were. */
    steps: z.array(
      z.object({
        on: z.string(),
        label: z.string(),
        hypothetical: z.boolean(),
        shares: z.array(
          z.object({ tier: z.string(), total: z.string(), investors: z.string(), generalPartner: z.string() }),
        ),
      }),
    ),
    carryEarned: z.string(),
    carryPaid: z.string(),
  })
  .meta({ id: 'WaterfallStatement' })
export type WaterfallStatement = z.infer<typeof waterfallStatement>

/** Figures that entries stand behind. */
export const explainedFigures = [
  'called',
  'paidIn',
  'outstanding',
  'distributed',
  'prepaid',
  'nav',
  'fees',
  'income',
  'unrealised',
] as const
export type ExplainedFigure = (typeof explainedFigures)[number]
export const explainParams = z.object({ fundId: id, figure: z.enum(explainedFigures) })
export const explainQuery = pageQuery.extend(asOfQuery.shape)

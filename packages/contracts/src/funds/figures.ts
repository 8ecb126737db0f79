// The figures of funds, with the day that they belong to.
import * as z from 'zod'
import { currency, id, pageOf, pageQuery } from '../common.ts'
import { fundStates } from './funds.ts'
import { asOfQuery, holdingView } from './valuation.ts'

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
    /**
     * What the general partner would get if everything were sold at its value: a part of NAV that is of no investor. In no entry; taken
     * off in RVPI, TVPI and the net rate.
     */
    accruedCarry: z.string(),
    /** No draw up to the day: the net rate is the same with and without a line. */
    subscriptionLine: z.union([
      z.literal('none_recorded'),
      z.object({
        /** Of the line, and not repaid. */
        drawn: z.string(),
        /** The net rate as if investors had paid on the days on which the line did; `irr.net` is with it, as they had it. */
        netIrrWithout: irrView,
      }),
    ]),
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

/** Of one investor in every fund, each as of the day that it is there; nothing is added up over funds. */
export const investorFiguresList = z
  .object({ data: z.array(investorFigures.extend({ fundName: z.string() })) })
  .meta({ id: 'InvestorFiguresList' })
export type InvestorFiguresList = z.infer<typeof investorFiguresList>

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

export const portfolioFundsQuery = pageQuery.extend({ currency })
export type PortfolioFundsQuery = z.infer<typeof portfolioFundsQuery>
/** One of the funds that a figure of the portfolio is the total of: by the same policy, on the same day. */
export const portfolioFundView = z
  .object({
    fundId: id,
    name: z.string(),
    state: z.enum(fundStates),
    vintage: z.int(),
    currency: z.string(),
    ...amounts,
    ...multiples,
    policy: z.literal('gips'),
  })
  .meta({ id: 'PortfolioFund' })
export type PortfolioFundView = z.infer<typeof portfolioFundView>
export const portfolioFundPage = pageOf(portfolioFundView)
  .extend({ asOf: z.string() })
  .meta({ id: 'PortfolioFundPage' })
export type PortfolioFundPage = z.infer<typeof portfolioFundPage>

/** What one fund holds of one deal. */
export const portfolioHoldingView = holdingView
  .extend({ fundId: id, fundName: z.string(), currency: z.string() })
  .meta({ id: 'PortfolioHolding' })
export type PortfolioHoldingView = z.infer<typeof portfolioHoldingView>
export const portfolioHoldingPage = pageOf(portfolioHoldingView)
  .extend({ asOf: z.string() })
  .meta({ id: 'PortfolioHoldingPage' })
export type PortfolioHoldingPage = z.infer<typeof portfolioHoldingPage>

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

export const tiers = ['return_of_capital', 'preferred_return', 'catch_up', 'split'] as const
export type Tier = (typeof tiers)[number]
/** What of some proceeds ran through a tier, and to whom it went. */
export const tierShareView = z.object({
  tier: z.enum(tiers),
  total: z.string(),
  investors: z.string(),
  generalPartner: z.string(),
})
export type TierShareView = z.infer<typeof tierShareView>

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
        shares: z.array(tierShareView),
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
  'drawn',
  'fees',
  'income',
  'unrealised',
] as const
export type ExplainedFigure = (typeof explainedFigures)[number]
export const explainParams = z.object({ fundId: id, figure: z.enum(explainedFigures) })
export const explainQuery = pageQuery.extend(asOfQuery.shape)

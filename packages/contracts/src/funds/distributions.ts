// What a fund sends back to its investors.
import * as z from 'zod'
import { dateOnly, id, instant, line, pageOf, pageQuery, text, version } from '../common.ts'
import { tierShareView } from './figures.ts'
import { amount, percentage } from './terms.ts'

export const distributionStates = ['DRAFT', 'IN_REVIEW', 'APPROVED', 'DECLARED', 'PAID', 'CANCELLED'] as const
export type DistributionState = (typeof distributionStates)[number]

/** How the lines come about. */
export const distributionBasis = z.strictObject({
  /** By commitment alone, or with the carry that the waterfall of the fund's terms gives to the general partner. */
  method: z.enum(['commitment', 'waterfall']).default('commitment'),
  /** The investor who stands for the general partner: gets the carry. */
  carryInvestorId: id.nullable().default(null),
  /** Tax taken off gain and income, in per cent: an investor's own rate goes before that of the country. */
  withholding: z
    .strictObject({
      byCountry: z.record(z.string().regex(/^[A-Z]{2}$/, 'must be a country code like DE'), percentage).default({}),
      byInvestor: z.record(id, percentage).default({}),
    })
    .default({ byCountry: {}, byInvestor: {} }),
})
export type DistributionBasis = z.infer<typeof distributionBasis>

const draftFields = {
  title: line(200),
  distributedOn: dateOnly,
  /** What was sold or has paid, where it is one deal. */
  dealId: id.nullable().default(null),
  returnOfCapital: amount.default('0'),
  gain: amount.default('0'),
  income: amount.default('0'),
  /** Of the return of capital, what can be called back, as far as the recycling cap allows. Until when follows from the fund's terms. */
  recallable: amount.default('0'),
  basis: distributionBasis.default(distributionBasis.parse({})),
}
export const draftDistribution = z.strictObject(draftFields).meta({ id: 'DraftDistribution' })
export type DraftDistribution = z.infer<typeof draftDistribution>
/** The whole of it anew, so that what is approved was seen as a whole. */
export const updateDistribution = z
  .strictObject({ ...draftFields, version: version.optional() })
  .meta({ id: 'UpdateDistribution' })
export type UpdateDistribution = z.infer<typeof updateDistribution>

export const distributionView = z
  .object({
    id,
    fundId: id,
    number: z.int().nullable(),
    title: z.string(),
    state: z.enum(distributionStates),
    distributedOn: z.string(),
    dealId: id.nullable(),
    returnOfCapital: z.string(),
    gain: z.string(),
    income: z.string(),
    /** Of a draft, as it was asked for; once it is declared, what can be called back. */
    recallable: z.string(),
    /** The last day on which it can be called back; of a draft, as it would be. */
    expiresOn: z.string().nullable(),
    /** Per cent of a commitment that the lines keep to; of a draft, as the terms say now. Null: no cap. */
    recyclingCap: z.string().nullable(),
    basis: distributionBasis,
    lastEditorId: id.nullable(),
    approvedById: id.nullable(),
    approvedAt: instant.nullable(),
    declaredAt: instant.nullable(),
    paidAt: instant.nullable(),
    cancelReason: z.string().nullable(),
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Distribution' })
export type DistributionView = z.infer<typeof distributionView>
export const distributionPage = pageOf(distributionView).meta({ id: 'DistributionPage' })
export const listDistributions = pageQuery

/** Sums of the lines: what was declared, and of a draft, what would be. */
export const distributionTotals = z.object({
  investors: z.int(),
  returnOfCapital: z.string(),
  gain: z.string(),
  income: z.string(),
  carry: z.string(),
  withheld: z.string(),
  recallable: z.string(),
  /** Was to be recallable, and is not: more than the recycling cap allows. */
  aboveCap: z.string(),
  gross: z.string(),
  /** What is sent to investors: gross less what is withheld. */
  net: z.string(),
  /** Of the gross, what was not sent yet. Paying asks for it. */
  unpaid: z.string(),
})
export type DistributionTotals = z.infer<typeof distributionTotals>
export const distributionDetail = distributionView
  .extend({
    totals: distributionTotals,
    /** SHA-256 of the lines as they are now. Approval belongs to it. */
    matrixSha256: z.string(),
    dealTitle: z.string().nullable(),
    /** Whoever the basis names: who gets the carry, who has a rate of its own. */
    named: z.array(z.object({ investorId: id, name: z.string() })),
    /** Why the lines of a draft cannot be made any more (terms or flows have changed since): it has to be edited or cancelled. */
    problem: z.string().nullable(),
  })
  .meta({ id: 'DistributionDetail' })
export type DistributionDetail = z.infer<typeof distributionDetail>

export const distributionLineView = z
  .object({
    investorId: id,
    investorName: z.string(),
    taxCountry: z.string().nullable(),
    returnOfCapital: z.string(),
    gain: z.string(),
    income: z.string(),
    /** Of the general partner, beside its share as an investor. */
    carry: z.string(),
    withheld: z.string(),
    recallable: z.string(),
    /** Of the return of capital, what was to be recallable and is above the recycling cap. */
    aboveCap: z.string(),
    net: z.string(),
    paidAt: instant.nullable(),
  })
  .meta({ id: 'DistributionLine' })
export type DistributionLineView = z.infer<typeof distributionLineView>
export const distributionLinePage = pageOf(distributionLineView).meta({ id: 'DistributionLinePage' })

export const approveDistribution = z
  .strictObject({ matrixSha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256') })
  .meta({ id: 'ApproveDistribution' })
/** The whole amount, typed by whoever does it: nobody pays what he has not read. */
export const confirmDistribution = z.strictObject({ amount }).meta({ id: 'ConfirmDistribution' })
export const payDistribution = z
  .strictObject({
    /** Of the lines that are paid now, taxes included. */
    amount,
    paidOn: dateOnly,
    /** Nobody named: everybody who was not paid yet. */
    investorIds: z.array(id).min(1).max(5000).optional(),
  })
  .meta({ id: 'PayDistribution' })
export type PayDistribution = z.infer<typeof payDistribution>
export const cancelDistribution = z.strictObject({ reason: text(500).min(3) }).meta({ id: 'CancelDistribution' })

/** What has to be equal, so that carry and lines can be believed. */
export const waterfallProofs = [
  'tiers_are_the_distribution',
  'tiers_are_the_carry_earned',
  'earned_less_declared_is_the_carry',
  'lines_are_the_distribution',
] as const
export type WaterfallProof = (typeof waterfallProofs)[number]

/** Tier by tier, how the carry of a distribution has come about: as it was declared, or as it would be now. */
export const distributionWaterfall = z
  .object({
    currency: z.string(),
    on: z.string(),
    /** By the whole fund, or deal by deal. */
    kind: z.enum(['european', 'american']),
    terms: z.object({ preferredReturn: z.string(), carry: z.string(), catchUp: z.string() }),
    /** Return of capital, gain and income of this distribution. */
    amount: z.string(),
    /**
     * Since inception, in the order of days. By the whole fund: distributions, this one last; carry that was declared before is
     * counted with the one before it. Deal by deal: what was sold.
     */
    steps: z.array(
      z.object({
        of: z.enum(['earlier', 'this', 'deal']),
        on: z.string(),
        dealId: id.nullable(),
        dealTitle: z.string().nullable(),
        shares: z.array(tierShareView),
        /** Of a deal: capital and preferred return that this and earlier ones still owe, made up for by the next. */
        carriedForward: z.string().nullable(),
      }),
    ),
    /** Of all steps. */
    tiers: z.array(tierShareView),
    /** By the whole fund: what investors still have to get before a carry, after this distribution. */
    hurdle: z.object({ capital: z.string(), preferred: z.string() }).nullable(),
    carryEarned: z.string(),
    carryBefore: z.string(),
    /** Of this distribution. */
    carry: z.string(),
    /** Carry that was declared beyond what is earned: the general partner owes it back. */
    overpaid: z.string(),
    /** Deal by deal, once everything is sold: what the deals have given less what the whole fund has earned; taxes left out. */
    clawback: z.object({ received: z.string(), earned: z.string(), due: z.string() }).nullable(),
    proof: z.array(
      z.object({ what: z.enum(waterfallProofs), expected: z.string(), found: z.string(), holds: z.boolean() }),
    ),
  })
  .meta({ id: 'DistributionWaterfall' })
export type DistributionWaterfall = z.infer<typeof distributionWaterfall>

/** A draft as it stands in a form. */
export const distributionPreview = z
  .object({
    expiresOn: z.string().nullable(),
    recyclingCap: z.string().nullable(),
    totals: distributionTotals,
    /** Whoever is named in the draft, then the largest; `totals.investors` says how many there are. */
    lines: z.array(distributionLineView),
    waterfall: distributionWaterfall.nullable(),
  })
  .meta({ id: 'DistributionPreview' })
export type DistributionPreview = z.infer<typeof distributionPreview>

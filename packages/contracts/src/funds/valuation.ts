// What a fund holds, what it is worth, and what it costs to run.
import * as z from 'zod'
import { dateOnly, id, instant, pageOf, pageQuery, text } from '../common.ts'
import { amount } from './terms.ts'

export const asOfQuery = z.strictObject({ asOf: dateOnly.optional() })

export const holdingView = z
  .object({
    dealId: id,
    dealTitle: z.string(),
    /** First investment. */
    investedOn: z.string(),
    /** Of everything that was ever bought. */
    invested: z.string(),
    /** Of what is still held. */
    cost: z.string(),
    value: z.string(),
    /** Proceeds of what was sold, and income. */
    realised: z.string(),
    /** Of the deal, gross: value and what was realised over what was invested. */
    moic: z.string().nullable(),
    markedOn: z.string().nullable(),
  })
  .meta({ id: 'Holding' })
export type HoldingView = z.infer<typeof holdingView>
export const holdingList = z.object({ asOf: z.string(), data: z.array(holdingView) }).meta({ id: 'HoldingList' })
export type HoldingList = z.infer<typeof holdingList>

const positive = amount.refine((text) => Number(text) > 0, 'must be above zero')
const note = text(500).default('')

const lineBookingKinds = ['line_draw', 'line_repayment', 'line_interest'] as const
/** What happens beside calls and distributions, each of which is one entry. */
export const bookingKinds = ['investment', 'sale', 'income', 'expense', 'fee_payment', ...lineBookingKinds] as const
export const createBooking = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('investment'), dealId: id, on: dateOnly, amount: positive, note }),
    z.strictObject({
      kind: z.literal('sale'),
      dealId: id,
      on: dateOnly,
      /** Proceeds. */
      amount,
      /** Of what is held, the cost of the part that is sold. */
      cost: positive,
      note,
    }),
    z.strictObject({ kind: z.literal('income'), dealId: id, on: dateOnly, amount: positive, note }),
    z.strictObject({ kind: z.literal('expense'), on: dateOnly, amount: positive, note: text(500).min(3) }),
    z.strictObject({ kind: z.literal('fee_payment'), on: dateOnly, amount: positive, note }),
    /** Of the subscription line: what a bank pays in the place of investors, what it gets back, what it takes for that. */
    z.strictObject({ kind: z.enum(lineBookingKinds), on: dateOnly, amount: positive, note }),
  ])
  .meta({ id: 'CreateBooking' })
export type CreateBooking = z.infer<typeof createBooking>
export const booked = z.object({ entryId: id }).meta({ id: 'Booked' })

export const markHolding = z
  .strictObject({ dealId: id, on: dateOnly, value: amount, reason: text(500).min(3) })
  .meta({ id: 'MarkHolding' })
export type MarkHolding = z.infer<typeof markHolding>
export const navMarkView = z
  .object({
    id,
    dealId: id,
    markedOn: z.string(),
    value: z.string(),
    reason: z.string(),
    entryId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'NavMark' })
export type NavMarkView = z.infer<typeof navMarkView>
export const listNavMarks = pageQuery.extend({ dealId: id.optional() })
export type ListNavMarks = z.infer<typeof listNavMarks>
export const navMarkPage = pageOf(navMarkView).meta({ id: 'NavMarkPage' })

export const navKinds = ['daily', 'final'] as const
export type NavKind = (typeof navKinds)[number]
export const strikeNav = z
  .strictObject({ on: dateOnly, kind: z.enum(navKinds).default('final') })
  .meta({ id: 'StrikeNav' })
export const navPeriodView = z
  .object({
    id,
    fundId: id,
    asOf: z.string(),
    revision: z.int(),
    nav: z.string(),
    /** Of it, what the general partner has earned and was not paid: of no investor. Shares and this sum to the net asset value. */
    accruedCarry: z.string(),
    kind: z.enum(navKinds),
    investors: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'NavPeriod' })
export type NavPeriodView = z.infer<typeof navPeriodView>
export const navPeriodPage = pageOf(navPeriodView).meta({ id: 'NavPeriodPage' })

const rollForward = {
  contributions: z.string(),
  distributions: z.string(),
  income: z.string(),
  fees: z.string(),
  unrealised: z.string(),
  carry: z.string(),
}
export const navShareView = z
  .object({
    investorId: id,
    investorName: z.string(),
    beginning: z.string(),
    ...rollForward,
    ending: z.string(),
    /** Since inception. */
    toDate: z.object(rollForward),
  })
  .meta({ id: 'NavShare' })
export type NavShareView = z.infer<typeof navShareView>
export const navSharePage = pageOf(navShareView).meta({ id: 'NavSharePage' })

/** One investor's part of one struck net asset value. */
export const investorNavShareView = z
  .object({
    periodId: id,
    asOf: z.string(),
    revision: z.int(),
    kind: z.enum(navKinds),
    /** Of the whole fund. */
    nav: z.string(),
    beginning: z.string(),
    ...rollForward,
    ending: z.string(),
  })
  .meta({ id: 'InvestorNavShare' })
export type InvestorNavShareView = z.infer<typeof investorNavShareView>
export const investorNavSharePage = pageOf(investorNavShareView).meta({ id: 'InvestorNavSharePage' })

export const feeQuarterView = z.object({
  from: z.string(),
  /** Not part of it any more. */
  to: z.string(),
  daysOfQuarter: z.int(),
  pieces: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      days: z.int(),
      base: z.enum(['commitments', 'invested_cost']),
      amount: z.string(),
      rate: z.string(),
    }),
  ),
  fee: z.string(),
  /** What the books have; null when it was not accrued yet. */
  accrued: z.string().nullable(),
  entryId: id.nullable(),
})
export type FeeQuarterView = z.infer<typeof feeQuarterView>
export const feeList = z.object({ payable: z.string(), data: z.array(feeQuarterView) }).meta({ id: 'FeeList' })
export type FeeList = z.infer<typeof feeList>
/** Every quarter that has begun by this day and was not accrued yet. */
export const accrueFees = z.strictObject({ through: dateOnly }).meta({ id: 'AccrueFees' })
export const feesAccrued = z.object({ quarters: z.int(), amount: z.string() }).meta({ id: 'FeesAccrued' })

import * as z from 'zod'
import { dateOnly, line, money } from '../common.ts'

/** A percentage from 0 to 100 as a decimal string: `12.5`. */
export const percentage = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'must be a percentage like 12.5')
  .refine((text) => Number(text) <= 100, 'must be at most 100')
/** Money that is zero or more. */
export const amount = money.refine((text) => !text.startsWith('-'), 'must not be below zero')

/** What the agreement of a fund says. Where the field has more than one policy, the fund chooses here, and screens name it. */
export const fundTerms = z
  .strictObject({
    /** From a day on: the rate steps down, or the base changes when the investment period ends. */
    feeSteps: z
      .array(z.strictObject({ from: dateOnly, rate: percentage, base: z.enum(['commitments', 'invested_cost']) }))
      .max(20)
      .default([]),
    waterfall: z.enum(['european', 'american']).default('european'),
    preferredReturn: percentage.default('8'),
    carry: percentage.default('20'),
    /** Share of the catch-up tier that goes to the general partner; 0 is no catch-up. */
    catchUp: percentage.default('100'),
    /** Whether recallable distributions are in the numerators and what was recalled in paid-in (GIPS), or both are left out. */
    recallablePolicy: z.enum(['gips', 'net']).default('gips'),
    /** How long a recallable distribution can be called back; null for as long as the fund lives. */
    recallableMonths: z.int().min(1).max(240).nullable().default(24),
    /** Per cent of a commitment that distributions may make callable again, over the life of the fund; null for no cap. */
    recyclingCap: percentage.nullable().default(null),
    /** Per cent of the original line that may be asked of others for those who do not pay. */
    overcallCap: percentage.default('50'),
    /** Business days between notice and due date. */
    noticeDays: z.int().min(0).max(60).default(10),
    /** Of the fund's own calendar; Saturdays and Sundays never count. */
    holidays: z.array(dateOnly).max(500).default([]),
    /** What they are called, for people. */
    holidayNames: z.record(dateOnly, line(80)).default({}),
    lateInterest: z
      .strictObject({ rate: percentage, dayCount: z.enum(['act/365', 'act/360']) })
      .default({ rate: '12', dayCount: 'act/365' }),
    /** How long an investor has to pay after a default notice. */
    cure: z
      .strictObject({ days: z.int().min(0).max(120), count: z.enum(['business', 'calendar']) })
      .default({ days: 5, count: 'business' }),
    /** What a bank may keep of a wire before somebody is asked: such a shortfall can be written off. */
    tolerance: amount.default('0'),
    investmentPeriodEnd: dateOnly.nullable().default(null),
  })
  .meta({ id: 'FundTerms' })
export type FundTerms = z.infer<typeof fundTerms>

// The terms that a form says. What is no terms at all is refused here; what they must not be, by the API.
import { type FundTerms, fundTerms } from '@throughline/contracts'
import type * as z from 'zod'
import { textOf } from '../records/form-lists.ts'

const textsOf = (form: FormData, name: string): string[] => form.getAll(name).map((value) => String(value).trim())

const stepsOf = (form: FormData) => {
  const [rates, bases] = [textsOf(form, 'feeStepRate'), textsOf(form, 'feeStepBase')]
  return textsOf(form, 'feeStepFrom').map((from, index) => ({ from, rate: rates[index], base: bases[index] }))
}

function holidaysOf(form: FormData) {
  const holidays = textsOf(form, 'holidayOn')
  const names = textsOf(form, 'holidayName')
  const named = holidays.map((on, index) => [on, names[index] ?? ''] as const).filter(([on, name]) => on && name)
  return { holidays, holidayNames: Object.fromEntries(named) }
}

/** What is wrong with a term, by the way to it: `feeSteps.0.rate`. */
export type TermErrors = (way: string) => string | undefined

export interface ReadTerms {
  terms?: FundTerms
  /** In words, by the way to each. */
  wrong: ReadonlyMap<string, string>
}

/** Places of a list of days where one stands that stood there before. */
const twiceIn = (days: readonly string[]): number[] =>
  days.flatMap((day, index) => (day !== '' && days.indexOf(day) < index ? [index] : []))

const inWords = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_format' && issue.format === 'date' ? 'must be a day' : issue.message

export function termsOf(form: FormData): ReadTerms {
  const text = (name: string) => textOf(form, name)
  const whole = (name: string) => (text(name) === '' ? Number.NaN : Number(text(name)))
  const feeSteps = stepsOf(form)
  const { holidays, holidayNames } = holidaysOf(form)
  const read = fundTerms.safeParse({
    ...{ feeSteps, holidays, holidayNames },
    ...{ preferredReturn: text('preferredReturn'), carry: text('carry'), catchUp: text('catchUp') },
    ...{ waterfall: text('waterfall'), recallablePolicy: text('recallablePolicy') },
    recallableMonths: text('recallableMonths') === '' ? null : whole('recallableMonths'),
    recyclingCap: text('recyclingCap') || null,
    ...{ noticeDays: whole('noticeDays'), overcallCap: text('overcallCap'), tolerance: text('tolerance') },
    lateInterest: { rate: text('lateRate'), dayCount: text('dayCount') },
    cure: { days: whole('cureDays'), count: text('cureCount') },
    investmentPeriodEnd: text('investmentPeriodEnd') || null,
  })
  const twice = 'stands here twice'
  const said = [
    ...twiceIn(feeSteps.map(({ from }) => from)).map((index) => [`feeSteps.${index}.from`, twice] as const),
    ...twiceIn(holidays).map((index) => [`holidays.${index}`, twice] as const),
    ...(read.error?.issues ?? []).map((issue) => [issue.path.join('.'), inWords(issue)] as const),
  ]
  // What is no number is not too large as well: of each field the first is said.
  const wrong = new Map(said.toReversed())
  return read.success && wrong.size === 0 ? { terms: read.data, wrong } : { wrong }
}

// The terms that a form says. What is no terms at all is refused here; what they must not be, by the API.
import { type FundTerms, fundTerms } from '@throughline/contracts'
import { linesOf, textOf } from '../records/form-lists.ts'

/** `2025-01-01 2 commitments`, a line a step. */
const stepsOf = (text: string) =>
  linesOf(text).map((line) => {
    const [from, rate, base] = line.split(/\s+/)
    return { from, rate, base }
  })

export interface ReadTerms {
  terms?: FundTerms
  /** What cannot be read, in words. */
  wrong?: string
}

export function termsOf(form: FormData): ReadTerms {
  const text = (name: string) => textOf(form, name)
  const whole = (name: string) => (text(name) === '' ? Number.NaN : Number(text(name)))
  const read = fundTerms.safeParse({
    feeSteps: stepsOf(text('feeSteps')),
    ...{ preferredReturn: text('preferredReturn'), carry: text('carry'), catchUp: text('catchUp') },
    ...{ waterfall: text('waterfall'), recallablePolicy: text('recallablePolicy') },
    recallableMonths: text('recallableMonths') === '' ? null : whole('recallableMonths'),
    ...{ noticeDays: whole('noticeDays'), overcallCap: text('overcallCap'), tolerance: text('tolerance') },
    lateInterest: { rate: text('lateRate'), dayCount: text('dayCount') },
    cure: { days: whole('cureDays'), count: text('cureCount') },
    investmentPeriodEnd: text('investmentPeriodEnd') || null,
    holidays: linesOf(text('holidays')),
  })
  if (read.success) return { terms: read.data }
  const [issue] = read.error.issues
  return { wrong: issue ? `${issue.path.join(' ')}: ${issue.message}` : 'The terms cannot be read.' }
}

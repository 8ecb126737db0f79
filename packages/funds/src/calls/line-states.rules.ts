// The line of one investor in a capital call: what was paid, how late it is, and what was done about it.
import { AppError } from '@throughline/contracts'
import { addDays, dayIn, daysBetween } from '../calendar-days.ts'
import { addBusinessDays, type Holidays } from './due-dates.rules.ts'
import { type LineMoney, settledOf, stillDueOf } from './line-money.rules.ts'

/** What was deliberately done about a late line. Nothing of it happens by itself. */
export type Standing = 'NONE' | 'DEFAULT_NOTICE' | 'DEFAULTED' | 'CURED'

export type LineState =
  | 'PENDING'
  | 'NOTIFIED'
  | 'PARTIAL'
  | 'FUNDED'
  | 'OVERFUNDED'
  | 'OVERDUE'
  | 'DEFAULT_NOTICE'
  | 'DEFAULTED'
  | 'CURED'
  | 'EXCUSED'

export interface Line extends LineMoney {
  /** Of what was paid for this line, what was more than due and is prepaid now. */
  excess: bigint
  excused: boolean
  notified: boolean
  standing: Standing
}

export const outstandingOf = (line: LineMoney & Pick<Line, 'excused'>): bigint => (line.excused ? 0n : stillDueOf(line))

/** Days that a line is late in the fund's own zone; 0 on the due date itself and when nothing is outstanding. */
export function overdueDays(outstanding: bigint, dueDate: string, zone: string, now: Date): number {
  return outstanding > 0n ? Math.max(0, daysBetween(dueDate, dayIn(zone, now))) : 0
}

/** The one word for a line; what was deliberately done comes before what follows from the money. */
export function lineStateOf(line: Line, daysLate: number): LineState {
  if (line.excused) return 'EXCUSED'
  if (line.standing === 'DEFAULTED') return 'DEFAULTED'
  if (outstandingOf(line) === 0n) {
    if (line.standing !== 'NONE') return 'CURED'
    return line.excess > 0n ? 'OVERFUNDED' : 'FUNDED'
  }
  if (line.standing === 'DEFAULT_NOTICE') return 'DEFAULT_NOTICE'
  // A line that was waived stays cured: it is not pursued again without a new notice.
  if (line.standing === 'CURED') return 'CURED'
  if (daysLate > 0) return 'OVERDUE'
  if (settledOf(line) > 0n) return 'PARTIAL'
  return line.notified ? 'NOTIFIED' : 'PENDING'
}

/** How long an investor has to pay after a default notice: 5 business days in the model of ILPA, 30 days in others. */
export interface CureTerms {
  days: number
  count: 'business' | 'calendar'
  holidays: Holidays
}

/** The last day on which a payment cures. */
export const lastDayToCure = (noticeDate: string, { days, count, holidays }: CureTerms): string =>
  count === 'business' ? addBusinessDays(noticeDate, days, holidays) : addDays(noticeDate, days)

export const defaultActions = ['send_notice', 'designate', 'cure'] as const
export type DefaultAction = (typeof defaultActions)[number]

export interface LateLine {
  line: Line
  daysLate: number
  /** When and by whom the default notice was sent. */
  notice: { date: string; byId: string } | null
}

/**
 * What becomes of a line's standing. A default is designated after notice and the days to cure, by somebody else than
 * who sent the notice; curing (a late payment that is accepted, or a waiver) is possible until and after that.
 * @throws AppError illegal_transition, with the day from which it is possible where there is one; or forbidden
 */
export function afterDefaultAction(
  { line, daysLate, notice }: LateLine,
  action: DefaultAction,
  { actorId, today, terms }: { actorId: string; today: string; terms: CureTerms },
): Standing {
  const state = lineStateOf(line, daysLate)
  const illegal = (message: string, more: object = {}) =>
    new AppError('illegal_transition', { message, details: { state, ...more } })
  switch (action) {
    case 'send_notice':
      if (state !== 'OVERDUE') throw illegal('A default notice is for a line that is overdue.')
      return 'DEFAULT_NOTICE'
    case 'designate': {
      if (state !== 'DEFAULT_NOTICE' || !notice) throw illegal('A default needs a default notice first.')
      const lastDay = lastDayToCure(notice.date, terms)
      if (today <= lastDay) throw illegal(`The investor may still pay until ${lastDay}.`, { lastDay })
      if (actorId === notice.byId)
        throw new AppError('forbidden', {
          message: 'Somebody else than who sent the notice has to designate a default.',
        })
      return 'DEFAULTED'
    }
    case 'cure':
      if (state !== 'DEFAULT_NOTICE' && state !== 'DEFAULTED') throw illegal('There is no default to cure.')
      return 'CURED'
  }
}

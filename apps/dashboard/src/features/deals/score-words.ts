// What a score is made of, in words: "+20 asked for a proposal".
import { type ScoreReason, type Signal, signalPoints, signals } from '@throughline/contracts'

export const signalWords: Record<Signal, string> = {
  asked_for_proposal: 'asked for a proposal',
  meeting_held: 'met us',
  introduced_decision_maker: 'introduced a decision maker',
  replied: 'replied',
  visited_pricing: 'looked at the prices',
  opened_mail: 'opened a mail',
  went_silent: 'went silent',
  missed_meeting: 'missed a meeting',
  unsubscribed: 'unsubscribed',
  chose_competitor: 'chose a competitor',
}

const fitWords: Record<string, string> = {
  company_known: 'has a company',
  company_is_large: 'the company is large',
  contact_known: 'has a contact',
  business_mail_domain: 'writes from a business address',
  personal_mail_domain: 'writes from a personal address',
  decision_maker: 'the contact decides',
  came_by_referral: 'came by a referral',
  came_by_itself: 'came by itself',
  value_known: 'has a value',
  close_date_known: 'has a close date',
  urgent: 'is urgent',
  high_priority: 'has a high priority',
  unsubscribed: 'has unsubscribed',
  competitor: 'is a competitor',
}

const isSignal = (reason: string): reason is Signal => signals.some((signal) => signal === reason)

/** Points with their sign; a minus as wide as a plus. */
export const pointsWords = (points: number): string => (points < 0 ? `−${-points}` : `+${points}`)

/** What a reason says. What somebody saw the other side do has a time. */
export function reasonWords({ reason, at }: Pick<ScoreReason, 'reason' | 'at'>): string {
  const words = at && isSignal(reason) ? signalWords[reason] : fitWords[reason]
  return words ?? reason.replaceAll('_', ' ')
}

/** A signal with what it is worth: "asked for a proposal (+20)". */
export const signalChoice = (signal: Signal): string => `${signalWords[signal]} (${pointsWords(signalPoints[signal])})`

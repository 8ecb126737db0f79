// Which submissions of a form are held for a person to look at, and what a lead becomes. Pure: no I/O, no clock.
import type { KeptLead, LeadSuspicion, SubmitLead } from '@throughline/contracts'
import { domainOf, isDisposable, isFreeMail } from './mail-domains.ts'

/** Nobody reads a form and fills it in within less. */
const fastestMs = 3_000
const mostLinks = 3
/** Submissions within `frequencyWindows` beyond which one more is held. */
const mostFromAddress = 5
const mostOfEmail = 5
/** Submissions a minute by one key; beyond that its machine is told to wait. */
export const perKeyAndMinute = 60
export const defaultSource = 'Website'
/** The same person asking again within this time adds to their open deal. */
export const sameLeadHours = 24

/** What is known of earlier submissions. */
export interface Frequency {
  /** From this visitor's address within ten minutes. */
  fromAddress: number
  /** With this e-mail within a day. */
  ofEmail: number
}

const links = /https?:\/\/|www\.|\[url|<a\s/gi

function elapsedOf({ startedAt, elapsedMs }: SubmitLead, now: Date): number | null {
  if (elapsedMs !== null) return elapsedMs
  return startedAt === null ? null : now.getTime() - Date.parse(startedAt)
}

/** What speaks for a machine; nothing for a lead. */
export function suspicionsOf(submission: SubmitLead, { fromAddress, ofEmail }: Frequency, now: Date): LeadSuspicion[] {
  const elapsed = elapsedOf(submission, now)
  const linked = `${submission.name} ${submission.company ?? ''} ${submission.message}`.match(links)?.length ?? 0
  const found: Record<LeadSuspicion, boolean> = {
    honeypot: submission.honeypot !== '',
    too_fast: elapsed !== null && elapsed < fastestMs,
    many_links: linked > mostLinks,
    disposable_mail: isDisposable(domainOf(submission.email)),
    often_from_address: fromAddress >= mostFromAddress,
    often_this_email: ofEmail >= mostOfEmail,
  }
  return (Object.keys(found) as LeadSuspicion[]).filter((suspicion) => found[suspicion])
}

/** The domain that stands for the company: the one that was given, else the e-mail's, unless anybody can have it. */
export function companyDomainOf({ domain, email }: KeptLead): string | null {
  const meant = (domain ?? domainOf(email)).replace(/^www\./, '')
  return isFreeMail(meant) || isDisposable(meant) ? null : meant
}

export const titleOf = ({ company, name }: KeptLead): string => `Enquiry: ${company ?? name}`.slice(0, 200)

/** What the timeline keeps: the message as it was typed, and where it came from. */
export function noteOf(lead: KeptLead): string {
  const utm = Object.entries(lead.utm ?? {}).flatMap(([key, value]) => (value ? [`utm_${key}: ${value}`] : []))
  const facts = [
    `${lead.name} <${lead.email}>`,
    ...(lead.phone ? [`Phone: ${lead.phone}`] : []),
    ...(lead.company ? [`Company: ${lead.company}`] : []),
    ...(lead.source ? [`Source: ${lead.source}`] : []),
    ...utm,
    ...(lead.pageUrl ? [`Page: ${lead.pageUrl}`] : []),
    ...(lead.consent ? ['Agreed to be written to.'] : []),
  ]
  return [lead.message, facts.join('\n')].filter(Boolean).join('\n\n')
}

// What holds for contacts. Pure: no I/O, no clock.
import type { ConsentState } from '@throughline/contracts'

export interface Emails {
  email: string | null
  otherEmails: string[]
}

/** Each address once, the first one in front: without a first e-mail the next of the others becomes it. */
export function orderedEmails({ email, otherEmails }: Emails): Emails {
  const [first = null, ...others] = new Set([...(email === null ? [] : [email]), ...otherEmails])
  return { email: first, otherEmails: others }
}

/** Each phone number once, whatever stands between its digits; the way it was written first stays. */
export function distinctPhones(phones: readonly string[]): string[] {
  const byDigits = new Map<string, string>()
  for (const phone of phones) {
    const digits = phone.toLowerCase().replace(/[^\d+x]/g, '')
    if (!byDigits.has(digits)) byDigits.set(digits, phone)
  }
  return [...byDigits.values()]
}

export interface Consent {
  consent: ConsentState
  consentAt: Date | null
}

/** When consent is given or withdrawn, that is when; what stays as it was keeps its time; what is unknown has none. */
export function consentAfter(before: Consent, consent: ConsentState, now: Date): Consent {
  if (consent === before.consent) return { consent, consentAt: before.consentAt }
  return { consent, consentAt: consent === 'UNKNOWN' ? null : now }
}

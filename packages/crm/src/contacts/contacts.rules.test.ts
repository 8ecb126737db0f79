import { describe, expect, it } from 'vitest'
import { consentAfter, distinctPhones, orderedEmails } from './contacts.rules.ts'

describe('e-mails', () => {
  it.each([
    [{ email: 'a@x.test', otherEmails: ['b@x.test', 'a@x.test', 'b@x.test'] }, 'a@x.test', ['b@x.test']],
    [{ email: null, otherEmails: ['b@x.test', 'c@x.test'] }, 'b@x.test', ['c@x.test']],
    [{ email: null, otherEmails: [] }, null, []],
  ])('%j: each once, the first in front', (given, email, otherEmails) => {
    expect(orderedEmails(given)).toEqual({ email, otherEmails })
  })
})

it('knows a phone number again, however it is written', () => {
  expect(distinctPhones(['+49 30 12-34', '+49301234', '030 1234', '(030) 1234', '030 1234 x5'])).toEqual([
    ...['+49 30 12-34', '030 1234', '030 1234 x5'],
  ])
})

describe('consent', () => {
  const then = new Date('2026-01-01T00:00:00Z')
  const now = new Date('2026-06-01T00:00:00Z')
  it('has the time at which it was given or withdrawn', () => {
    expect(consentAfter({ consent: 'GIVEN', consentAt: then }, 'WITHDRAWN', now)).toEqual({
      ...{ consent: 'WITHDRAWN', consentAt: now },
    })
  })
  it('keeps its time when nothing changes', () => {
    expect(consentAfter({ consent: 'GIVEN', consentAt: then }, 'GIVEN', now).consentAt).toBe(then)
  })
  it('has no time when it is unknown', () => {
    expect(consentAfter({ consent: 'GIVEN', consentAt: then }, 'UNKNOWN', now).consentAt).toBeNull()
  })
})

import { keptLead, type SubmitLead, submitLead } from '@throughline/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { companyDomainOf, noteOf, suspicionsOf, titleOf } from './leads.rules.ts'

const now = new Date('2026-11-21T12:00:00Z')
const seldom = { fromAddress: 0, ofEmail: 0 }
const sent = (change: Partial<SubmitLead> = {}): SubmitLead => ({
  ...submitLead.parse({ name: 'Ada Lovelace', email: 'ada@analytical.test', message: 'Tell me more.' }),
  ...change,
})
const lead = (change: object = {}) => keptLead.parse({ ...sent(), ...change })

describe('a submission', () => {
  it('of a person raises no suspicion', () => {
    const message = 'See https://a.test, https://b.test and www.c.test'
    expect(suspicionsOf(sent({ message, elapsedMs: 3_000 }), { fromAddress: 4, ofEmail: 4 }, now)).toEqual([])
    expect(suspicionsOf(sent({ startedAt: '2026-11-21T11:59:00Z' }), seldom, now)).toEqual([])
  })

  it.each<[string, Partial<SubmitLead>, object]>([
    ['honeypot', { honeypot: 'x' }, seldom],
    ['too_fast', { elapsedMs: 2_999 }, seldom],
    ['too_fast', { startedAt: '2026-11-21T11:59:58Z' }, seldom],
    ['too_fast', { startedAt: '2026-11-22T12:00:00Z' }, seldom],
    ['many_links', { message: 'http://a http://b [url=c] www.d' }, seldom],
    ['many_links', { name: 'www.a www.b', company: 'www.c', message: '<a href=d>' }, seldom],
    ['disposable_mail', { email: 'x@mailinator.com' }, seldom],
    ['disposable_mail', { email: 'x@team.yopmail.com' }, seldom],
    ['often_from_address', {}, { fromAddress: 5, ofEmail: 0 }],
    ['often_this_email', {}, { fromAddress: 0, ofEmail: 5 }],
  ])('is held for %s', (reason, change, frequency) => {
    expect(suspicionsOf(sent(change), { ...seldom, ...frequency }, now)).toEqual([reason])
  })

  it('says everything that speaks against it', () => {
    expect(suspicionsOf(sent({ honeypot: 'x', elapsedMs: 1, email: 'a@yopmail.com' }), seldom, now)).toEqual([
      'honeypot',
      'too_fast',
      'disposable_mail',
    ])
  })
})

describe('the company of a lead', () => {
  it.each([
    ['the domain of the e-mail', { email: 'ada@acme.com' }, 'acme.com'],
    ['the domain that was given', { email: 'ada@acme.com', domain: 'www.globex.com' }, 'globex.com'],
    ['the given one, when the e-mail is from a provider', { email: 'ada@gmail.com', domain: 'acme.com' }, 'acme.com'],
    ['nobody’s, when the e-mail is from a provider', { email: 'ada@gmail.com' }, null],
    ['nobody’s, when it is of a country of a provider', { email: 'ada@yahoo.co.uk' }, null],
    ['nobody’s, when a provider was given', { email: 'ada@acme.com', domain: 'gmx.de' }, null],
  ])('is %s', (_what, change, domain) => expect(companyDomainOf(lead(change))).toBe(domain))
})

it('fits its title and its note, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 5000 }), (company, message) => {
      const given = { ...lead(), company, message }
      expect(titleOf(given).length <= 200).toBe(true)
      expect(noteOf(given).startsWith(message)).toBe(true)
    }),
  )
  const utm = { source: 'newsletter', medium: '', campaign: null, term: 'x', content: '' }
  expect(noteOf(lead({ utm, pageUrl: 'https://acme.test/contact', phone: '1', consent: true }))).toBe(
    'Tell me more.\n\nAda Lovelace <ada@analytical.test>\nPhone: 1\nutm_source: newsletter\nutm_term: x\nPage: https://acme.test/contact\nAgreed to be written to.',
  )
})

it('takes what a form leaves empty as not given', () => {
  const given = submitLead.parse({
    name: ' Ada ',
    email: ' ADA@Acme.com ',
    phone: '',
    company: '',
    pageUrl: '',
    domain: '',
  })
  expect(given).toMatchObject({
    name: 'Ada',
    email: 'ada@acme.com',
    phone: null,
    company: null,
    pageUrl: null,
    domain: null,
  })
  for (const wrong of [{ email: 'x' }, { pageUrl: 'nowhere' }, { visitorAddress: '1.2.3' }, { name: '' }, { extra: 1 }])
    expect(submitLead.safeParse({ name: 'Ada', email: 'ada@acme.com', ...wrong }).success).toBe(false)
})

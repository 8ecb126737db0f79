import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergedRow, notAChoice, previewFields, type Row } from './merges.rules.ts'

const now = new Date('2026-06-01T00:00:00Z')
const company = (row: Row = {}): Row => ({
  ...{ name: 'Initech', domain: null, industry: null, size: null, country: null, owner_id: null, owner: null },
  ...{ tags: [], import_key: null },
  ...row,
})
const contact = (row: Row = {}): Row => ({
  ...{ name: 'Jane Doe', email: null, other_emails: [], phones: [], title: null, company_id: null, company: null },
  ...{ consent: 'UNKNOWN', consent_at: null, source: null, owner_id: null, owner: null, tags: [], import_key: null },
  ...row,
})
const deal = (row: Row = {}): Row => ({
  ...{ title: 'A deal', value: '0.00', currency: 'EUR', stage: 'LEAD', priority: 'MEDIUM', probability: null },
  ...{ lead_source: null, company_id: null, contact_id: null, expected_close_date: null, notes: null, owner_id: null },
  ...{ tags: [], custom: {}, import_key: null, engagement: '0.000', engagement_now: '0', score_reasons: [] },
  ...row,
})
const merge = (kind: 'company' | 'contact' | 'deal', kept: Row, merged: Row, take: string[] = []) =>
  mergedRow(kind, { kept, merged, take, now })

describe('a merged record', () => {
  it('keeps what it has, gets what it lacks, and joins the lists', () => {
    const kept = company({ domain: 'initech.test', tags: ['vip', 'old'] })
    const merged = company({ name: 'Initech GmbH', domain: 'initech.de', industry: 'Software', tags: ['old', 'new'] })
    expect(merge('company', kept, merged)).toMatchObject({
      ...{ name: 'Initech', domain: 'initech.test', industry: 'Software', tags: ['vip', 'old', 'new'] },
    })
  })

  it('takes what is chosen, but never nothing for something', () => {
    const kept = company({ domain: 'initech.test', industry: 'Software' })
    const merged = company({ name: 'Initech GmbH', domain: 'initech.de' })
    expect(merge('company', kept, merged, ['name', 'domain', 'industry'])).toMatchObject({
      ...{ name: 'Initech GmbH', domain: 'initech.de', industry: 'Software' },
    })
    expect(notAChoice('company', kept, merged, ['name', 'industry', 'tags', 'version'])).toEqual([
      ...['industry', 'tags', 'version'],
    ])
  })

  it('loses no e-mail and no phone number, and has each once', () => {
    const kept = contact({ email: 'a@x.test', other_emails: ['b@x.test'], phones: ['+49 30 1'] })
    const merged = contact({ email: 'c@x.test', other_emails: ['a@x.test'], phones: ['+49-301', '+49 2'] })
    const after = { email: 'a@x.test', other_emails: ['b@x.test', 'c@x.test'], phones: ['+49 30 1', '+49 2'] }
    expect(merge('contact', kept, merged)).toMatchObject(after)
    expect(merge('contact', kept, merged, ['email'])).toMatchObject({
      ...{ email: 'c@x.test', other_emails: ['a@x.test', 'b@x.test'] },
    })
  })

  it('believes the consent that was said last, and nobody may choose the other', () => {
    const given = contact({ consent: 'GIVEN', consent_at: '2026-03-01T00:00:00+00:00' })
    const withdrawn = contact({ consent: 'WITHDRAWN', consent_at: '2026-04-01T00:00:00+00:00' })
    for (const [kept, merged] of [
      [given, withdrawn],
      [withdrawn, given],
    ] as const)
      expect(merge('contact', kept, merged)).toMatchObject({ consent: 'WITHDRAWN', consent_at: withdrawn.consent_at })
    expect(notAChoice('contact', withdrawn, given, ['consent'])).toEqual(['consent'])
    expect(merge('contact', contact(), given)).toMatchObject({ consent: 'GIVEN' })
  })

  it('never has the value of one deal in the currency of the other, and stays in its stage', () => {
    const kept = deal({ value: '0.00', currency: 'EUR', notes: 'One', custom: { a: 1 } })
    const merged = deal({ value: '12.00', currency: 'USD', stage: 'CLOSED_WON', notes: 'Two', custom: { a: 2, b: 3 } })
    const after = { value: '12.00', currency: 'USD', stage: 'LEAD', notes: 'One\n\nTwo', custom: { a: 1, b: 3 } }
    expect(merge('deal', kept, merged)).toMatchObject(after)
    expect(merge('deal', { ...kept, value: '1.00' }, merged)).toMatchObject({ value: '1.00', currency: 'EUR' })
    expect(merge('deal', { ...kept, value: '1.00' }, merged, ['value'])).toMatchObject({
      value: '12.00',
      currency: 'USD',
    })
  })

  it('adds up what the other side did, to 50 at most', () => {
    const seen = { points: 20, reason: 'asked_for_proposal', at: '2026-05-01T00:00:00Z' }
    const merged = deal({ engagement_now: '30.5', score_reasons: [{ points: 5, reason: 'value_known' }, seen] })
    expect(merge('deal', deal({ engagement_now: '10.25' }), merged)).toMatchObject({
      ...{ engagement: '40.750', score_reasons: [seen] },
    })
    expect(merge('deal', deal({ engagement_now: '40' }), merged)).toMatchObject({ engagement: '50.000' })
  })

  it('has, whatever the two are, nothing that neither had', () => {
    const maybe = (...values: string[]) => fc.constantFrom(null, ...values)
    const row = fc
      .record({ domain: maybe('a.test', 'b.test'), industry: maybe('x', 'y'), tags: fc.subarray(['p', 'q', 'r']) })
      .map(company)
    fc.assert(
      fc.property(row, row, fc.subarray(['domain', 'industry']), (kept, merged, take) => {
        const after = merge('company', kept, merged, take)
        for (const column of ['domain', 'industry']) {
          expect([kept[column], merged[column]]).toContain(after[column])
          if (kept[column] !== null || merged[column] !== null) expect(after[column]).not.toBeNull()
        }
        expect(new Set(after.tags as string[])).toEqual(
          new Set([...(kept.tags as string[]), ...(merged.tags as string[])]),
        )
      }),
    )
  })
})

it('shows beforehand, in words, what will be and where there is a choice', () => {
  const kept = company({ name: 'Initech', owner_id: '1', owner: 'Olga' })
  const merged = company({ name: 'Initech GmbH', owner_id: '2', owner: 'Otto', country: 'DE' })
  const fields = previewFields('company', kept, merged, now)
  expect(fields.find(({ field }) => field === 'owner')).toEqual({
    ...{ field: 'owner', kept: 'Olga', merged: 'Otto', result: 'Olga', choice: true },
  })
  expect(fields.find(({ field }) => field === 'country')).toEqual({
    ...{ field: 'country', kept: null, merged: 'DE', result: 'DE', choice: false },
  })
})

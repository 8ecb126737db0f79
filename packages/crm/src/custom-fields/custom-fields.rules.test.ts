import { isStorableText } from '@throughline/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCustomValues, type FieldDefinition, keyFor, mergedCustom, optionIssues } from './custom-fields.rules.ts'

const fields: FieldDefinition[] = [
  { key: 'industry', type: 'CHOICE', options: ['Software', 'Oil & Gas'] },
  { key: 'employees', type: 'NUMBER', options: [] },
  { key: 'remark', type: 'TEXT', options: [] },
  { key: 'renewal', type: 'DATE', options: [] },
  { key: 'listed', type: 'BOOLEAN', options: [] },
]

describe('the key of a field', () => {
  it.each([
    ['Annual budget (€)', 'annual_budget'],
    ['Größe', 'gro_e'],
    ['2nd contact', 'field_2nd_contact'],
    ['日本', 'field'],
    ['  --  ', 'field'],
    ['x'.repeat(60), 'x'.repeat(36)],
  ])('is made from the label: %s', (label, key) => expect(keyFor(label, new Set())).toBe(key))

  it('is another one for every label, always a proper key', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 60 }), (labels) => {
        const taken = new Set<string>()
        for (const label of labels) {
          const key = keyFor(label, taken)
          expect(key).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
          expect(taken).not.toContain(key)
          taken.add(key)
        }
      }),
    )
  })
})

describe('the options of a field', () => {
  it('belong to a choice, which needs some that differ', () => {
    expect(optionIssues('CHOICE', ['Gold', 'Silver'])).toEqual([])
    expect(optionIssues('TEXT', [])).toEqual([])
    expect(optionIssues('TEXT', ['Gold'])).toMatchObject([{ path: 'body.options' }])
    expect(optionIssues('CHOICE', [])).toMatchObject([{ path: 'body.options' }])
    expect(optionIssues('CHOICE', ['Gold', 'GOLD '])).toMatchObject([{ message: 'must differ from each other' }])
  })
})

describe('values of custom fields', () => {
  it('are kept as they are meant: trimmed, in the spelling of the option, zero without a sign', () => {
    const given = { industry: ' oil & gas', employees: -0, remark: ' yes\n', renewal: '2028-02-29', listed: false }
    expect(checkCustomValues(fields, given)).toEqual({
      values: { industry: 'Oil & Gas', employees: 0, remark: 'yes', renewal: '2028-02-29', listed: false },
      issues: [],
    })
  })

  it('are taken away by null, and a text by nothing but spaces', () => {
    expect(checkCustomValues(fields, { employees: null, remark: '  ' }).values).toEqual({
      employees: null,
      remark: null,
    })
    expect(mergedCustom({ employees: 5, remark: 'x', former: 1 }, { employees: null, remark: 'y' })).toEqual({
      remark: 'y',
      former: 1,
    })
  })

  it.each([
    [{ unknown: 1 }, 'unknown', 'There is no such field.'],
    [{ unknown: null }, 'unknown', 'There is no such field.'],
    [{ industry: 'Farming' }, 'industry', 'must be one of: Software, Oil & Gas'],
    [{ industry: 1 }, 'industry', 'must be one of: Software, Oil & Gas'],
    [{ employees: '5' }, 'employees', 'must be a number'],
    [{ employees: Number.NaN }, 'employees', 'must be a number'],
    [{ employees: Number.POSITIVE_INFINITY }, 'employees', 'must be a number'],
    [{ employees: 0.1 + 0.2 }, 'employees', 'must not have more than 15 digits'],
    [{ employees: 2 ** 53 + 2 }, 'employees', 'must not have more than 15 digits'],
    [{ remark: 5 }, 'remark', 'must be text'],
    [{ remark: 'x'.repeat(1001) }, 'remark', 'must not be longer than 1000 characters'],
    [{ remark: 'a\0b' }, 'remark', 'holds a character that cannot be kept'],
    [{ renewal: '2027-02-29' }, 'renewal', 'must be a day like 2026-12-31'],
    [{ renewal: '0000-01-01' }, 'renewal', 'must be a day like 2026-12-31'],
    [{ renewal: '2026-12-31T00:00:00Z' }, 'renewal', 'must be a day like 2026-12-31'],
    [{ listed: 'true' }, 'listed', 'must be true or false'],
  ])('are refused where they stand: %o', (given, key, message) => {
    expect(checkCustomValues(fields, given, 'line 7')).toEqual({
      values: {},
      issues: [{ path: `line 7.${key}`, message }],
    })
  })

  it('names every value that is wrong, and keeps what is right beside them', () => {
    const { values, issues } = checkCustomValues(fields, { employees: 'many', listed: 1, remark: 'ok' })
    expect(values).toEqual({ remark: 'ok' })
    expect(issues.map(({ path }) => path)).toEqual(['body.custom.employees', 'body.custom.listed'])
  })

  it('come back from JSON as they were kept, and are kept the same when they are given again', () => {
    const value = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'É', ' ', '\n', '\0', '\ud800', '😀') }),
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const keys = { industry: value, employees: value, remark: value, renewal: value, listed: value, unknown: value }
    const given = fc.record(keys, { requiredKeys: [] })
    fc.assert(
      fc.property(given, (custom) => {
        const { values, issues } = checkCustomValues(fields, custom)
        expect(Object.keys(values).length + issues.length).toBe(Object.keys(custom).length)
        const read = JSON.parse(JSON.stringify(values))
        expect(read).toEqual(values)
        expect(checkCustomValues(fields, read)).toEqual({ values, issues: [] })
        for (const kept of Object.values(values)) if (typeof kept === 'string') expect(isStorableText(kept)).toBe(true)
      }),
    )
  })
})

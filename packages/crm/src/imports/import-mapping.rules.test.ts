import { type ImportField, type ImportMapping, importFieldsOf, recordKinds } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lossUnexplained, mappingIssues, updateKeysOf } from './import-mapping.rules.ts'

const rules = { kind: 'DEAL', headers: ['A', 'B', 'C'], own: ['budget'] } as const

describe('what is wrong with a mapping', () => {
  it.each<[string, ImportMapping, { path: string; message: string }]>([
    [
      'fewer entries than columns',
      ['title'],
      { path: 'body.mapping', message: 'has 1 entries, the file has 3 columns' },
    ],
    ['no title', ['value', null, null], { path: 'body.mapping', message: 'needs a column for the title' }],
    ['a field twice', ['title', 'value', 'value'], { path: 'body.mapping.2', message: 'value is mapped twice' }],
    ['a field of contacts', ['title', 'phones', null], expect.objectContaining({ path: 'body.mapping.1' })],
    ['a field of nobody', ['title', 'custom.secret', null], expect.objectContaining({ path: 'body.mapping.1' })],
  ])('%s', (_what, mapping, issue) => expect(mappingIssues(rules, mapping)).toEqual([issue]))

  it('is all told at once', () => {
    expect(mappingIssues(rules, ['value', 'value', 'phones', null])).toHaveLength(4)
  })
  it('is nothing when a firm’s own field is mapped and a column is left out', () => {
    expect(mappingIssues(rules, ['title', 'custom.budget', null])).toEqual([])
  })
  it.each([
    ['COMPANY', 'domain'],
    ['CONTACT', 'email'],
  ] as const)('a %s needs no name when there is the %s', (kind, field) => {
    expect(mappingIssues({ kind, headers: ['A'], own: [] }, [field])).toEqual([])
    expect(mappingIssues({ kind, headers: ['A'], own: [] }, [null])).toEqual([
      { path: 'body.mapping', message: `needs a column for the name or the ${field}` },
    ])
  })
  it('is nothing for all fields of a kind, in any order, and something as soon as one of them stands twice', () => {
    const kindAndFields = fc.constantFrom(...recordKinds).chain((kind) =>
      fc.tuple(
        fc.constant(kind),
        fc.shuffledSubarray<ImportField>([...importFieldsOf[kind]], {
          minLength: importFieldsOf[kind].length,
        }),
        fc.nat(importFieldsOf[kind].length - 1),
      ),
    )
    fc.assert(
      fc.property(kindAndFields, ([kind, fields, again]) => {
        expect(mappingIssues({ kind, headers: fields.map(String), own: [] }, fields)).toEqual([])
        const repeated = [...fields, fields[again] ?? null]
        expect(mappingIssues({ kind, headers: repeated.map(String), own: [] }, repeated)).toHaveLength(1)
      }),
    )
  })
})

it('names the column that could have said why a deal was lost, or that there is none', () => {
  expect(lossUnexplained(['Deal', 'Why'], ['title', 'lostReason'])).toContain('“Why” is empty')
  expect(lossUnexplained(['Deal', 'Why'], ['title', null])).toContain('no column is mapped to it')
})

describe('by what a row finds its record', () => {
  it.each<[Parameters<typeof updateKeysOf>, string[]]>([
    [['DEAL', ['title']], ['titleCompanyContact']],
    [
      ['DEAL', ['title', 'externalId']],
      ['externalId', 'titleCompanyContact'],
    ],
    [['COMPANY', ['name']], ['name']],
    [
      ['COMPANY', ['domain', 'externalId']],
      ['externalId', 'domain', 'name'],
    ],
    [
      ['CONTACT', ['name', 'email']],
      ['email', 'name'],
    ],
  ])('%j: %j', (given, keys) => expect(updateKeysOf(...given)).toEqual(keys))
})

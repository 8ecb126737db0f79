// Also row-kinds.rules.ts and row-reader.rules.ts: a row goes through all three.
import type { ImportField, RecordKind } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRow } from './import-rows.rules.ts'

type Cell = readonly [ImportField, string]
/** A row of these cells, checked in a file whose columns are theirs. */
const checked = (kind: RecordKind, ...cells: readonly Cell[]) =>
  checkRow(
    cells.map(([, cell]) => cell),
    {
      kind,
      mapping: cells.map(([field]) => field),
      options: { decimal: 'point', dateOrder: 'ymd' },
      ownerIds: new Map([['ada@acme.test', 'member-1']]),
      customFields: [{ key: 'budget', label: 'Budget', type: 'NUMBER', options: [] }],
    },
  )
const rowOf = (kind: RecordKind, ...cells: readonly Cell[]) => {
  const found = checked(kind, ...cells)
  return 'row' in found ? found.row : found.reasons
}
const title = ['title', 'Roof'] as const

describe('a row of deals', () => {
  it('says nothing of what its cells leave blank', () => {
    const row = rowOf('DEAL', title, ['value', ' '], ['notes', ''])
    expect(row).toMatchObject({ title: 'Roof', value: null, notes: null, stage: null, tags: null, custom: null })
  })

  it('is told all that is wrong with it at once', () => {
    const wrong = rowOf(
      'DEAL',
      ['title', ' '],
      ['value', 'much'],
      ['stage', 'Limbo'],
      ['ownerEmail', 'eve@acme.test'],
      ['custom.budget', 'x'],
    )
    expect(wrong).toHaveLength(5)
    expect(wrong).toEqual(
      expect.arrayContaining(['The title is missing.', 'Owner "eve@acme.test" is not the e-mail of a member.']),
    )
  })

  it('finds its owner by an e-mail in any case', () => {
    expect(rowOf('DEAL', title, ['ownerEmail', ' Ada@ACME.test'])).toMatchObject({ owner_id: 'member-1' })
  })

  it('has a key of its own id, and is looked for as a record of ours when it is one', () => {
    const ours = '0199A1B2-0000-7000-8000-0123456789AB'
    expect(rowOf('DEAL', title, ['externalId', 'X-1'])).toMatchObject({ import_key: 'id:X-1', record_id: null })
    expect(rowOf('DEAL', title, ['externalId', ours])).toMatchObject({ record_id: ours.toLowerCase() })
  })

  it('without an id is the same deal by title, company and contact, however they are written', () => {
    const keyOf = (...cells: Cell[]) => {
      const row = rowOf('DEAL', ...cells)
      return Array.isArray(row) ? row : Reflect.get(row, 'import_key')
    }
    const one = keyOf(title, ['companyName', 'Müller'], ['contactName', 'Jo'], ['value', '1'])
    expect(keyOf(['title', 'ROOF'], ['companyName', 'Mu\u0308ller'], ['contactName', 'jo'], ['value', '2'])).toBe(one)
    expect(keyOf(title, ['companyName', 'Müller'])).not.toBe(one)
    expect(keyOf(['title', 'Roof Müller'], ['contactName', 'Jo'])).not.toBe(one)
  })

  it.each<[string, Cell[], object]>([
    [
      'both from one cell',
      [['contactName', 'Jo Doe <Jo@Acme.com>']],
      { contact_name: 'Jo Doe', contact_email: 'jo@acme.com' },
    ],
    ['an address alone, which is also the name', [['contactEmail', 'jo@acme.com']], { contact_name: 'jo@acme.com' }],
    [
      'a name as it stands where addresses have a column',
      [
        ['contactName', 'Jo <x>'],
        ['contactEmail', 'jo@acme.com'],
      ],
      { contact_name: 'Jo <x>', contact_email: 'jo@acme.com' },
    ],
    [
      'a company called by its domain',
      [['companyDomain', 'https://www.acme.com/']],
      { company_name: 'acme.com', company_domain: 'acme.com' },
    ],
  ])('takes %s', (_what, cells, row) => expect(rowOf('DEAL', title, ...cells)).toMatchObject(row))
})

describe('a row of companies or contacts', () => {
  it.each<[RecordKind, string]>([
    ['COMPANY', 'Name and domain are missing.'],
    ['CONTACT', 'Name and e-mail are missing.'],
  ])('of %s needs something that names it', (kind, reason) => {
    expect(rowOf(kind, ['tags', 'a'])).toEqual([reason])
  })
  it('is told of a wrong address once, not also that it is missing', () => {
    expect(rowOf('CONTACT', ['email', 'nobody'])).toEqual(['E-mail "nobody" is not an address.'])
  })
  it('has no key without an id: its domain, e-mail or name finds it', () => {
    expect(rowOf('COMPANY', ['domain', 'acme.com'])).toMatchObject({ import_key: null, domain: 'acme.com', name: null })
  })
})

describe('any row', () => {
  it('has as many cells as there are columns', () => {
    const rules = {
      kind: 'DEAL' as const,
      mapping: ['title' as const, null],
      options: { decimal: 'point' as const, dateOrder: 'ymd' as const },
      ownerIds: new Map<string, string>(),
      customFields: [],
    }
    expect(checkRow(['Roof'], rules)).toEqual({ reasons: ['The row has 1 columns, the header has 2.'] })
    expect(checkRow(['Roof', 'not looked at'], rules)).toHaveProperty('row')
  })
  it('is refused with a cell of more than 32 KB of UTF-8, and not with one of exactly that', () => {
    expect(rowOf('DEAL', title, ['notes', 'ü'.repeat(16 * 1024 + 1)])).toEqual(['A cell is larger than 32 KB.'])
    expect(rowOf('DEAL', title, ['companyName', ' '.repeat(32 * 1024)])).toMatchObject({ company_name: null })
  })
  it('is a record or has reasons, whatever is written in it', () => {
    const fields = fc.constantFrom<ImportField>(
      'value',
      'stage',
      'people',
      'tags',
      'expectedCloseDate',
      'custom.budget',
      'ownerEmail',
    )
    const cells = fc.array(fc.tuple(fields, fc.string({ unit: 'binary' })), { maxLength: 6 })
    fc.assert(
      fc.property(cells, fc.string({ unit: 'grapheme' }), (given, name) => {
        const found = checked('DEAL', ['title', name], ...given)
        if ('reasons' in found) expect(found.reasons.length).toBeGreaterThan(0)
        else expect(JSON.stringify(found.row).isWellFormed()).toBe(true)
      }),
    )
  })
})

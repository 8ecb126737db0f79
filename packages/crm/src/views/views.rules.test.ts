import type { ViewDefinition } from '@throughline/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyName, definitionIssues, definitionOf, openView, type Surroundings } from './views.rules.ts'

const id = (last: number) => `0193b4a2-0000-7000-8000-00000000000${last}`
const there: Surroundings = {
  fieldKeys: new Set(['industry']),
  archivedLabels: new Map([['budget', 'Budget']]),
  memberIds: new Set([id(1)]),
  formerNames: new Map([[id(2), 'Bob']]),
  companyIds: new Set([id(3)]),
  contactIds: new Set([id(4)]),
}
const view = (part: Partial<ViewDefinition>): ViewDefinition => ({
  ...{ filter: {}, sort: 'newest', reverse: false, columns: [], layout: 'list' },
  ...part,
})

describe('saving a view', () => {
  it('takes what the list of deals can be asked', () => {
    const filter = {
      stage: ['LEAD', 'QUALIFIED'],
      valueMin: '1000',
      custom: 'industry:software',
      unowned: 'true',
      q: 'x',
    }
    expect(definitionIssues(view({ filter, sort: 'closeDate' }))).toEqual([])
  })
  it.each([
    [{ filter: { limit: '10' } }, 'body.definition.filter.limit'],
    [{ filter: { toString: 'x' } }, 'body.definition.filter.toString'],
    [{ filter: { stage: 'WON' } }, 'body.definition.filter.stage'],
    [{ filter: { valueMin: ['1', '2'] } }, 'body.definition.filter.valueMin'],
    [{ filter: { companyId: 'x' } }, 'body.definition.filter.companyId'],
    [{ sort: 'colour' }, 'body.definition.sort'],
  ])('refuses %o', (part, path) => {
    expect(definitionIssues(view(part))).toMatchObject([{ path }])
  })
})

describe('opening a view', () => {
  it('leaves it as it is while all that it names is there', () => {
    const definition = view({
      filter: {
        ownerId: [id(1)],
        companyId: id(3),
        contactId: id(4),
        custom: ['industry:software'],
        tag: 'nobody has it',
      },
      columns: ['title', 'custom.industry'],
    })
    expect(openView(definition, there)).toEqual({ usable: definition, warnings: [] })
  })

  it('leaves out a filter and a column of an archived field, with its label, and of one that never was', () => {
    const definition = view({
      filter: { custom: ['budget:5', 'industry:software', 'gone:1'] },
      columns: ['title', 'custom.budget', 'colour'],
    })
    expect(openView(definition, there)).toEqual({
      usable: view({ filter: { custom: ['industry:software'] }, columns: ['title'] }),
      warnings: [
        { part: 'filter.custom', message: 'The field Budget was archived.' },
        { part: 'filter.custom', message: 'The field gone does not exist any more.' },
        { part: 'columns', message: 'The field Budget was archived.' },
        { part: 'columns', message: 'The column colour does not exist any more.' },
      ],
    })
  })

  it('keeps the owners who are still there, and says who has left', () => {
    expect(openView(view({ filter: { ownerId: [id(1), id(2)] } }), there)).toEqual({
      usable: view({ filter: { ownerId: [id(1)] } }),
      warnings: [{ part: 'filter.ownerId', message: 'Bob does not work here any more.' }],
    })
    expect(openView(view({ filter: { ownerId: id(2), companyId: id(9), contactId: id(9) } }), there)).toMatchObject({
      usable: { filter: {} },
      warnings: [{ part: 'filter.ownerId' }, { part: 'filter.companyId' }, { part: 'filter.contactId' }],
    })
  })

  it('opens what an older version of the program has saved', () => {
    const definition = view({ filter: { colour: 'red', stage: ['WON'], q: 'kept' }, sort: 'colour' })
    expect(openView(definition, there)).toMatchObject({
      usable: { filter: { q: 'kept' }, sort: 'newest' },
      warnings: [{ part: 'filter.colour' }, { part: 'filter.stage' }, { part: 'sort' }],
    })
  })

  it('never fails, and what it gives can be saved, whatever was kept', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('LEAD', id(1), id(2), 'budget:5', 'industry:x', 'true', '10.00'))
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom('stage', 'ownerId', 'custom', 'q', 'tag', '__proto__', 'companyId'),
    )
    const kept = fc.record({
      filter: fc.dictionary(key, fc.oneof(text, fc.array(text, { maxLength: 5 }))),
      sort: text,
      columns: fc.array(fc.oneof(text, fc.constantFrom('title', 'custom.budget'))),
      layout: fc.oneof(text, fc.constant('board')),
      reverse: fc.anything(),
    })
    fc.assert(
      fc.property(fc.oneof(kept, fc.anything()), (value) => {
        const { usable, warnings } = openView(definitionOf(value), there)
        expect(definitionIssues(usable)).toEqual([])
        expect(openView(usable, there)).toEqual({ usable, warnings: [] })
        for (const warning of warnings) expect(warning.message).toMatch(/\.$/)
      }),
    )
  })
})

it('a copy has a name of its own', () => {
  expect(copyName('Hot', new Set())).toBe('Copy of Hot')
  expect(copyName('Hot', new Set(['Copy of Hot', 'Copy of Hot (2)']))).toBe('Copy of Hot (3)')
  expect(copyName('x'.repeat(80), new Set()).length).toBeLessThanOrEqual(80)
})

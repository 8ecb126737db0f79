import type { ViewDefinition } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { isSameView } from '../views/same-view.ts'
import { readQuery } from './deal-query.ts'
import { addressOf, definitionOf } from './view-address.ts'

const views: [string, ViewDefinition][] = [
  ['everything', { filter: {}, sort: 'newest', reverse: false, columns: ['title', 'value'], layout: 'list' }],
  [
    'several values, a single one and one with signs of its own',
    {
      filter: {
        stage: ['LEAD', 'QUALIFIED'],
        tag: 'key account',
        valueMin: '1000',
        custom: 'industry:oil & gas',
        q: 'a+b=c',
      },
      sort: 'closeDate',
      reverse: true,
      columns: [],
      layout: 'board',
    },
  ],
  ['a calendar', { filter: { unowned: 'true' }, sort: 'value', reverse: false, columns: [], layout: 'calendar' }],
]

describe('a saved view', () => {
  it.each(views)('comes back from its address as it was: %s', (_what, view) => {
    const [path, text] = addressOf(view, 'an-id').split('?')
    const search = new URLSearchParams(text)
    const { dropped, ...query } = readQuery(search)
    expect(dropped).toEqual([])
    expect(search.get('view')).toBe('an-id')
    const columns = search.get('columns')?.split(',') ?? []
    const back = definitionOf({ ...query, columns, layout: view.layout })
    expect(isSameView(back, view)).toBe(true)
    expect(path).toBe({ list: '/deals', board: '/pipeline', calendar: '/deals/calendar' }[view.layout])
  })
})

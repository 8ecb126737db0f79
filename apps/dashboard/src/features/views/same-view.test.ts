import type { ViewDefinition } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { isSameView } from './same-view.ts'

const view: ViewDefinition = {
  filter: { stage: ['LEAD', 'QUALIFIED'], q: 'x' },
  sort: 'value',
  reverse: false,
  columns: ['title', 'value'],
  layout: 'list',
}

it('sees through the order of a filter, and through a list of one', () => {
  expect(isSameView(view, { ...view, filter: { q: ['x'], stage: ['QUALIFIED', 'LEAD'] } })).toBe(true)
})
it.each<Partial<ViewDefinition>>([
  { filter: { stage: ['LEAD'], q: 'x' } },
  { filter: {} },
  { sort: 'score' },
  { reverse: true },
  { columns: ['value', 'title'] },
  { layout: 'board' },
])('tells views apart: %o', (part) => expect(isSameView(view, { ...view, ...part })).toBe(false))

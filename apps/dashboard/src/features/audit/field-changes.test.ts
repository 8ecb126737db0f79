import { expect, it } from 'vitest'
import { fieldChanges } from './field-changes.ts'

it('tells which fields differ, and leaves out what stayed', () => {
  expect(fieldChanges({ role: 'member', disabled: false }, { role: 'admin', disabled: false })).toEqual([
    { field: 'role', before: 'member', after: 'admin' },
  ])
})

it('opens what is within a field, and tells lists and empty values in words', () => {
  expect(
    fieldChanges(
      { owner: { name: 'Ann' }, tags: ['a', 'b'], note: 'x' },
      { owner: { name: 'Bea' }, tags: [], note: null },
    ),
  ).toEqual([
    { field: 'owner.name', before: 'Ann', after: 'Bea' },
    { field: 'tags', before: 'a, b', after: 'nothing' },
    { field: 'note', before: 'x', after: 'nothing' },
  ])
})

it('tells what came to be and what is gone', () => {
  expect(fieldChanges(null, { name: 'Report' })).toEqual([{ field: 'name', before: undefined, after: 'Report' }])
  expect(fieldChanges({ name: 'Report' }, null)).toEqual([{ field: 'name', before: 'Report', after: undefined }])
  expect(fieldChanges(null, null)).toEqual([])
})

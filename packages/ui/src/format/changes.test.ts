import { describe, expect, it } from 'vitest'
import { changesBetween } from './changes.ts'

describe('changes between two states', () => {
  it('name what was changed, added and removed, and leave out what stayed', () => {
    expect(
      changesBetween({ stage: 'LEAD', title: 'One', notes: 'old' }, { stage: 'WON', title: 'One', score: 7 }),
    ).toEqual([
      { path: 'stage', before: 'LEAD', after: 'WON' },
      { path: 'notes', before: 'old', after: undefined },
      { path: 'score', before: undefined, after: '7' },
    ])
  })

  it('go into fields of fields, and take a list as one value', () => {
    expect(
      changesBetween({ policy: { second: false, days: 3 } }, { policy: { second: true, days: 3 }, ids: ['a'] }),
    ).toEqual([
      { path: 'policy.second', before: 'false', after: 'true' },
      { path: 'ids', before: undefined, after: '["a"]' },
    ])
  })

  it('tell nothing, an empty text and an empty list apart', () => {
    expect(changesBetween({ a: null, b: '', c: {} }, { a: '', b: [], c: null })).toEqual([
      { path: 'a', before: 'nothing', after: 'empty' },
      { path: 'b', before: 'empty', after: '[]' },
      { path: 'c', before: '{}', after: 'nothing' },
    ])
  })

  it('are none where nothing was written down', () => {
    for (const nothing of [null, undefined]) expect(changesBetween(nothing, nothing)).toEqual([])
    expect(changesBetween(null, { reason: 'why' })).toEqual([{ path: 'reason', before: undefined, after: 'why' }])
  })
})

import type { Actor } from '@throughline/db'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedFields, ownerOfNew } from './records.rules.ts'

describe('whose a new record is', () => {
  const actor = (role: Actor['role'], kind: Actor['kind'] = 'user'): Actor => ({ kind, id: 'me', role })
  it('is the person’s who makes it, when nobody is named', () => {
    expect(ownerOfNew(actor('member'), undefined)).toBe('me')
    expect(ownerOfNew(actor('manager'), undefined)).toBe('me')
  })
  it('is nobody’s when a program makes it and names nobody', () => {
    expect(ownerOfNew(actor(null, 'api_key'), undefined)).toBeNull()
  })
  it('is whose a manager says, nobody’s included', () => {
    expect(ownerOfNew(actor('manager'), 'other')).toBe('other')
    expect(ownerOfNew(actor('manager'), null)).toBeNull()
  })
  it.each(['other', null])('cannot be %s’s when a member makes it', (ownerId) => {
    expect(() => ownerOfNew(actor('member'), ownerId)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  })
})

describe('what has changed', () => {
  const value = fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 2 }),
    fc.constantFrom('', 'a'),
    fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }),
  )
  const row = fc.record({ one: value, two: value, three: value })
  it('is nothing of a record that is named as it is, whatever is not named', () => {
    fc.assert(
      fc.property(row, (before) => {
        expect(changedFields(before, structuredClone(before))).toBeUndefined()
        expect(changedFields(before, {})).toBeUndefined()
        expect(changedFields(before, { one: undefined })).toBeUndefined()
      }),
    )
  })
  it('is enough to come from the one to the other and back', () => {
    fc.assert(
      fc.property(row, row, (before, named) => {
        const changed = changedFields(before, named)
        expect({ ...before, ...changed?.after }).toEqual(named)
        expect({ ...named, ...changed?.before }).toEqual(before)
      }),
    )
  })
  it('names only fields that differ', () => {
    expect(changedFields({ name: 'A', tags: ['x'] }, { name: 'B', tags: ['x'] })).toEqual({
      before: { name: 'A' },
      after: { name: 'B' },
    })
  })
})

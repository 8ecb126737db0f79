import { requestExport } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { askedOf } from './asked-of.ts'

const none = { q: '', ownerId: '', tag: '', sort: '', deleted: '' }

it('a file is asked for with the filters and the order that are on, and with no other', () => {
  expect(askedOf(none)).toEqual({ filter: {} })
  const companies = { ...none, q: 'acme', country: 'DE', industry: '', deleted: 'true', sort: 'newest' }
  expect(askedOf(companies)).toEqual({ filter: { q: 'acme', country: 'DE', deleted: 'true' }, sort: 'newest' })
  const wish = { kind: 'COMPANY', ...askedOf(companies), columns: ['id'] }
  expect(requestExport.parse(wish)).toMatchObject({ filter: { q: 'acme', deleted: true }, sort: 'newest' })
})

it('an address that says more than a list knows asks for no file', () => {
  const wish = { kind: 'COMPANY', ...askedOf({ ...none, tag: 'a;b' }), columns: ['id'] }
  expect(requestExport.safeParse(wish).success).toBe(false)
})

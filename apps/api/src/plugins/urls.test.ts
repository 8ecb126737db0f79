import { expect, it } from 'vitest'
import { keyOf } from './idempotency.request.ts'
import { canonicalUrl } from './urls.ts'

it.for([
  ['/tenant/v1/deals?x=1', '/tenant/v1/deals?x=1'],
  ['/api/tenant/v1/deals', '/tenant/v1/deals'],
  ['/api/tenant/deals?limit=2', '/tenant/v1/deals?limit=2'],
  ['/auth/login', '/auth/v1/login'],
  ['/pg/acmepay', '/pg/v1/acmepay'],
  ['/health/live', '/health/live'],
  ['/api/openapi.json', '/openapi.json'],
])('%s is %s', ([url, canonical]) => {
  expect(canonicalUrl(url ?? '')).toBe(canonical)
})

it('takes an idempotency key bare or quoted, and no key that is empty, too long or not visible', () => {
  expect(keyOf(undefined)).toBeUndefined()
  expect(keyOf('abc')).toBe('abc')
  expect(keyOf('"abc"')).toBe('abc')
  expect(keyOf('k'.repeat(255))).toHaveLength(255)
  for (const wrong of ['', '""', 'k'.repeat(256), 'a b', 'ü']) expect(() => keyOf(wrong)).toThrow(/Idempotency-Key/)
})

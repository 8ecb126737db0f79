import type { AccessClaims } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { VerifiedTokens } from './verified-tokens.ts'

const claimsUntil = (exp: number): AccessClaims => ({
  sub: '01a1fd9e-2989-7e4a-8d5f-30fdfa85b8ac',
  sid: '01a1fd9e-2989-7e4a-8d5f-30fdfa85b8ad',
  tenantId: '01a1fd9e-2989-7e4a-8d5f-30fdfa85b8ae',
  role: 'viewer',
  type: 'access',
  iat: 0,
  exp,
  jti: 'x',
})

it('verifies a token once while it is valid, and again as soon as it is not', () => {
  const asked: string[] = []
  let now = 0
  const tokens = new VerifiedTokens(
    (token) => {
      asked.push(token)
      if (now >= 10_000) throw new Error('expired')
      return claimsUntil(10)
    },
    () => now,
  )
  expect(tokens.claimsOf('a')).toBe(tokens.claimsOf('a'))
  expect(asked).toEqual(['a'])
  now = 9_999
  tokens.claimsOf('a')
  expect(asked).toEqual(['a'])
  now = 10_000
  expect(() => tokens.claimsOf('a')).toThrow('expired')
})

it('keeps nothing of a token that was refused, and nothing that a caller could change', () => {
  let refusals = 0
  const tokens = new VerifiedTokens((token) => {
    if (token === 'good') return claimsUntil(Number.MAX_SAFE_INTEGER)
    refusals++
    throw new Error('forged')
  })
  for (let times = 0; times < 3; times++) expect(() => tokens.claimsOf('goo')).toThrow('forged')
  expect(refusals).toBe(3)
  expect(Object.isFrozen(tokens.claimsOf('good'))).toBe(true)
})

it('forgets the oldest when there are too many', () => {
  const asked: string[] = []
  const tokens = new VerifiedTokens((token) => {
    asked.push(token)
    return claimsUntil(Number.MAX_SAFE_INTEGER)
  })
  for (let n = 0; n <= 10_000; n++) tokens.claimsOf(`token ${n}`)
  tokens.claimsOf('token 10000')
  expect(asked).toHaveLength(10_001)
  tokens.claimsOf('token 0')
  expect(asked).toHaveLength(10_002)
})

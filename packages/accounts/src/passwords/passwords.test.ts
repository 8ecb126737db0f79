import { expect, it } from 'vitest'
import { hashPassword, passwordMatches } from './passwords.ts'

it('accepts the password and nothing else', async () => {
  const hash = await hashPassword('correct horse battery staple')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwordMatches('correct horse battery staple', hash)).toBe(true)
  expect(await passwordMatches('correct horse battery stable', hash)).toBe(false)
  expect(await passwordMatches('', hash)).toBe(false)
})

it('hashes the same password differently each time', async () => {
  expect(await hashPassword('same')).not.toBe(await hashPassword('same'))
})

it('says no to an unknown account and to a hash that it cannot read', async () => {
  expect(await passwordMatches('anything', undefined)).toBe(false)
  expect(await passwordMatches('none', 'none')).toBe(false)
})

it('takes a password that was typed in another normal form', async () => {
  const composed = 'caf\u00e9 caf\u00e9'
  expect(await passwordMatches('cafe\u0301 cafe\u0301', await hashPassword(composed))).toBe(true)
})

it('answers all of many at once', async () => {
  const hash = await hashPassword('many')
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => passwordMatches(n % 2 ? 'many' : 'none', hash)))
  expect(answers).toEqual([false, true, false, true, false, true, false, true])
})

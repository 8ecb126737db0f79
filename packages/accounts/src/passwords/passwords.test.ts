import { expect, it } from 'vitest'
import { checkPassword, hashPassword, needsRehash, passwordMatches } from './index.ts'

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

it('turns away whoever comes when too many wait, and serves everybody else', { timeout: 30_000 }, async () => {
  const answers = await Promise.allSettled(Array.from({ length: 130 }, () => passwordMatches('x', 'none')))
  const refused = answers.filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(130 - 102)
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'unavailable' })
  expect(await passwordMatches('x', 'none'), 'and goes on afterwards').toBe(false)
})

it('knows a hash that was made too cheaply, and still reads it', async () => {
  const cheap = '$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAA'
  expect(needsRehash(cheap)).toBe(true)
  expect(needsRehash(await hashPassword('long enough'))).toBe(false)
})

it('refuses what is guessed at once, and asks for no special characters', () => {
  const olivia = { email: 'olivia.hart@acme.test', name: 'Olivia Hart' }
  for (const bad of [
    'password1',
    'PASSWORD1',
    'iloveyou',
    'aaaaaaaaaaaa',
    'abababababab',
    'olivia.hart@acme.test',
    'Olivia Hart',
  ])
    expect(() => checkPassword(bad, olivia), bad).toThrow(expect.objectContaining({ code: 'password_refused' }))
  for (const good of ['correct horse battery staple', 'plenty of words here', 'Throughline-demo-1'])
    expect(() => checkPassword(good, olivia), good).not.toThrow()
})

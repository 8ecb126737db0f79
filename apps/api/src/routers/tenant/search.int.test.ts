import { searchPage } from '@throughline/contracts'
import { createTestWorld, naughtyStrings, type TestTenant, type TestWorld } from '@throughline/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, createTestApp, type TestApp } from '../../testing.ts'

let world: TestWorld
let api: TestApp
let acme: TestTenant
let globex: TestTenant
let caller: Caller
beforeAll(async () => {
  world = await createTestWorld()
  api = await createTestApp(world)
  acme = await world.tenant('Acme')
  globex = await world.tenant('Globex')
  caller = await api.as(acme, 'manager')
  const other = await api.as(globex, 'manager')
  for (const who of [caller, other]) {
    await who.post('/tenant/v1/companies', { name: 'Initech', domain: 'initech.test' })
    await who.post('/tenant/v1/deals', { title: `Initech of ${who === caller ? 'Acme' : 'Globex'}`, notes: 'a secret' })
  }
})
afterAll(async () => {
  await api.close()
  await world.close()
})

const ask = (q: string, more = '') => caller.get(`/tenant/v1/search?q=${encodeURIComponent(q)}${more}`)

describe('GET /tenant/v1/search', () => {
  it('finds what was written a moment ago, of one firm', async () => {
    const answer = await ask('initech')
    expect(answer.statusCode).toBe(200)
    const { data } = searchPage.parse(answer.json())
    expect(data.map(({ kind }) => kind).sort()).toEqual(['company', 'deal'])
    expect(answer.body).not.toContain('Globex')
  })

  it.each([
    ['an unknown kind', '&kinds=member', 'query.kinds'],
    ['a limit beyond 100', '&limit=101', 'query.limit'],
    ['a cursor of nobody', '&cursor=e30', 'query.cursor'],
    ['more text than anybody types', `&q=${'a'.repeat(201)}`, 'query.q'],
  ])('refuses %s and says where it is', async (_what, more, path) => {
    const answer = await caller.get(`/tenant/v1/search?x=1${more}`.replace('x=1&', ''))
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain(path)
  })

  it('answers every naughty string, here and in lists, with 200 or says what is wrong with it', async () => {
    for (const q of [
      ...naughtyStrings,
      'a\0b',
      '\ud800',
      "'&!|<->:*()\\",
      '%_%',
      '\u202eabc',
      '"open',
      ':*',
      'a'.repeat(200),
    ])
      for (const path of ['/tenant/v1/search', '/tenant/v1/deals']) {
        const text = q.isWellFormed() ? encodeURIComponent(q) : '%ED%A0%80'
        const answer = await caller.get(`${path}?limit=5&q=${text}`)
        expect([200, 400], `${path} ${q}: ${answer.body.slice(0, 200)}`).toContain(answer.statusCode)
      }
  })

  it('takes every naughty string as a title and finds it by itself', async () => {
    const found: string[] = []
    const storable = naughtyStrings.filter((text) => /[\p{L}\p{N}]{2}/u.test(text) && text.trim().length <= 100)
    for (const title of storable) {
      const made = await caller.post('/tenant/v1/companies', { name: title, force: true })
      if (made.statusCode !== 201) continue
      const { data } = searchPage.parse((await ask(title, '&kinds=company&limit=100')).json())
      if (data.some(({ id }) => id === made.json().id)) found.push(title)
      else expect.soft(title, 'is not found by its own name').toBe('found')
    }
    expect(found.length).toBeGreaterThan(200)
  })
})

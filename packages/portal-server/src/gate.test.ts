import { describe, expect, it } from 'vitest'
import { judge } from './gate.ts'

const answers =
  (status: number, cookies: string[] = []) =>
  async () => ({ status, cookies })
const away = async () => {
  throw new Error('connection refused')
}

describe('the gate before the pages', () => {
  it('lets a session through without asking', async () => {
    expect(await judge({ hasAccess: true, hasRefresh: false, refresh: away })).toEqual({ kind: 'pass' })
  })

  it('sends whoever has no session to sign in', async () => {
    expect(await judge({ hasAccess: false, hasRefresh: false, refresh: away })).toEqual({ kind: 'login' })
  })

  it('renews a session whose access has ended, and passes the new cookies on', async () => {
    const verdict = await judge({ hasAccess: false, hasRefresh: true, refresh: answers(200, ['a=1']) })
    expect(verdict).toEqual({ kind: 'pass', cookies: ['a=1'] })
  })

  it('sends to sign in only on a clear refusal', async () => {
    for (const status of [401, 403])
      expect((await judge({ hasAccess: false, hasRefresh: true, refresh: answers(status) })).kind).toBe('login')
    for (const refresh of [answers(500), answers(503), away])
      expect((await judge({ hasAccess: false, hasRefresh: true, refresh })).kind).toBe('pass')
  })
})

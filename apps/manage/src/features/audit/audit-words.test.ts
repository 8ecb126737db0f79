import { describe, expect, it } from 'vitest'
import { instantAt, isName } from './audit-filter.ts'
import { aboutOf, actorOf, readable } from './audit-words.ts'

describe('the words of the audit log', () => {
  it('read names of acts as a person would say them', () => {
    expect(readable('deal.moved')).toBe('Deal moved')
    expect(readable('api_key.created')).toBe('API key created')
  })

  it('name who did it, or what it was when it has no name', () => {
    expect(actorOf({ actorName: 'Olga', actorKind: 'user' })).toBe('Olga')
    expect(actorOf({ actorName: null, actorKind: 'system' })).toBe('The system')
    expect(actorOf({ actorName: null, actorKind: 'robot_arm' })).toBe('Robot arm')
  })

  it('name what it was done to, as far as that is known', () => {
    const subjectId = '0198a000-0000-7000-8000-000100000abc'
    const names = new Map([[subjectId, 'Acme']])
    expect(aboutOf({ subject: 'tenant', subjectId }, names)).toBe('Tenant Acme')
    expect(aboutOf({ subject: 'deal_import', subjectId }, new Map())).toBe('Deal import …000abc')
    expect(aboutOf({ subject: 'settings', subjectId: null }, names)).toBe('Settings')
  })
})

describe('the filter of the audit log', () => {
  it('takes a day from its first moment to the first of the next, and nothing that is no day', () => {
    const [from, until] = [instantAt('2026-02-28'), instantAt('2026-02-28', 1)]
    expect(new Date(from ?? '').toString()).toContain('Feb 28 2026 00:00:00')
    expect(new Date(until ?? '').toString()).toContain('Mar 01 2026 00:00:00')
    expect(instantAt('')).toBeUndefined()
    expect(instantAt('tomorrow')).toBeUndefined()
  })

  it('asks for names only as the API takes them', () => {
    expect(['deal.moved', 'tenant', 'a:b-c'].every(isName)).toBe(true)
    expect(['deal moved', '', 'x'.repeat(81)].some(isName)).toBe(false)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spelledAlike } from './spelling.rules.ts'

describe('words that are spelled alike', () => {
  it.each([
    ['a letter too few', 'grwth', 'growth'],
    ['a letter too many', 'growwth', 'growth'],
    ['another letter', 'growzh', 'growth'],
    ['two that changed places', 'grwoth', 'growth'],
    ['a wrong first letter', 'trowth', 'growth'],
    ['Cyrillic', 'москвв', 'москва'],
  ])('know of %s', (_what, typed, meant) => {
    expect(spelledAlike(typed)).toContain(meant)
  })

  it('are none for what is short, long, an e-mail or a domain', () => {
    for (const term of ['abc', 'a'.repeat(21), 'jo@acme.com', 'acme.com']) expect(spelledAlike(term)).toEqual([])
  })

  it('are a bounded number, each once, and never the word itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4, maxLength: 20 }), (term) => {
        const alike = spelledAlike(term)
        expect(alike.length).toBeLessThan(1600)
        expect(new Set(alike).size).toBe(alike.length)
        expect(alike).not.toContain(term)
      }),
    )
  })
})
